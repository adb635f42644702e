"""The official list of places: NCDD's gazetteer of a province, or of several, as it is downloaded."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from files.faults import FaultyFileError, SheetFault, fault_in_text, shown
from files.places import Gazetteer, clean_km, clean_name
from files.sheets import Headings, Row, Sheet, read_sheets
from scorecard.place import Place, PlaceKind, PlaceLevel, kind_of
from scorecard.spelling import folded

MAX_NAME = 80

_COLUMNS = {
    "type": "type",
    "code": "code",
    "name_khmer": "km",
    "name_km": "km",
    "name_latin": "en",
    "name_english": "en",
    "name_en": "en",
    "ប្រភេទ": "type",
    "លេខកូដ": "code",
    "កូដ": "code",
    "ឈ្មោះ": "km",
}
_KINDS = {
    "ខេត្ត": PlaceKind.PROVINCE,
    "រាជធានី": PlaceKind.CAPITAL,
    "ស្រុក": PlaceKind.SROK,
    "ក្រុង": PlaceKind.KRONG,
    "ខណ្ឌ": PlaceKind.KHAN,
    "ឃុំ": PlaceKind.KHUM,
    "សង្កាត់": PlaceKind.SANGKAT,
    "ភូមិ": PlaceKind.VILLAGE,
}
_LEVELS = {
    PlaceKind.PROVINCE: PlaceLevel.PROVINCE,
    PlaceKind.CAPITAL: PlaceLevel.PROVINCE,
    PlaceKind.SROK: PlaceLevel.DISTRICT,
    PlaceKind.KRONG: PlaceLevel.DISTRICT,
    PlaceKind.KHAN: PlaceLevel.DISTRICT,
    PlaceKind.KHUM: PlaceLevel.COMMUNE,
    PlaceKind.SANGKAT: PlaceLevel.COMMUNE,
    PlaceKind.VILLAGE: PlaceLevel.VILLAGE,
}
_KM_KIND = re.compile("^(?:ស្រុក|ក្រុង|ខណ្ឌ|ឃុំ|សង្កាត់)(?=.)")
_EN_KIND = re.compile(
    r"^(?:Srok|Krong|Khan|Khum|Sangkat) +| +(?:Srok|Krong|Khan|Khum|Sangkat|District|Municipality|Commune)$"
)
"""A kind of district or commune, which the list writes before or behind some of the names as well."""

_PLAIN_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


@dataclass(frozen=True, slots=True)
class OfficialList:
    """The places of an official list, by code, and what is to be said: rows passed over, names that stand twice."""

    places: tuple[Place, ...]
    notes: tuple[SheetFault, ...]


def read_official_list(path: Path, below: Gazetteer) -> OfficialList:
    """The list in an .xlsx or .csv file: Type, Code, Name (Khmer), Name (Latin), below a title or not.

    Codes may have lost their zero, names may hold their kind once more. Provinces, which the list leaves out, are those
    of `below`. A row that can't be right is passed over. Raises FaultyFileError where there is no list, or no commune.
    """
    sheets = read_sheets(path, (".xlsx", ".csv"), Headings(frozenset(_COLUMNS.values()), _column))
    lists = [sheet for sheet in sheets if {"code", "km", "en"} <= set(sheet.columns)]
    if not lists:
        message = "no list of places: it has the columns Type, Code, Name (Khmer) and Name (Latin)"
        raise FaultyFileError([SheetFault(path.name, None, "", message)])
    provinces = {location.province.code: location.province for location in below.communes.values()}
    places: dict[str, Place] = {}
    passed_over: list[SheetFault] = []
    for sheet in lists:
        for row, place in _places(sheet):
            why = place if isinstance(place, str) else _misplaced(place, places, provinces)
            if isinstance(place, Place) and why is None:
                places[place.code] = place
            else:
                passed_over.append(SheetFault(sheet.name, row.number, "code", f"passed over: {why}"))
    if not any(place.level is PlaceLevel.COMMUNE for place in places.values()):
        raise FaultyFileError(passed_over or [SheetFault(path.name, None, "", "there is no commune in this list")])
    used = {code[:2] for code in places}
    whole = {code: province for code, province in provinces.items() if code in used} | places
    notes = (*passed_over, *(SheetFault(path.name, None, "", twins) for twins in _twins(whole)))
    return OfficialList(tuple(_with_kinds(place, whole) for _, place in sorted(whole.items())), notes)


def _column(heading: str) -> str:
    plain = re.sub(r"[\s_.:()/-]+", "_", heading.casefold()).strip("_")
    return _COLUMNS.get(plain, heading)


def _places(sheet: Sheet) -> Iterator[tuple[Row, Place | str]]:
    """Each row with its place, or why there is none in it."""
    for row in sheet.rows:
        yield row, _place(row)


def _place(row: Row) -> Place | str:
    code = row.cells.get("code", "").translate(_PLAIN_DIGITS)
    if not re.fullmatch("[0-9]{1,8}", code):
        return f'"{shown(code)}" is no code'
    code = code.zfill(len(code) + len(code) % 2)
    km, en = clean_km(row.cells.get("km", "")), clean_name(row.cells.get("en", ""))
    kind = _KINDS.get(row.cells.get("type", ""), kind_of(code))
    if _LEVELS[kind] in (PlaceLevel.DISTRICT, PlaceLevel.COMMUNE):
        km, en = _KM_KIND.sub("", km).strip(), _EN_KIND.sub("", en)
    fault = fault_in_text(km or en, MAX_NAME) or fault_in_text(en or km, MAX_NAME)
    if fault:
        return f"the name of {code} {fault}"
    place = Place(code, km or en, en or km, kind)
    return place if _LEVELS[kind] is place.level else f"{code} can't be the code of a {kind}"


def _misplaced(place: Place, places: Mapping[str, Place], provinces: Mapping[str, Place]) -> str | None:
    """What keeps a place from its place below those that stand before it; None if nothing does."""
    before = places.get(place.code)
    if before is not None:
        return f"{place.code} stands further up already, as {before.km}"
    if place.level is PlaceLevel.PROVINCE:
        return None
    above = place.code[:-2]
    if above not in places and above not in provinces:
        return f"{place.code} lies in {above}, which does not stand before it"
    return None


def _twins(places: Mapping[str, Place]) -> Iterator[str]:
    """Communes of one district that have one name, which are seldom two."""
    named: dict[tuple[str, str], Place] = {}
    for code, place in places.items():
        if place.level is PlaceLevel.COMMUNE:
            first = named.setdefault((code[:4], folded(place.km)), place)
            if first is not place:
                yield f"{first.code} and {code} are both called {place.km}: look whether one of them is wrong"


def _with_kinds(place: Place, places: Mapping[str, Place]) -> Place:
    """A commune is what its district makes it: of a srok a khum, of a town or khan a sangkat."""
    if place.level is not PlaceLevel.COMMUNE:
        return place
    of_srok = places[place.code[:4]].kind is PlaceKind.SROK
    return replace(place, kind=PlaceKind.KHUM if of_srok else PlaceKind.SANGKAT)
