"""Dialogues are erased before they ended, and their screens wiped."""

import sqlalchemy as sa

from conversations.entries import ENDED, STOPPED, Entry, to_text
from storage import outbox, tables
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
    rows = unit.db.execute(sa.select(_D.bot, _D.person, _D.screen, _D.session).where(which)).all()
    for bot, person, screen, session in rows:
        if screen is not None:
            outbox.put(
                unit,
                bot=bot,
                chat=person,
                kind=WIPE,
                key=str(screen),
                detail=to_text(shows if session is not None else STOPPED()),
                replaces=screen,
            )
    if rows:
        unit.db.execute(tables.dialogue.delete().where(which))
    return len(rows)


def _wipe_idle(unit: Unit) -> int:
    """Erase the dialogues in which nobody has said anything for a day."""
    return wipe(unit, _D.seen_on < hours(unit.now) - IDLE_HOURS, ENDED())


IDLE = Erases(_wipe_idle, "dialogues")
