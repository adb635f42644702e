"""The sessions of a facilitator's communes: open, planned or closed, and villages that can be put together."""

from conversations.sessions.live import Sessions
from scorecard.role import Act
from scorecard.session import UNDER_WAY, State
from storage.access import communes_of
from storage.people import Person
from storage.places import location
from storage.results.merge_villages import mergeable
from storage.session import closed_in, open_in
from storage.unit import Unit

PAGE = 8
"""So many closed ones stand on a page."""


def list_sessions(unit: Unit, person: Person, page: int = 0) -> Sessions | None:
    """The sessions that a facilitator may see, a page of the closed ones; None where there is nothing to show.

    What goes on, or will, stands on the first page.
    """
    communes = communes_of(unit, person.bot, person.id, Act.SEE)
    going = open_in(unit, person.bot, communes, (State.PLANNED, *UNDER_WAY))
    open_ = [held for held in going if held.session.opens_at is None]
    planned = sorted((held for held in going if held not in open_), key=lambda held: held.session.opens_at or unit.now)
    closed = closed_in(unit, person.bot, communes, PAGE + 1, page * PAGE)
    if not open_ and not closed and not planned:
        return None
    shown = closed[:PAGE]
    merged = frozenset(held.session.id for held in shown if held.villages)
    more, sessions = len(closed) > PAGE, tuple(held.session for held in shown)
    if page:
        return Sessions((), sessions, merged, page=page, more=more)
    return Sessions(
        tuple(held.session for held in open_),
        sessions,
        merged,
        tuple((location(unit, one.place), one.turn) for one in mergeable(unit, person.bot, communes)),
        tuple(held.session for held in planned),
        more=more,
    )
