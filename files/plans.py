"""The sessions that a partner has planned, as a list that somebody else wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from files.faults import FaultyFileError, SheetFault, shown
from files.places import Gazetteer
from files.points import commune_code
from files.sheets import Headings, Row, Sheet, read_sheets
from scorecard.card import Service
from scorecard.session import MOST_DAYS_AHEAD, OPENING_HOURS, PHNOM_PENH, Closing, opening_time
from scorecard.spelling import folded

_COLUMNS = ("commune", "village", "services", "day", "opens", "closes", "facilitator")
_NEEDED = ("commune", "day", "opens", "facilitator")
_ALSO = {
    "commune_code": "commune",
    "code": "commune",
    "ឃុំ": "commune",
    "ភូមិ": "village",
    "សេវា": "services",
    "date": "day",
    "ថ្ងៃ": "day",
    "time": "opens",
    "hour": "opens",
    "បើក": "opens",
    "បិទ": "closes",
    "អ្នកសម្របសម្រួល": "facilitator",
}
_CLOSINGS = {
    "": Closing.THREE_HOURS,
    "1h": Closing.ONE_HOUR,
    "3h": Closing.THREE_HOURS,
    "evening": Closing.TODAY,
    "next evening": Closing.TOMORROW,
    "7 days": Closing.SEVEN_DAYS,
}
_KINDS = {
    "ca": Service.COMMUNE_OFFICE,
    "office": Service.COMMUNE_OFFICE,
    "hc": Service.HEALTH_CENTRE,
    "health centre": Service.HEALTH_CENTRE,
    "ps": Service.PRIMARY_SCHOOL,
    "primary school": Service.PRIMARY_SCHOOL,
}


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A session that a row plans. place: a commune's code, or a village's; services: of which kinds, none for all.

    where: the sheet and the row, to say what is wrong with it.
    """

    sheet: str
    row: int
    place: str
    services: tuple[Service, ...]
    opens_at: datetime
    closing: Closing
    facilitator: str

    def fault(self, column: str, message: str) -> SheetFault:
        """Something that is wrong with this row."""
        return SheetFault(self.sheet, self.row, column, message)


def read_plans(path: Path, gazetteer: Gazetteer, now: datetime) -> tuple[PlannedRow, ...]:
    """The sessions in an .xlsx or .csv file, in its order. `now`: none of the past is planned.

    Its columns: commune (the code), day, opens (an hour), facilitator (as they were invited); and, where they are
    there, village (its code or name), services (ca, hc, ps; all if empty), closes (1h, 3h, evening, next evening,
    7 days; 3h if empty). Raises FaultyFileError with every fault found.
    """
    sheets = read_sheets(path, (".xlsx", ".csv"), Headings(frozenset(_COLUMNS), _column))
    faults: list[SheetFault] = []
    plans: dict[tuple[str, date], PlannedRow] = {}
    for sheet in sheets:
        faults += [*sheet.faults, *_column_faults(sheet)]
        for row in sheet.rows if set(_NEEDED) <= set(sheet.columns) else ():
            plan = _plan(sheet.name, row, gazetteer, now)
            if isinstance(plan, dict):
                faults += [SheetFault(sheet.name, row.number, column, message) for column, message in plan.items()]
                continue
            first = plans.setdefault((plan.place, plan.opens_at.astimezone(PHNOM_PENH).date()), plan)
            if first is not plan:
                faults.append(plan.fault("day", f"the same place on the same day stands in row {first.row} already"))
    if not plans and not faults:
        faults.append(SheetFault(path.name, None, "", "no rows: write one for each session"))
    if faults:
        raise FaultyFileError(faults)
    return tuple(plans.values())


def _column(heading: str) -> str:
    plain = re.sub(r"[\s_.:()/-]+", "_", heading.casefold()).strip("_")
    return plain if plain in _COLUMNS else _ALSO.get(plain, heading)


def _column_faults(sheet: Sheet) -> Iterator[SheetFault]:
    for column in _NEEDED:
        if column not in sheet.columns:
            yield SheetFault(sheet.name, sheet.header, column, "this column is missing: add it")
    for column in sheet.columns:
        if column not in _COLUMNS:
            known = ", ".join(_COLUMNS)
            yield SheetFault(sheet.name, sheet.header, column, f"unknown column: leave it out (known here: {known})")


def _plan(sheet: str, row: Row, gazetteer: Gazetteer, now: datetime) -> PlannedRow | dict[str, str]:
    """What the row plans, or what is wrong with it: column to message."""
    cells = {column: row.cells.get(column, "") for column in _COLUMNS}
    faults: dict[str, str] = {}
    place = _place(cells, gazetteer, faults)
    services = _services(cells["services"], faults)
    day, hour = _day(cells["day"], now, faults), _hour(cells["opens"], faults)
    closing = _CLOSINGS.get(cells["closes"].casefold())
    if closing is None:
        known = ", ".join(filter(None, _CLOSINGS))
        faults["closes"] = f'"{shown(cells["closes"])}" is none of {known}: write one of them, or leave it empty'
    if not cells["facilitator"]:
        faults["facilitator"] = "it is empty: write the name with which they were invited"
    if faults or day is None or hour is None or closing is None:
        return faults
    opens_at = opening_time(day, hour, now)
    if opens_at <= now:
        return {"opens": "this time is over: write one to come"}
    return PlannedRow(sheet, row.number, place, services, opens_at, closing, cells["facilitator"])


def _place(cells: dict[str, str], gazetteer: Gazetteer, faults: dict[str, str]) -> str:
    code = commune_code(cells["commune"])
    location = gazetteer.find(code)
    if location is None or location.village:
        faults["commune"] = f'no commune has the code "{shown(code)}": write its six digits (samleng places find)'
        return ""
    village = cells["village"]
    if not village:
        return code
    called = [
        one.code
        for one in gazetteer.villages_of(code)
        if village == one.code or folded(village) in {folded(one.km), folded(one.en)}
    ]
    if len(called) != 1:
        faults["village"] = f'"{shown(village)}" is no village of this commune, or of two: write its code of 8 digits'
        return ""
    return called[0]


def _services(text: str, faults: dict[str, str]) -> tuple[Service, ...]:
    words = [word.strip().casefold() for word in re.split("[,;]", text) if word.strip()]
    unknown = next((word for word in words if word not in _KINDS), None)
    if unknown is not None:
        faults["services"] = f'"{shown(unknown)}" is no service: write ca, hc or ps, with commas between'
    return tuple(dict.fromkeys(_KINDS[word] for word in words if word in _KINDS))


def _day(text: str, now: datetime, faults: dict[str, str]) -> date | None:
    try:
        day = date.fromisoformat(_plain(text)[:10])
    except ValueError:
        faults["day"] = f'"{shown(text)}" is no day: write it as 2026-12-31'
        return None
    today = now.astimezone(PHNOM_PENH).date()
    if not today <= day <= today + timedelta(days=MOST_DAYS_AHEAD):
        faults["day"] = f"{day} is over, or more than {MOST_DAYS_AHEAD} days ahead: write a day between"
        return None
    return day


def _hour(text: str, faults: dict[str, str]) -> int | None:
    match = re.fullmatch(r"(?:.* )?(\d{1,2})(?::00){0,2}", _plain(text))
    if match is None or int(match[1]) not in OPENING_HOURS:
        first, last = OPENING_HOURS[0], OPENING_HOURS[-1]
        faults["opens"] = f'"{shown(text)}" is no hour at which one can open: write {first}:00 to {last}:00'
        return None
    return int(match[1])


def _plain(text: str) -> str:
    return text.translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")).strip()
