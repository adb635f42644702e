"""Updates that are not a dialogue's taps are noted, so that what Telegram brings a second time is not done again."""

from datetime import timedelta

from storage import outbox, tables
from storage.database import upsert
from storage.erase import erase_some
from storage.people import hours
from storage.room import Erases
from storage.unit import Unit

HOURS_KEPT = 48
POSTS_KEPT = timedelta(days=400)
"""A digest can be asked for again until the next round's."""


def first_time(unit: Unit, bot: int, update_id: int) -> bool:
    """Whether an update that is not a tap is seen for the first time."""
    return upsert(unit.db, tables.seen_update, {"bot": bot, "update_id": update_id, "seen_on": hours(unit.now)})


def _forget(unit: Unit) -> int:
    """What was noted only so that nothing is done twice."""
    before = hours(unit.sure_now) - HOURS_KEPT
    updates = erase_some(unit, tables.seen_update, tables.seen_update.c.seen_on < before)
    ended = erase_some(unit, tables.ended_dialogue, tables.ended_dialogue.c.ended_on < before)
    return updates + ended + outbox.forget_done(unit, unit.sure_now - POSTS_KEPT)


NOTED = Erases(_forget)
