"""The sessions of a facilitator's communes: open, closed not long ago, and villages that can be put together."""

from datetime import timedelta

from conversations.sessions.live import Sessions
from scorecard.role import Act
from scorecard.session import UNDER_WAY, State
from storage.access import communes_of
from storage.people import Person
from storage.places import location
from storage.results.merge_villages import mergeable
from storage.session import closed_in, open_in
from storage.unit import Unit

CLOSED_SHOWN_FOR = timedelta(days=90)
MOST_CLOSED = 40
"""A screen has no room for more."""


def list_sessions(unit: Unit, person: Person) -> Sessions | None:
    """The sessions that a facilitator may see; None where there is nothing to show."""
    communes = communes_of(unit, person.bot, person.id, Act.SEE)
    going = open_in(unit, person.bot, communes, (State.PLANNED, *UNDER_WAY))
    open_ = [held for held in going if held.session.opens_at is None]
    planned = sorted((held for held in going if held not in open_), key=lambda held: held.session.opens_at or unit.now)
    closed = closed_in(unit, person.bot, communes, unit.now - CLOSED_SHOWN_FOR, MOST_CLOSED)
    if not open_ and not closed and not planned:
        return None
    return Sessions(
        tuple(held.session for held in open_),
        tuple(held.session for held in closed),
        frozenset(held.session.id for held in closed if held.villages),
        tuple((location(unit, one.place), one.turn) for one in mergeable(unit, person.bot, communes)),
        tuple(held.session for held in planned),
    )
