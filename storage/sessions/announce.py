"""A facilitator has the commune's groups told that a session is open."""

from conversations.refusals import Why
from conversations.results.post_digest import NO_GROUP
from conversations.sessions.close_session import ALREADY_CLOSED
from conversations.sessions.live import GROUP_HEARS, Announce
from storage.room import Doing, Done
from storage.session import Held
from storage.sessions.groups_told import announce
from storage.sessions.turnout import opened
from storage.unit import Unit


def carry_announce(unit: Unit, doing: Doing, _: Announce) -> Done | Why:
    """Tell them, and show the session on."""
    held: Held = doing.subject
    if not held.session.accepts_ballots(unit.sure_now):
        return ALREADY_CLOSED
    groups = announce(unit, held)
    return Done(opened(unit, held), note=GROUP_HEARS if groups else NO_GROUP)
