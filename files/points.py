"""The health centres and schools that a file brings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from files.faults import FaultyFileError, SheetFault, fault_in_text, shown
from files.find_communes import find_communes, is_called
from files.places import Gazetteer, shipped_places
from files.sheets import Headings, Row, Sheet, read_sheets
from scorecard.card import Service
from scorecard.place import COMMUNE_CODE_LENGTH, MAX_POINT_NAME, Location, NewPoint
from scorecard.spelling import folded, same_point

_COLUMNS = ("commune", "service", "name_km", "name_en")
_COMMUNE_NAMES = ("commune_name", "commune_name_km", "commune_name_en")
_ALSO = {
    "code": "commune",
    "commune_code": "commune",
    "commune_sangkat": "commune",
    "commune_sangkat_code": "commune",
    "ឃុំ": "commune",
    "ឃុំ_សង្កាត់": "commune",
    "កូដឃុំ": "commune",
    "លេខកូដឃុំ": "commune",
    "commune_name_khmer": "commune_name_km",
    "commune_name_latin": "commune_name_en",
    "commune_name_english": "commune_name_en",
    "ឈ្មោះឃុំ": "commune_name_km",
    "service_type": "service",
    "សេវា": "service",
    "name_khmer": "name_km",
    "khmer_name": "name_km",
    "ឈ្មោះ": "name_km",
    "name_latin": "name_en",
    "name_english": "name_en",
    "english_name": "name_en",
}
"""What else people call these columns."""

_SERVICES = {
    "hc": Service.HEALTH_CENTRE,
    "health_centre": Service.HEALTH_CENTRE,
    "health_center": Service.HEALTH_CENTRE,
    "មណ្ឌលសុខភាព": Service.HEALTH_CENTRE,
    "ps": Service.PRIMARY_SCHOOL,
    "primary_school": Service.PRIMARY_SCHOOL,
    "បឋមសិក្សា": Service.PRIMARY_SCHOOL,
    "សាលាបឋមសិក្សា": Service.PRIMARY_SCHOOL,
}
_OFFICE = ("ca", "commune_office")

_MOST_CALLED = 3

_PLAIN_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Points:
    """The service points of a file, in its order, and what was passed over in it, to be said."""

    points: tuple[NewPoint, ...]
    passed_over: tuple[SheetFault, ...] = ()


def read_points(path: Path, gazetteer: Gazetteer | None = None) -> Points:
    """The health centres and schools in a .csv or .xlsx file.

    Its columns: commune (the code), service (hc or ps), name_km, name_en; commune_name, where it is there, must be
    that commune's. A row needs one of the names; what has no Khmer name is known by its other one in Khmer too.
    gazetteer: the places to go by, those shipped where none are given.

    Raises FaultyFileError with every fault found.
    """
    places = gazetteer or shipped_places()
    sheets = read_sheets(path, (".csv", ".xlsx"), Headings(frozenset((*_COLUMNS, *_COMMUNE_NAMES)), _column))
    lists = [sheet for sheet in sheets if _is_list(sheet)] or sheets
    passed_over = [
        SheetFault(sheet.name, None, "", "passed over, it is no list of services")
        for sheet in sheets
        if sheet not in lists
    ]
    faults: list[SheetFault] = []
    seen: dict[tuple[str, Service, str], _Seen] = {}
    for sheet in lists:
        faults += sheet.faults
        faults += _column_faults(sheet)
        for row in sheet.rows if {"commune", "service"} <= set(sheet.columns) else ():
            point = _point(row, places)
            if not isinstance(point, NewPoint):
                faults += [SheetFault(sheet.name, row.number, column, message) for column, message in point.items()]
                continue
            first = seen.setdefault(_same(point), _Seen(point, f"{sheet.name}, row {row.number}"))
            if first.point is point:
                continue
            here = SheetFault(sheet.name, row.number, "name_km", f"stands further up already ({first.where})")
            if folded(point.en) in {"", folded(first.point.en)}:
                passed_over.append(replace(here, message=f"{here.message}: taken as one"))
            else:
                message = f"{here.message} with another English name: leave one of them out, or write where they differ"
                faults.append(replace(here, message=message))
    if not seen and not faults:
        faults.append(SheetFault(path.name, None, "", "no rows: write one for each health centre and primary school"))
    if faults:
        raise FaultyFileError(faults)
    return Points(tuple(first.point for first in seen.values()), tuple(passed_over))


@dataclass(frozen=True, slots=True)
class _Seen:
    point: NewPoint
    where: str


def _same(point: NewPoint) -> tuple[str, Service, str]:
    """What the rows of one service point have in common."""
    return point.commune, point.service, same_point(point.service, point.km)


def _column(heading: str) -> str:
    """Which of our columns a heading means; itself if none."""
    plain = re.sub(r"[\s_.:()/-]+", "_", _INVISIBLE.sub("", heading).casefold()).strip("_")
    return plain if plain in (*_COLUMNS, *_COMMUNE_NAMES) else _ALSO.get(plain, heading)


def _is_list(sheet: Sheet) -> bool:
    """Whether a sheet is a list of service points, and not something beside it."""
    return "commune" in sheet.columns and len(set(_COLUMNS).intersection(sheet.columns)) > 1


def _column_faults(sheet: Sheet) -> Iterator[SheetFault]:
    for column in ("commune", "service"):
        if column not in sheet.columns:
            yield SheetFault(sheet.name, sheet.header, column, "this column is missing: add it")
    if not {"name_km", "name_en"}.intersection(sheet.columns):
        yield SheetFault(sheet.name, sheet.header, "name_km", "this column is missing: add it, or name_en")
    for column in sheet.columns:
        if column not in (*_COLUMNS, *_COMMUNE_NAMES):
            known = ", ".join((*_COLUMNS, _COMMUNE_NAMES[0]))
            yield SheetFault(sheet.name, sheet.header, column, f"unknown column: leave it out (known here: {known})")


def _point(row: Row, places: Gazetteer) -> NewPoint | dict[str, str]:
    """What the row says, or what is wrong with it: column to message."""
    faults = {}
    code = commune_code(row.cells.get("commune", ""))
    location = places.find(code)
    if location is None or location.village:
        faults["commune"] = _no_commune(code, places)
    else:
        faults |= _name_faults(row, location)
    word = row.cells.get("service", "").lower().replace(" ", "_")
    service = _SERVICES.get(word)
    if word in _OFFICE:
        faults["service"] = "every commune has its office already: leave this row out"
    elif service is None:
        faults["service"] = f'"{shown(word)}" is no service: write hc (health centre) or ps (primary school)'
    km, en = (_INVISIBLE.sub("", row.cells.get(column, "")) for column in ("name_km", "name_en"))
    for column, name in {"name_km": km or en, "name_en": en or km}.items():
        fault = fault_in_text(name, MAX_POINT_NAME)
        if fault and (row.cells.get(column) or column == "name_km"):
            faults[column] = f"this name {fault}"
    if faults or service is None:
        return faults
    return NewPoint(commune=code, service=service, km=km or en, en=en)


def _no_commune(given: str, places: Gazetteer) -> str:
    """What to do where no commune has this code; where it is a name, with the codes of those that are called so."""
    called = [one for one in find_communes(given, places) if is_called(one.commune, given)] if given else []
    which = " or ".join(f"{one.code} ({one.district.en}, {one.province.en})" for one in called[:_MOST_CALLED])
    if len(called) > _MOST_CALLED:
        which += " or another that samleng places find knows"
    if which:
        return f'"{shown(given)}" is a name, not a code: write {which}, whichever is meant'
    return f'no commune has the code "{shown(given)}": write the six digits of its official code'


def commune_code(given: str) -> str:
    """A commune's code as it is officially written: in plain digits, with the zero that spreadsheets leave out."""
    code = _INVISIBLE.sub("", given).strip().translate(_PLAIN_DIGITS)
    return code.zfill(COMMUNE_CODE_LENGTH) if re.fullmatch("[0-9]{5}", code) else code


def _name_faults(row: Row, location: Location) -> dict[str, str]:
    """A commune's name beside its code that is another one's: the code is from another list, or mistyped."""
    commune = location.commune
    return {
        column: f'{commune.code} is {commune.km} ({commune.en}), not "{shown(row.cells[column])}": '
        "put right the code, which samleng places find knows, or the name"
        for column in _COMMUNE_NAMES
        if column in row.cells and not is_called(commune, row.cells[column])
    }
