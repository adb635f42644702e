"""Sessions that are cancelled: what a restored database can't go on with, and what is to be forgotten."""

from conversations.entries import OVER
from conversations.sessions.live import Cancelled
from scorecard.session import UNDER_WAY, State
from storage import outbox, tables
from storage.outbox import Post, session_of
from storage.room import Kind
from storage.scoring.ballots import ballot
from storage.sealing import keyless
from storage.session import Held, again, by_id
from storage.unit import Unit
from storage.wipe import wipe

CANCELLED = Kind("cancelled")

_S = tables.session.c


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
    return lost


def cancel(unit: Unit, held: Held) -> None:
    """Cancel a session: what was sent is erased, screens are wiped; where it was under way its opener is told."""
    session, under_way = held.session.id, held.session.state in UNDER_WAY
    values = {"state": State.CANCELLED, "turnout": "[]", "uncounted": 0}
    unit.db.execute(tables.session.update().where(_S.id == session).values(**values))
    again(unit, session)
    wipe(unit, tables.dialogue.c.session == session, OVER())
    unit.db.execute(ballot.delete().where(ballot.c.session == session))
    unit.db.execute(tables.ended_dialogue.delete().where(tables.ended_dialogue.c.session == session))
    if under_way:
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=CANCELLED, subject=held.subject)


def say_cancelled(unit: Unit, post: Post) -> Cancelled | None:
    """What a facilitator hears of a session that can't go on."""
    held = session_of(unit, post)
    return Cancelled(held.session) if held is not None and held.session.state is State.CANCELLED else None
