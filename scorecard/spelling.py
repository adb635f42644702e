"""When two spellings are one name to whoever reads them, and where a name says already what kind of service it is."""

import re
import unicodedata
from functools import lru_cache

from scorecard.card import Service

_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_ONE_SIGN = {"\u17c1\u17b6": "\u17c4", "\u17c1\u17b8": "\u17be"}
"""Vowels that look like one sign, and are typed as two."""

_ONE_FOOT = "\u17d2\u178a", "\u17d2\u178f"
"""DA and TA below another letter: they look the same, and are typed the one for the other."""

_RO_BELOW = "\u17d2\u179a"
_ON_A_LETTER = re.compile("(?:\u17d2[\u1780-\u17a2]|[\u17b6-\u17d1\u17dd])+")
_PART = re.compile("\u17d2.|.")

_IN_FULL = {
    Service.HEALTH_CENTRE: ("មណ្ឌលសុខភាព", "health centre", "health center"),
    Service.PRIMARY_SCHOOL: ("សាលាបឋមសិក្សា", "បឋមសិក្សា", "សាលាបឋម", "primary school", "elementary school"),
}
_IN_SHORT = {
    Service.HEALTH_CENTRE: re.compile(r"^h\.? ?c\b\.?|\bh\.? ?c\.?$|^ម\.ស\.?|ម\.ស\.?$", re.IGNORECASE),
    Service.PRIMARY_SCHOOL: re.compile(r"^p\.? ?s\b\.?|\bp\.? ?s\.?$|\bschool$", re.IGNORECASE),
}
"""How people write these kinds of service before or behind a name."""


def folded(name: str) -> str:
    """What spellings of one name have in common: letters and figures, without case, as they look and in one order."""
    letters = unicodedata.normalize("NFKC", name).casefold().translate(_DIGITS)
    plain = "".join(sign for sign in letters if unicodedata.category(sign)[0] not in "CPZ")
    for typed, sign in _ONE_SIGN.items():
        plain = plain.replace(typed, sign)
    return _ON_A_LETTER.sub(_in_order, plain.replace(*_ONE_FOOT))


def says_kind(service: Service, name: str) -> bool:
    """Whether a service point's name begins or ends with what kind of service it is, written in full."""
    return _bare(service, folded(name)) != folded(name)


def without_short_kind(service: Service, name: str) -> str:
    """A service point's name without a kind that is only hinted at, such as `P.S.`; the name itself if that is all."""
    hint = _IN_SHORT.get(service)
    if hint is None or says_kind(service, name):
        return name
    return hint.sub("", name).strip(" -,") or name


@lru_cache(maxsize=32_768)
def same_point(service: Service, name: str) -> str:
    """What the spellings of one service point's name have in common, with its kind or without."""
    bare = folded(without_short_kind(service, name))
    return _bare(service, bare) or bare


def _bare(service: Service, name: str) -> str:
    """A folded name without the kind of service at either end."""
    for words in map(folded, _IN_FULL.get(service, ())):
        name = name.removeprefix(words).removesuffix(words)
    return name


def _in_order(match: re.Match[str]) -> str:
    """What stands on, below and around a letter, in one order: RO last of the letters below, then vowels and signs."""
    parts = _PART.findall(match[0])
    return "".join(sorted(parts, key=lambda part: (part[0] != "\u17d2", part == _RO_BELOW, part)))
