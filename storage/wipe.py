"""Dialogues are erased before they ended, and their screens wiped."""

import sqlalchemy as sa

from storage import outbox, tables
from storage.people import SILENCE_HOURS, hours
from storage.store import Unit

_D = tables.dialogue.c


def wipe(unit: Unit, which: sa.ColumnElement[bool], kind: outbox.Kind) -> int:
    """Erase the dialogues that fit, and have each screen say why (by the kind of post); how many those were."""
    rows = unit.db.execute(sa.select(_D.bot, _D.person, _D.screen, _D.session).where(which)).all()
    for bot, person, screen, session in rows:
        if screen is not None:
            outbox.put(
                unit,
                bot=bot,
                chat=person,
                kind=kind if session is not None else outbox.Kind.STOPPED,
                dedup=f"wipe:{bot}:{person}:{screen}",
                language=unit.language,
                replaces=screen,
            )
    if rows:
        unit.db.execute(tables.dialogue.delete().where(which))
    return len(rows)


def wipe_silent(unit: Unit) -> int:
    """Erase the dialogues in which nobody has said anything for a day; how many those were."""
    return wipe(unit, _D.seen_on < hours(unit.now) - SILENCE_HOURS, outbox.Kind.SILENT)
