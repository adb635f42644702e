"""The role of a person who is to be forgotten."""

from storage import tables
from storage.room import Forgets
from storage.unit import Unit

_R = tables.role.c


def _forget(unit: Unit, bot: int, person: int) -> None:
    unit.db.execute(tables.role.delete().where(_R.bot == bot, _R.person == person))


ROLE = Forgets(_forget)
