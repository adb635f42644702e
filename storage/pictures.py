"""Which pictures Telegram has already, by what is on them."""

import sqlalchemy as sa

from storage import tables
from storage.database import upsert
from storage.unit import Unit

_C = tables.picture.c


def picture_sent(unit: Unit, bot: int, key: str) -> str | None:
    """The file id under which a bot can send a picture again."""
    return unit.db.scalar(sa.select(_C.file_id).where(_C.bot == bot, _C.key == key))


def keep_picture(unit: Unit, bot: int, key: str, file_id: str) -> None:
    """A picture was uploaded."""
    values = {"file_id": file_id}
    upsert(unit.db, tables.picture, {"bot": bot, "key": key, **values}, values)
