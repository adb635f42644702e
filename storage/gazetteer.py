"""Official lists of places, laid over those that come with the program."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from scorecard.place import Place, PlaceKind
from storage import tables
from storage.unit import Unit

_G = tables.gazetteer.c


def lay_over(unit: Unit, places: Iterable[Place], source: str) -> None:
    """Keep an official list's places in the place of those of an earlier list, province by province."""
    rows = [
        {"code": place.code, "km": place.km, "en": place.en, "kind": place.kind, "source": source} for place in places
    ]
    provinces = {str(row["code"])[:2] for row in rows}
    unit.db.execute(tables.gazetteer.delete().where(sa.func.substr(_G.code, 1, 2).in_(provinces)))
    unit.db.execute(tables.gazetteer.insert(), rows)


def official_places(db: sa.Connection) -> tuple[tuple[Place, ...], Mapping[str, str]]:
    """The places of the lists laid over, by code, and which list those of each province are from."""
    rows = db.execute(sa.select(_G.code, _G.km, _G.en, _G.kind, _G.source).order_by(_G.code)).all()
    places = tuple(Place(row.code, row.km, row.en, PlaceKind(row.kind)) for row in rows)
    return places, {row.code[:2]: row.source for row in rows}
