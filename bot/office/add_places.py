"""Adds the health centres and schools that an operator's file names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.office.places_in_use import line_of, make_communes_known, places_in_use
from bot.open_store import open_store
from bot.settings import Settings, database_name
from bot.trouble import database_troubles
from files.faults import SheetFault
from files.places import Gazetteer
from files.points import read_points
from scorecard.place import NewPoint
from storage import tables
from storage.places import add_point
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Added:
    """How many of a file's service points were new, and how many were known already.

    communes: a line for each commune as it was understood; passed_over: what was not read in the file.
    """

    new: int
    known: int
    communes: tuple[str, ...]
    passed_over: tuple[SheetFault, ...]


async def add_places(settings: Settings, file: Path) -> Added:
    """Add the service points in a .csv or .xlsx file; their communes become known as well.

    Raises FaultyFileError, having added nothing, with every fault found in the file; Trouble as `open_store` does.
    """
    in_use = places_in_use(settings)
    read = read_points(file, in_use)
    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            new = await store.run(_add, read.points, in_use)
    finally:
        store.close()
    many = Counter(point.commune for point in read.points)
    lines = tuple(f"{line_of(in_use.communes[code])}: {number}" for code, number in sorted(many.items()))
    return Added(new, len(read.points) - new, lines, read.passed_over)


def _add(unit: Unit, points: Sequence[NewPoint], in_use: Gazetteer) -> int:
    before = _count(unit)
    make_communes_known(unit, in_use, sorted({point.commune for point in points}))
    for point in points:
        add_point(unit, point)
    return _count(unit) - before


def _count(unit: Unit) -> int:
    return unit.db.scalar(sa.select(sa.func.count()).select_from(tables.point)) or 0
