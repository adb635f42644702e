"""How many lines a text takes, and so how many criteria a picture has room for. In points of a picture 1080 wide."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Any, TypeVar

from fontTools.ttLib import TTFont

from digests.typeset import FONTS

T = TypeVar("T")

HIGH = 1350
"""Four to five: what a chat shows whole."""

_WIDE = 1000
_BESIDE = 844
"""How wide a picture is between its margins, and what is beside a sign."""

_LINE = 59
_ROW = 96
"""A row's faces and people, and what keeps it from the next."""

_FRAME = 140
"""What stands on each picture, however little it says: scarf, foot, margins."""

_NARROW, _NARROWEST = 0.86, 0.76
_HEAVY = 1.1
"""How wide letters are that are narrower, or heavier, than the font's plain ones."""

_SUBSCRIPT = "\u17d2"
_KHMER = re.compile("[\u1780-\u17b3]")
"""Letters that a heading has from another font, which is wider and higher."""


def pages(rows: Sequence[T], head: Mapping[str, Any], row: Callable[[T], Mapping[str, Any]]) -> list[Sequence[T]]:
    """Rows on as few pages as have room for them, equally full; one, if there are no rows.

    head: the texts above them: title, place, and lines below that; row: the criterion, wish and changes of a row.
    """
    room = HIGH - _FRAME - _above(head)
    for number in range(1, len(rows) + 1):
        split = evenly(rows, number)
        if all(sum(_high(row(one)) for one in page) <= room for page in split):
            return split
    return evenly(rows, max(1, len(rows)))


def evenly(rows: Sequence[T], number: int) -> list[Sequence[T]]:
    """Rows in order on so many pages, none with more than one more than another."""
    ends = [len(rows) * page // number for page in range(number + 1)]
    return [rows[first:end] for first, end in pairwise(ends)]


def lines(text: str, size: float, wide: float) -> int:
    """Into how many lines a text of this size goes, if they are so wide. A line is seldom full."""
    return max(1, ceil(1.04 * _width(text) * size / wide))


def _above(head: Mapping[str, Any]) -> float:
    one, two, width = (106, 206, 1.43) if _KHMER.search(head["title"]) else (90, 168, 1.17)
    above = one if 50 * width * _width(head["title"]) <= _WIDE - 150 else two
    return above + _LINE * sum(lines(text, 45 * _NARROWEST, _WIDE) for text in (head["place"], head["facts"]) if text)


def _high(row: Mapping[str, Any]) -> float:
    """A row without what can be left out."""
    wish = _NARROW * 45 / 46 * _width(row["wish"]) + 2.5 if row["wish"] else 0
    label = _HEAVY * _width(row["criterion"])
    first = max(1, ceil(1.04 * (label + wish) * 46 / _BESIDE))
    sure = [one for one in row["changes"] if one["direction"] != "unsure"]
    words = [one["words"] for one in sure] if len({one["direction"] for one in sure}) > 1 else []
    below = _ROW if row["score"] else _LINE * max(lines(row["share"], 45 * _NARROW, _BESIDE), 2)
    return below + _LINE * (first + sum(lines(one, 45 * _NARROW * _HEAVY, _BESIDE) for one in words))


def _width(text: str) -> float:
    """How wide a text is in one line, in its own size: a little too much, for letters below others take less."""
    return sum(_advances().get(ord(sign), 0.6) for sign in _beside(text))


def _beside(text: str) -> Iterator[str]:
    for before, sign in zip(" " + text, text, strict=False):
        if before != _SUBSCRIPT:
            yield sign


@lru_cache(maxsize=1)
def _advances() -> dict[int, float]:
    """How wide each sign of the font is, in its own size."""
    (file,) = FONTS[0].glob("*.ttf")
    with TTFont(file, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"]
        return {sign: widths[glyph][0] / em for sign, glyph in font.getBestCmap().items()}
