"""Dialogues are erased before they ended, and their screens wiped."""

import sqlalchemy as sa

from conversations.entries import ENDED, STOPPED, Entry, to_text
from storage import outbox, tables
from storage.erase import MOST_AT_ONCE
from storage.people import IDLE_HOURS, hours
from storage.room import Erases, Kind
from storage.unit import Unit

WIPE = Kind("wipe")
"""What rewrites a screen by what an entry shows, the one in its detail."""

_D = tables.dialogue.c


def wipe(unit: Unit, which: sa.ColumnElement[bool], shows: Entry) -> int:
    """Erase the dialogues that fit, and have each screen show this; how many those were.

    What was not about a session says that nothing was changed.
    """
    detail = sa.case((_D.session.is_(None), to_text(STOPPED())), else_=to_text(shows)).label("detail")
    screens = sa.select(_D.bot, _D.person.label("chat"), detail, _D.screen.label("replaces"))
    outbox.put_each(unit, WIPE, screens.where(which, _D.screen.is_not(None)))
    return unit.db.execute(tables.dialogue.delete().where(which)).rowcount


def _wipe_idle(unit: Unit) -> int:
    """Erase dialogues in which nobody has said anything for a day."""
    idle = sa.select(_D.id).where(_D.seen_on < hours(unit.sure_now) - IDLE_HOURS).limit(MOST_AT_ONCE)
    return wipe(unit, _D.id.in_(unit.db.scalars(idle).all()), ENDED())


IDLE = Erases(_wipe_idle, "dialogues")
