"""Adds the health centres and schools that an operator's file names."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.office.invite import places_of
from bot.open_store import open_store
from bot.settings import Settings, database_name
from bot.trouble import database_troubles
from files.places import SOURCE, read_points
from scorecard.place import NewPoint, Place
from storage import tables
from storage.places import add_point, make_known
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Added:
    """How many of a file's service points were new, and how many were known already."""

    new: int
    known: int


async def add_places(settings: Settings, file: Path) -> Added:
    """Add the service points in a .csv or .xlsx file; their communes become known as well.

    Raises FaultyFileError, having added nothing, with every fault found in the file; Trouble as `open_store` does.
    """
    points = read_points(file)
    communes = [places_of(commune) for commune in sorted({point.commune for point in points})]
    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            return await store.run(_add, points, communes)
    finally:
        store.close()


def _add(unit: Unit, points: Sequence[NewPoint], communes: Sequence[tuple[Place, ...]]) -> Added:
    before = _count(unit)
    for places in communes:
        make_known(unit, places, SOURCE)
    for point in points:
        add_point(unit, point)
    new = _count(unit) - before
    return Added(new, len(points) - new)


def _count(unit: Unit) -> int:
    return unit.db.scalar(sa.select(sa.func.count()).select_from(tables.point)) or 0
