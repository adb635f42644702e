"""Updates that are not a dialogue's taps are noted, so that what Telegram brings a second time is not done again."""

from datetime import timedelta

from storage import outbox, tables
from storage.database import upsert
from storage.room import Erases
from storage.unit import Unit

UPDATES_KEPT = timedelta(hours=48)
POSTS_KEPT = timedelta(days=400)
"""A digest can be asked for again until the next round's."""


def first_time(unit: Unit, bot: int, update_id: int) -> bool:
    """Whether an update that is not a tap is seen for the first time."""
    return upsert(unit.db, tables.seen_update, {"bot": bot, "update_id": update_id, "seen_at": unit.now})


def _forget(unit: Unit) -> int:
    """What was noted only so that nothing is done twice; it is not counted."""
    unit.db.execute(tables.seen_update.delete().where(tables.seen_update.c.seen_at < unit.now - UPDATES_KEPT))
    unit.db.execute(tables.ended_dialogue.delete().where(tables.ended_dialogue.c.ended_at < unit.now - UPDATES_KEPT))
    outbox.forget_done(unit, unit.now - POSTS_KEPT)
    return 0


NOTED = Erases(_forget)
