"""Pauses that Telegram asks for (429): each holds up its chat, several at once the bot. Both roles keep to them.

Telegram does not say whom a pause is meant for. One is taken to be that chat's; if three chats are asked within ten
seconds, all of the bot pauses, for the shortest of these times.
"""

from datetime import timedelta

import sqlalchemy as sa

from storage import tables
from storage.database import upsert
from storage.unit import Unit

AT_ONCE = timedelta(seconds=10)
CHATS = 3

_C = tables.chat_flood.c
_F = tables.flood.c


def flooded(unit: Unit, bot: int, chat: int, wait: timedelta) -> None:
    """Telegram asked for a pause when this chat was written to."""
    until = unit.now + wait
    values = {"until": until, "asked_at": unit.now}
    upsert(unit.db, tables.chat_flood, {"bot": bot, "chat": chat, **values}, values)
    asked = (_C.bot == bot) & (_C.asked_at > unit.now - AT_ONCE) & (_C.until > unit.now)
    pauses = unit.db.scalars(sa.select(_C.until).where(asked)).all()
    if len(pauses) >= CHATS:
        shortest = min(pauses)
        upsert(unit.db, tables.flood, {"bot": bot, "until": shortest}, {"until": shortest})


def pauses(unit: Unit, bot: int) -> bool:
    """Whether all of the bot pauses now."""
    until = unit.db.scalar(sa.select(_F.until).where(_F.bot == bot))
    return until is not None and until > unit.now


def pausing_chats(unit: Unit, bot: int) -> frozenset[int]:
    """The chats that are not to be written to now."""
    return frozenset(unit.db.scalars(sa.select(_C.chat).where(_C.bot == bot, _C.until > unit.now)))


def forget_pauses(unit: Unit) -> None:
    """Erase those that are over."""
    unit.db.execute(tables.chat_flood.delete().where(_C.until < unit.now))
