"""Finds a commune by what somebody remembers of it."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from files.places import Gazetteer, shipped_places
from scorecard.place import COMMUNE_CODE_LENGTH, Location, Place
from scorecard.spelling import folded

_KINDS = frozenset(["commune", "sangkat", "khum", "district", "khan", "srok", "krong", "province", "khaet"])
_KHMER_KINDS = re.compile("ឃុំ|សង្កាត់|ស្រុក|ខណ្ឌ|ក្រុង|ខេត្ត|រាជធានី|/")
_LIKE = 0.7


def find_communes(query: str, gazetteer: Gazetteer | None = None) -> tuple[Location, ...]:
    """The communes of which each word says something, those first whose own name says most of it.

    A word is a part of the name of commune, district or province, in Khmer or English; the beginning of a code, or a
    village's code; or a kind of place, which says nothing. gazetteer: where to look, if not in the places shipped.
    """
    words = _KHMER_KINDS.sub(" ", query).casefold().replace(",", " ").split()
    words = [word for word in map(folded, words) if word]
    found = []
    for location, own, whole in _spelled(gazetteer or shipped_places()):
        nowhere = [word for word in words if not _is_in(word, whole, location.code)]
        if words and _KINDS.issuperset(nowhere):
            elsewhere = sum(not _is_in(word, own, location.code) for word in words)
            found.append((len(nowhere), elsewhere, "".join(words) not in own, location.code, location))
    return tuple(location for *_, location in sorted(found, key=lambda one: one[:-1]))


def names_like(query: str, gazetteer: Gazetteer | None = None) -> tuple[str, ...]:
    """Up to three names of communes and districts that are spelled nearly so."""
    names = {
        folded(name): name
        for one in (gazetteer or shipped_places()).communes.values()
        for place in (one.district, one.commune)
        for name in (place.km, place.en)
    }
    return tuple(names[like] for like in get_close_matches(folded(query), names, n=3, cutoff=_LIKE))


def is_called(commune: Place, name: str) -> bool:
    """Whether a commune has this name, in Khmer or English, with its kind or without."""
    words = _KHMER_KINDS.sub(" ", name).casefold().split()
    bare = "".join(folded(word) for word in words if word not in _KINDS)
    return not bare or bare in _names([commune])


@cache
def _spelled(gazetteer: Gazetteer) -> tuple[tuple[Location, list[str], list[str]], ...]:
    """Each commune, with its own names, and with those of its district and province as well."""
    spelled = []
    for location in gazetteer.communes.values():
        own = _names([location.commune])
        spelled.append((location, own, [*own, *_names([location.district, location.province])]))
    return tuple(spelled)


def _is_in(word: str, names: Iterable[str], code: str) -> bool:
    if word.isdecimal() and len(word) >= COMMUNE_CODE_LENGTH - 1:
        return code == word.zfill(COMMUNE_CODE_LENGTH)[:COMMUNE_CODE_LENGTH]
    return any(word in name for name in names) or (word.isdecimal() and code.startswith(word))


def _names(places: Iterable[Place]) -> list[str]:
    return [folded(name) for place in places for name in (place.km, place.en)]
