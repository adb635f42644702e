"""The commune's groups are told that a session is open, by its facilitator, and reminded of its end."""

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.results.post_digest import NO_GROUP
from conversations.sessions.close_session import ALREADY_CLOSED
from conversations.sessions.live import GROUP_HEARS, IS_PAUSED, Announce, Remind
from scorecard.session import UNDER_WAY
from storage import tables
from storage.room import Doing, Done, Due
from storage.session import Held, by_id, change
from storage.sessions.groups_told import announce, remind
from storage.sessions.turnout import opened
from storage.unit import Unit

_S = tables.session.c


def carry_announce(unit: Unit, doing: Doing, _: Announce) -> Done | Why:
    """Tell them, and show the session on."""
    held: Held = doing.subject
    if (why := _why_not(unit, held)) is not None:
        return why
    groups = announce(unit, held)
    return Done(opened(unit, held), note=GROUP_HEARS if groups else NO_GROUP)


def carry_remind(unit: Unit, doing: Doing, _: Remind) -> Done | Why:
    """Remind those that were told, and show the session on."""
    held: Held = doing.subject
    if (why := _why_not(unit, held)) is not None:
        return why
    groups = remind(unit, held)
    reminded = change(unit, held, remind_at=None)
    return Done(opened(unit, reminded), note=GROUP_HEARS if groups else NO_GROUP)


def _why_not(unit: Unit, held: Held) -> Why | None:
    """Groups hear of what they can take part in."""
    if not held.session.goes_on(unit.sure_now):
        return ALREADY_CLOSED
    return IS_PAUSED if held.session.is_paused else None


def _to_remind(unit: Unit, bot: int) -> tuple[int, ...]:
    """The open sessions of whose end it is time to remind groups."""
    due = (_S.bot == bot) & (_S.remind_at <= unit.sure_now) & _S.state.in_(UNDER_WAY)
    return tuple(unit.db.scalars(sa.select(_S.id).where(due).order_by(_S.remind_at)))


def _remind(unit: Unit, session: int) -> bool:
    """Remind the groups that were told of a session, if it still takes ballots; once, whatever comes of it."""
    held = by_id(unit, session)
    assert held is not None
    unit.db.execute(tables.session.update().where(_S.id == session).values(remind_at=None))
    return held.session.accepts_ballots(unit.sure_now) and not held.last_call and remind(unit, held) > 0


REMINDERS = Due(_to_remind, _remind, "groups reminded")
