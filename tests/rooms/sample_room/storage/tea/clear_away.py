"""Tea gets cold, is cleared away when the scoring closes, and the pot is washed a day later."""

from datetime import timedelta

import sqlalchemy as sa
from sample_room.conversations.tea.pour_tea import TeaIsCold
from sample_room.storage.tea.pots import pots

from storage import outbox, tables
from storage.outbox import Post
from storage.room import AtClosing, Due, Erases, Kind
from storage.session import Held, by_id
from storage.unit import Unit

COLD = Kind("tea cold")
COLD_AFTER = timedelta(hours=1)
WASHED_AFTER = timedelta(days=1)

_P = pots.c


def say_cold(_: Unit, post: Post) -> TeaIsCold | None:
    """What the facilitator hears who made it."""
    return None if post.session is None else TeaIsCold(post.session)


def _cold(unit: Unit, bot: int) -> tuple[int, ...]:
    """The sessions whose tea has gone cold."""
    session = tables.session.c
    cold = (_P.made_at <= unit.now - COLD_AFTER) & ~_P.told_cold & _P.cleared_at.is_(None)
    return tuple(unit.db.scalars(sa.select(_P.session).join(tables.session).where(session.bot == bot, cold)))


def _tell_cold(unit: Unit, session: int) -> bool:
    """Have a facilitator know of it, once; False if they do already."""
    untold = (_P.session == session) & ~_P.told_cold
    made_by = unit.db.scalar(pots.update().where(untold).values(told_cold=True).returning(_P.made_by))
    held = by_id(unit, session)
    if made_by is None or held is None:
        return False
    return outbox.put(unit, bot=held.bot, chat=made_by, kind=COLD, subject=held.subject)


def _clear_away(unit: Unit, held: Held, _: int | None) -> None:
    unit.db.execute(pots.update().where(_P.session == held.session.id).values(cleared_at=unit.now))


def _wash(unit: Unit) -> int:
    return unit.db.execute(pots.delete().where(_P.cleared_at < unit.now - WASHED_AFTER)).rowcount


GONE_COLD = Due(_cold, _tell_cold, "tea gone cold")
CLEARED = AtClosing(_clear_away)
WASHED = Erases(_wash)
