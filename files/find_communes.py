"""Finds a commune by what somebody remembers of it."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from files.places import communes
from scorecard.place import COMMUNE_CODE_LENGTH, Location, Place

_KINDS = frozenset(["commune", "sangkat", "khum", "district", "khan", "srok", "krong", "province", "khaet"])
_KHMER_KINDS = re.compile("ឃុំ|សង្កាត់|ស្រុក|ខណ្ឌ|ក្រុង|ខេត្ត|រាជធានី|/")
_PLAIN = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789", "\u200b\u200c\u200d\u2060\ufeff")
_FEET = "\u17d2\u178a", "\u17d2\u178f"
"""DA and TA below another letter: they look the same, and are typed the one for the other."""

_LIKE = 0.7


def find_communes(query: str) -> tuple[Location, ...]:
    """The communes of which each word says something, those first whose own name says most of it.

    A word is a part of the name of commune, district or province, in Khmer or English; the beginning of a code, or a
    village's code; or a kind of place, which says nothing.
    """
    words = _KHMER_KINDS.sub(" ", query).casefold().replace(",", " ").split()
    words = [word for word in map(_folded, words) if word]
    found = []
    for location, own, whole in _spelled():
        nowhere = [word for word in words if not _is_in(word, whole, location.code)]
        if words and _KINDS.issuperset(nowhere):
            elsewhere = sum(not _is_in(word, own, location.code) for word in words)
            found.append((len(nowhere), elsewhere, "".join(words) not in own, location.code, location))
    return tuple(location for *_, location in sorted(found, key=lambda one: one[:-1]))


def names_like(query: str) -> tuple[str, ...]:
    """Up to three names of communes and districts that are spelled nearly so."""
    names = {
        _folded(name): name
        for one in communes()
        for place in (one.district, one.commune)
        for name in (place.km, place.en)
    }
    return tuple(names[like] for like in get_close_matches(_folded(query), names, n=3, cutoff=_LIKE))


@cache
def _spelled() -> tuple[tuple[Location, list[str], list[str]], ...]:
    """Each commune, with its own names, and with those of its district and province as well."""
    spelled = []
    for location in communes():
        own = _names([location.commune])
        spelled.append((location, own, [*own, *_names([location.district, location.province])]))
    return tuple(spelled)


def _is_in(word: str, names: Iterable[str], code: str) -> bool:
    if word.isdecimal() and len(word) >= COMMUNE_CODE_LENGTH - 1:
        return code == word.zfill(COMMUNE_CODE_LENGTH)[:COMMUNE_CODE_LENGTH]
    return any(word in name for name in names) or (word.isdecimal() and code.startswith(word))


def _names(places: Iterable[Place]) -> list[str]:
    return [_folded(name) for place in places for name in (place.km, place.en)]


def _folded(name: str) -> str:
    """What spellings of one name have in common: no spaces, no case, plain digits."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", name).casefold().translate(_PLAIN).replace(*_FEET))
