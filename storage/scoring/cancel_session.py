"""Sessions that are cancelled: by a facilitator while few took part, for their key is lost, or to be forgotten."""

import sqlalchemy as sa

from conversations.entries import CALLED_OFF
from conversations.refusals import Why
from conversations.sessions.close_session import ALREADY_CLOSED, ENOUGH_TOOK_PART, CancelSession
from conversations.sessions.live import Cancelled, NotAfterAll
from scorecard.disclosure import MINIMUM
from scorecard.role import Act
from scorecard.session import MAX_SEATS, UNDER_WAY, CancelReason, State
from storage import outbox, tables
from storage.access import may
from storage.chats import linked_to
from storage.outbox import Post, session_of
from storage.room import Doing, Done, Kind
from storage.scoring.ballots import ballot, ballots_of
from storage.scoring.nudges import forget_nudges
from storage.sealing import doom, keyless
from storage.session import Held, again, by_id
from storage.sessions.groups_told import told
from storage.unit import Unit
from storage.wipe import wipe

CANCELLED = Kind("cancelled")
NOT_AFTER_ALL = Kind("not after all")
LOST = "lost"

_S = tables.session.c


def carry_cancel(unit: Unit, doing: Doing, command: CancelSession) -> Done | Why:
    """Cancel a session of which nothing could be shown: from 8 phones on what people said is taken from them by a
    coordinator alone, who says why.
    """
    held: Held = doing.subject
    if held.session.state not in UNDER_WAY or held.key is None:
        return ALREADY_CLOSED
    late = command.reason is not None and may(unit, held.bot, doing.person.id, Act.CANCEL_LATE, held)
    if not late and unit.keys.has(held.key) and _enough_took_part(unit, held):
        return ENOUGH_TOOK_PART
    why = command.reason or ""
    if held.screen is not None and held.screen != doing.screen:
        outbox.remove(unit, held.bot, held.screen)
    for chat in sorted(told(unit, held)):
        outbox.put(unit, bot=held.bot, chat=chat, kind=NOT_AFTER_ALL, subject=held.subject, detail=why)
    if held.opened_by != doing.person.id:
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=CANCELLED, subject=held.subject, detail=why)
    doom(unit, held.key)
    cancel(unit, held)
    return Done(Cancelled(again(unit, held.session.id).session, reason=command.reason))


def settle_restored(unit: Unit) -> tuple[int, ...]:
    """Cancel the sessions under way whose key is gone, and tell who opened them; which those were.

    Of those whose key is there, scoring goes on. No villages that were scored by then are put together any more: what
    was released since the backup was made is not known here, and the door must reckon with all that it told.
    """
    unit.db.execute(tables.session.update().values(apart=True))
    lost = keyless(unit)
    for session in lost:
        held = by_id(unit, session)
        assert held is not None
        cancel(unit, held)
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=CANCELLED, subject=held.subject, detail=LOST)
    return lost


def cancel(unit: Unit, held: Held) -> None:
    """Cancel a session: what was sent is erased, and screens say so."""
    session = held.session.id
    values = {"state": State.CANCELLED, "turnout": "[]", "uncounted": 0, "remind_at": None}
    unit.db.execute(tables.session.update().where(_S.id == session).values(**values))
    again(unit, session)
    wipe(unit, tables.dialogue.c.session == session, CALLED_OFF())
    unit.db.execute(ballot.delete().where(ballot.c.session == session))
    forget_nudges(unit, session)
    unit.db.execute(tables.ended_dialogue.delete().where(tables.ended_dialogue.c.session == session))


def say_cancelled(unit: Unit, post: Post) -> Cancelled | None:
    """What a facilitator hears of a session that was cancelled."""
    held = session_of(unit, post)
    if held is None or held.session.state is not State.CANCELLED:
        return None
    return Cancelled(held.session, lost=post.detail == LOST, reason=_reason(post))


def say_not_after_all(unit: Unit, post: Post) -> NotAfterAll | None:
    """What a group hears that has heard of the session."""
    held = session_of(unit, post)
    if held is None or linked_to(unit, held.bot, post.chat) != held.session.commune:
        return None
    return NotAfterAll(held.session, _reason(post)) if post.chat in told(unit, held, arrived=True) else None


def _reason(post: Post) -> CancelReason | None:
    return CancelReason(post.detail) if post.detail in list(CancelReason) else None


def _enough_took_part(unit: Unit, held: Held) -> bool:
    """Whether a service was scored on as many phones as something can be shown of. More ballots than fewer phones can
    send are not opened, for that takes long.
    """
    sent = unit.db.scalar(sa.select(sa.func.count()).where(ballot.c.session == held.session.id)) or 0
    if sent > (MINIMUM - 1) * MAX_SEATS * len(held.session.points):
        return True
    return any(len({one.phone for one in given}) >= MINIMUM for given in ballots_of(unit, held).values())
