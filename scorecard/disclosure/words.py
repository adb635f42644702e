"""How a share of people may be said: in words, and where there are many people in tens of 100."""

from enum import IntEnum, StrEnum


class ShareWord(StrEnum):
    ALMOST_NONE = "almost none"
    FEW = "few"
    ABOUT_HALF = "about half"
    MOST = "most"
    ALMOST_ALL = "almost all"


Share = ShareWord | int
"""A share of people as it may be said: a word, or a whole number of per cent that is a multiple of 10."""


class Words(IntEnum):
    """In which words a share is said: few, about half, most; also almost none and almost all; and tens from 20 to 80
    between these two. A finer one is of no use where few people are.
    """

    THREE = 3
    FIVE = 5
    TENS = 10


TENS_FROM = 40
OUTERMOST = 15
"""Up to so many of 100 are almost none, and from as many less than 100 almost all."""

_HALF = (40, 60)
_MOST_TENS = 8


def share(part: int, base: int, words: Words) -> Share:
    """A share as it is said in these words. A tie between two tens goes outwards."""
    if words is not Words.THREE:
        outermost = OUTERMOST * base // 100
        if part <= outermost:
            return ShareWord.ALMOST_NONE
        if base - part <= outermost:
            return ShareWord.ALMOST_ALL
    if words is Words.TENS:
        return 10 * _tens(part, base)
    least, most = _HALF
    if 100 * part < least * base:
        return ShareWord.FEW
    return ShareWord.ABOUT_HALF if 100 * part <= most * base else ShareWord.MOST


def word(part: int, base: int, words: Words) -> ShareWord | None:
    """Beside tens the word as well, for where others can only be said in words; None where the share is a word."""
    said = share(part, base, Words.FIVE)
    return said if isinstance(share(part, base, words), int) and isinstance(said, ShareWord) else None


def sayable(base: int) -> tuple[Words, ...]:
    """The words that are of use for so many people, the finest first."""
    return tuple(words for words in reversed(Words) if words is not Words.TENS or base >= TENS_FROM)


def stands_for(said: Share, words: Words) -> tuple[float, float]:
    """Between which per cent a share lies that was said so."""
    if isinstance(said, int):
        return said - 5, said + 5
    least, most = _HALF
    low, high = (0, 100) if words is Words.THREE else (OUTERMOST, 100 - OUTERMOST)
    return {
        ShareWord.ALMOST_NONE: (0, low),
        ShareWord.FEW: (low, least),
        ShareWord.ABOUT_HALF: (least, most),
        ShareWord.MOST: (most, high),
        ShareWord.ALMOST_ALL: (high, 100),
    }[said]


def read_share(value: str | int) -> Share:
    """A share from JSON."""
    return value if isinstance(value, int) else ShareWord(value)


def _tens(part: int, base: int) -> int:
    """part/base in tenths, to the nearest; ties go outwards; those that have words are not said."""
    if 2 * part > base:
        return 10 - _tens(base - part, base)
    return max(10 - _MOST_TENS, -((base - 20 * part) // (2 * base)))
