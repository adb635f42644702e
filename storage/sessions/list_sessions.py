"""The sessions of a facilitator's communes: open, closed not long ago, and villages that can be put together."""

from datetime import timedelta

from conversations.sessions.live import Sessions
from storage.access import communes_of
from storage.people import Person
from storage.places import location
from storage.results.digests import newest
from storage.results.merge_villages import can_be_merged, of_commune
from storage.session import closed_in, open_in
from storage.unit import Unit

CLOSED_SHOWN_FOR = timedelta(days=90)


def list_sessions(unit: Unit, person: Person) -> Sessions | None:
    """The sessions that a facilitator may see; None where there is nothing to show."""
    communes = communes_of(unit, person.bot, person.id)
    open_ = open_in(unit, person.bot, communes)
    since = unit.now - CLOSED_SHOWN_FOR
    closed = [held for held in closed_in(unit, person.bot, communes, since) if newest(unit, held) == held]
    if not open_ and not closed:
        return None
    mergeable = [
        (location(unit, code), commune.turn)
        for code in communes
        if can_be_merged(unit, person.bot, code, (commune := of_commune(unit, person, code)).round)
    ]
    return Sessions(
        tuple(held.session for held in open_),
        tuple(held.session for held in reversed(closed)),
        frozenset(held.session.id for held in closed if held.villages),
        tuple(mergeable),
    )
