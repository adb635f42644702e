"""What is kept for a time only is erased when that is over."""

from datetime import timedelta

from storage import tables
from storage.store import Unit
from storage.take_message import WRONG_CODES_COUNT_FOR
from storage.wipe import wipe_silent

UPDATES_KEPT = timedelta(hours=48)
POSTS_KEPT = timedelta(days=400)
"""A digest can be asked for again until the next round's."""


def forget(unit: Unit) -> int:
    """Erase what has been kept long enough; how many dialogues were among it."""
    unit.db.execute(tables.seen_update.delete().where(tables.seen_update.c.seen_at < unit.now - UPDATES_KEPT))
    unit.db.execute(tables.ended_dialogue.delete().where(tables.ended_dialogue.c.ended_at < unit.now - UPDATES_KEPT))
    unit.db.execute(tables.wrong_code.delete().where(tables.wrong_code.c.typed_at < unit.now - WRONG_CODES_COUNT_FOR))
    unit.db.execute(tables.group_waiting.delete().where(tables.group_waiting.c.expires_at < unit.now))
    unit.db.execute(
        tables.post.delete().where(tables.post.c.state != "waiting", tables.post.c.not_before < unit.now - POSTS_KEPT)
    )
    return wipe_silent(unit)
