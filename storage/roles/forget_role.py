"""The role of a person who is to be forgotten."""

from storage import tables
from storage.room import Forgets
from storage.unit import Unit

_F = tables.facilitator.c


def _forget(unit: Unit, bot: int, person: int) -> None:
    unit.db.execute(tables.facilitator.delete().where(_F.bot == bot, _F.person == person))


ROLE = Forgets(_forget)
