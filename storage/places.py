"""Places that somebody acts in, as they were called when they were made known, and their service points."""

from collections.abc import Iterable

import sqlalchemy as sa

from scorecard.place import COMMUNE_CODE_LENGTH, Location, NewPoint, Place, PlaceLevel
from scorecard.spelling import folded, same_point
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


def called_otherwise(unit: Unit, places: Iterable[Place]) -> tuple[tuple[Place, Place], ...]:
    """Known places with the name of another one in a list: each with what the list says. Spellings make no other."""
    listed = {place.code: place for place in places}
    rows = unit.db.execute(_PLACE.order_by(_P.code))
    known = (Place(*row) for row in rows if row.code in listed)
    return tuple((place, listed[place.code]) for place in known if not _same_name(place, listed[place.code]))


def call_as_listed(unit: Unit, places: Iterable[Place], source: str, *, also_others: bool) -> None:
    """Give known places the names and kinds of a list, and known communes its villages.

    also_others: also those that are known with the name of another place.
    """
    listed = {place.code: place for place in places}
    others = {known.code for known, _ in called_otherwise(unit, listed.values())}
    for (code,) in unit.db.execute(sa.select(_P.code)).all():
        if code in listed and (also_others or code not in others):
            place = listed[code]
            row = {"km": place.km, "en": place.en, "kind": place.kind, "source": source}
            unit.db.execute(tables.place.update().where(_P.code == code).values(**row))
    communes = set(unit.db.scalars(sa.select(_P.code).where(sa.func.length(_P.code) == COMMUNE_CODE_LENGTH)))
    new = (place for code, place in listed.items() if place.level is PlaceLevel.VILLAGE)
    make_known(unit, tuple(place for place in new if place.code[:COMMUNE_CODE_LENGTH] in communes - others), source)


def _same_name(one: Place, other: Place) -> bool:
    return folded(one.km) == folded(other.km) or folded(one.en) == folded(other.en)


def add_point(unit: Unit, new: NewPoint) -> int:
    """The id of a service point, made known if it was not, under this name or one that reads the same."""
    c = tables.point.c
    beside = unit.db.execute(
        sa.select(c.id, c.km).where((c.commune == new.commune) & (c.service == new.service)).order_by(c.id)
    ).all()
    for row in sorted(beside, key=lambda row: row.km != new.km):
        if same_point(new.service, row.km) == same_point(new.service, new.km):
            return int(row.id)
    upsert(unit.db, tables.point, {"commune": new.commune, "service": new.service, "km": new.km, "en": new.en})
    same = (c.commune == new.commune) & (c.service == new.service) & (c.km == new.km)
    return int(unit.db.execute(sa.select(c.id).where(same)).scalar_one())
