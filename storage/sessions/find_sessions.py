"""Sessions are found by their place, a service, their year or their code, however that is spelled."""

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.sessions.find_sessions import NOTHING_FOUND, FindSessions, Found
from scorecard.payload import find_code
from scorecard.role import Act
from scorecard.spelling import folded
from storage import tables
from storage.access import communes_of
from storage.people import Dialogue
from storage.room import Doing, Done
from storage.session import Held, by_code, some_of
from storage.unit import Unit

MOST_FOUND = 20
COMMUNE_DIGITS = 6
"""So many figures of a village's code are its commune's."""

_S = tables.session.c
_P = tables.session_point.c
_PLACE = tables.place.c
_POINT = tables.point.c


def load_find(_: Unit, __: Dialogue) -> None:
    """Nothing needs to be known beforehand."""


def carry_find(unit: Unit, doing: Doing, command: FindSessions) -> Done | Why:
    """Show those that were found, in the communes of whoever looks."""
    communes = communes_of(unit, doing.person.bot, doing.person.id, Act.SEE)
    code = find_code(command.text)
    found: tuple[Held, ...] = ()
    if code is not None:
        one = by_code(unit, code)
        found = (one,) if one is not None and one.bot == doing.person.bot and one.session.commune in communes else ()
    else:
        found = some_of(unit, doing.person.bot, communes, _like(unit, communes, folded(command.text)), MOST_FOUND)
    if not found:
        return NOTHING_FOUND
    return Done(
        Found(
            tuple(held.session for held in found),
            frozenset(held.session.id for held in found if held.villages),
        )
    )


def _like(unit: Unit, communes: tuple[str, ...], text: str) -> sa.ColumnElement[bool]:
    """Of that year, in a place or of a service point that has this in its name: any spelling of it."""
    here = sa.func.substr(_PLACE.code, 1, COMMUNE_DIGITS).in_(communes)
    places = unit.db.execute(sa.select(_PLACE.code, _PLACE.km, _PLACE.en).where(here))
    codes = [row.code for row in places if text in folded(row.km) or text in folded(row.en)]
    points = unit.db.execute(sa.select(_POINT.id, _POINT.km, _POINT.en).where(_POINT.commune.in_(communes)))
    ids = [row.id for row in points if row.km and (text in folded(row.km) or text in folded(row.en))]
    of_points = _S.id.in_(sa.select(_P.session).where(_P.point.in_(ids)))
    return sa.or_(_S.round == text, _S.place.in_(codes), _S.commune.in_(codes), of_points)
