"""The sessions of a facilitator's communes: open, planned or closed, and villages that can be put together."""

from conversations.sessions.live import Sessions
from scorecard.role import Act
from scorecard.session import State
from storage.access import communes_of
from storage.people import Person
from storage.places import location
from storage.results.merge_villages import mergeable
from storage.session import listed_in
from storage.unit import Unit

PAGE = 8
"""So many stand on a page."""


def list_sessions(unit: Unit, person: Person, page: int = 0) -> Sessions | None:
    """A page of the sessions that a facilitator may see; None where there is nothing to show.

    What goes on, or will, comes before what is closed.
    """
    communes = communes_of(unit, person.bot, person.id, Act.SEE)
    listed = listed_in(unit, person.bot, communes, PAGE + 1, page * PAGE)
    if not listed:
        return None
    shown = listed[:PAGE]
    closed = tuple(held.session for held in shown if held.session.is_closed)
    planned = tuple(held.session for held in shown if held.session.state is State.PLANNED)
    mergeables = () if page else mergeable(unit, person.bot, communes)
    return Sessions(
        tuple(held.session for held in shown if held.session not in (*closed, *planned)),
        closed,
        frozenset(held.session.id for held in shown if held.villages),
        tuple((location(unit, one.place), one.turn) for one in mergeables),
        planned,
        page=page,
        more=len(listed) > PAGE,
    )
