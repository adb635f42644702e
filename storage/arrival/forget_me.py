"""All that is kept of a person is erased: each room lets go of what is its own."""

import sqlalchemy as sa

from conversations.arrival.forget_me import ForgetMe, Forgotten
from conversations.entries import STOPPED
from conversations.refusals import Why
from storage import tables
from storage.people import NEW
from storage.room import Doing, Done, Forgets
from storage.unit import Unit
from storage.wipe import wipe


def carry_forget(unit: Unit, doing: Doing, _: ForgetMe) -> Done | Why:
    """Forget whoever says so, unless something of theirs has to be finished first."""
    kept = forget(unit, doing.person.bot, doing.person.id)
    return kept or Done(Forgotten())


def forget(unit: Unit, bot: int, person: int) -> Why | None:
    """Erase all that is kept of a person; why not, where something of theirs has to be finished first."""
    rooms = unit.house.forgets
    kept = next((why for room in rooms if room.unless and (why := room.unless(unit, bot, person))), None)
    if kept is None:
        for room in rooms:
            room.do(unit, bot, person)
    return kept


def still_forgotten(unit: Unit, bot: int, person: int) -> Forgotten:
    """That it is done, once more. Who is not known but for asking stays unknown: an update may be brought twice."""
    if unit.loaded.get((NEW, bot, person)):
        c = tables.person.c
        unit.db.execute(tables.person.delete().where(c.bot == bot, c.id == person))
    return Forgotten()


def _forget(unit: Unit, bot: int, person: int) -> None:
    """What a person had begun, what was on its way to them alone, and that they are known."""
    d, p, f, c = tables.dialogue.c, tables.post.c, tables.chat_flood.c, tables.person.c
    wipe(unit, (d.bot == bot) & (d.person == person), STOPPED())
    unit.db.execute(tables.post.delete().where(p.bot == bot, p.chat == person, sa.not_(p.wiping)))
    unit.db.execute(tables.chat_flood.delete().where(f.bot == bot, f.chat == person))
    unit.db.execute(tables.person.delete().where(c.bot == bot, c.id == person))


PERSON = Forgets(_forget)
