"""Places that somebody acts in, as they were called when they were made known, and their service points."""

import sqlalchemy as sa

from scorecard.place import Location, NewPoint, Place, PlaceLevel
from storage import tables
from storage.database import upsert
from storage.unit import Unit

_P = tables.place.c
_PLACE = sa.select(_P.code, _P.km, _P.en, _P.kind)


def location(unit: Unit, code: str) -> Location:
    """A known commune or village, with its district and province; KeyError if it was never made known."""
    codes = [code[:length] for length in (2, 4, 6, 8) if length <= len(code)]
    rows = unit.db.execute(_PLACE.where(_P.code.in_(codes)))
    known = {place.level: place for place in (Place(*row) for row in rows)}
    return Location(
        known[PlaceLevel.PROVINCE], known[PlaceLevel.DISTRICT], known[PlaceLevel.COMMUNE], known.get(PlaceLevel.VILLAGE)
    )


def villages(unit: Unit, commune: str) -> tuple[Place, ...]:
    """The known villages of a commune, by code."""
    rows = unit.db.execute(
        _PLACE.where(
            _P.code.startswith(commune, autoescape=True), sa.func.length(_P.code) == len(commune) + 2
        ).order_by(_P.code)
    )
    return tuple(Place(*row) for row in rows)


def make_known(unit: Unit, places: tuple[Place, ...], source: str) -> None:
    """Keep places as their source names them now; those that are known stay as they were."""
    known = set(unit.db.scalars(sa.select(_P.code).where(_P.code.in_([place.code for place in places]))))
    for place in places:
        if place.code not in known:
            row = {"code": place.code, "km": place.km, "en": place.en, "kind": place.kind, "source": source}
            upsert(unit.db, tables.place, row)


def add_point(unit: Unit, new: NewPoint) -> int:
    """The id of a service point, made known if it was not."""
    upsert(unit.db, tables.point, {"commune": new.commune, "service": new.service, "km": new.km, "en": new.en})
    c = tables.point.c
    same = (c.commune == new.commune) & (c.service == new.service) & (c.km == new.km)
    return int(unit.db.execute(sa.select(c.id).where(same)).scalar_one())
