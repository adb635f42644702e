"""Sets pages and pictures with typst: a template of digests/templates and the data to be set, nothing else.

Data reaches a template as JSON and never as markup. Fonts are ours alone, and typst draws what they lack as empty
boxes, without a word: so whatever is set goes through `shown` before.
"""

import json
import os
import re
import sys
import threading
import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_noto_sans_khmer
import typst
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = (Path(fontpkg_noto_sans_khmer.ROOT) / "files", HERE / "fonts")

LEFT_OUT = "(…)"
"""Stands for signs that can't be drawn."""

AT_ONCE = 2
"""So many are set at the same time, by threads of their own: each takes a core, and keeps its share of memory."""

MUCH = 60_000
"""Signs of data that are set before typst has to forget: some ten thousand for a meeting's pages of three services."""

_KEPT_FOR = 11
"""What typst has worked out it keeps until so many documents were set without it."""

_JOINERS = "\u200b\u200c\u200d"
_MARKS = re.compile(r"[\u0300-\u036f\u17b4-\u17d1\u17d3\u17dd]{5,}|(?:\u17d2+.){4,}|\u17d2{2,}")
"""More marks on one letter than any word has: they would tower over other lines, or be too wide for any."""

_ENDLESS = re.compile(r"[^\s\u200b\u1780-\u17ff]{17,}")
_PIECE = re.compile(r".{12}(?=.)(?![\u0300-\u036f])")


class Paper(StrEnum):
    """What is set: a picture for a chat, or pages for a wall."""

    CHAT = "chat"
    A4 = "a4"
    A3 = "a3"


def typeset(template: str, data: Mapping[str, Any], paper: Paper, pixels: int = 1080) -> bytes:
    """A PNG so many pixels wide for a chat, one PDF for paper. Takes its time, without the interpreter's lock."""
    text = json.dumps(all_shown(data), ensure_ascii=False)
    made = _THREADS.submit(_compiled, template, text, paper, 72 * pixels / 1080).result()
    assert isinstance(made, bytes), "a picture is one page"
    return made


def shown(text: str) -> str:
    """A text as it can be drawn: on one line, `LEFT_OUT` for what can't be, without signs that have no shape.

    Khmer is broken into lines by typst, other words at their spaces. What is longer than any word may be broken
    anywhere, by U+200B; unless no letter is in the whole text, for then it is a drawing.
    """
    text = "".join(_plain(sign) for sign in unicodedata.normalize("NFC", text))
    drawn = drawable()
    text = "".join(sign if ord(sign) in drawn else "\0" for sign in text)
    text = re.sub(r"\0+(?: *\0+)*", LEFT_OUT, _MARKS.sub("\0", text))
    text = re.sub(" +", " ", text).strip(" ")
    if any(sign.isalpha() for sign in text):
        text = _ENDLESS.sub(lambda run: _PIECE.sub("\\g<0>\u200b", run[0]), text)
    return text


def all_shown(data: Any) -> Any:
    """Data with every text in it as it can be drawn."""
    match data:
        case str():
            return shown(data)
        case Mapping():
            return {key: all_shown(value) for key, value in data.items()}
        case list() | tuple():
            return [all_shown(value) for value in data]
    return data


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """The code points that our fonts can show."""
    drawn: set[int] = set()
    for file in (file for folder in FONTS for file in folder.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            drawn.update(font.getBestCmap())
    return frozenset(drawn)


def _last_in_line() -> None:
    """A thread that sets leaves the processor to those that answer people."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


_THREADS = ThreadPoolExecutor(AT_ONCE, "typeset", _last_in_line)
_MINE = threading.local()
_SINCE = [0]
"""Signs of data that were set, by all threads, since typst had to forget."""


def _compiled(template: str, data: str, paper: Paper, ppi: float) -> bytes | list[bytes] | None:
    """With a compiler of this thread's own, for it bears no other; fonts and templates are read once for each."""
    compilers: dict[str, typst.Compiler] = _MINE.__dict__
    if template not in compilers:
        compilers[template] = typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts())
    made = compilers[template].compile(
        format="png" if paper is Paper.CHAT else "pdf",
        ppi=ppi,
        sys_inputs={"data": data, "paper": paper.value},
        timestamp=0,
    )
    _forget(len(data))
    return made


def _forget(signs: int) -> None:
    """Have typst let go of what it keeps, once much was set: pages of long texts take a gigabyte, and then another."""
    _SINCE[0] += signs
    if _SINCE[0] > MUCH:
        _SINCE[0] = 0
        nothing = typst.Compiler(TEMPLATES / "nothing.typ", root=TEMPLATES, font_paths=_fonts())
        for _ in range(_KEPT_FOR):
            nothing.compile(format="pdf")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(FONTS))


def _plain(sign: str) -> str:
    """Every space as one kind of space; nothing for signs that have no shape (but what shapes Khmer stays)."""
    kind = unicodedata.category(sign)
    if kind in ("Zs", "Zl", "Zp") or sign in "\t\n\r\v\f":
        return " "
    return "" if kind in ("Cc", "Cf") and sign not in _JOINERS else sign
