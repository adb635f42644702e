"""Updates that are not taps are noted, so that what Telegram brings a second time is not done again."""

from sqlalchemy.dialects.sqlite import insert

from storage import tables
from storage.store import Unit


def first_time(unit: Unit, bot: int, update_id: int) -> bool:
    """Whether an update that is not a tap is seen for the first time."""
    noted = unit.db.execute(
        insert(tables.seen_update).values(bot=bot, update_id=update_id, seen_at=unit.now).on_conflict_do_nothing()
    )
    return noted.rowcount == 1
