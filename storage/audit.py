"""The audit trail: what somebody did by a role, where, to what, and on which day. Nothing that citizens do is in it.

One thing that is done again and again on one day stands there once. The minute is told of a command that says so.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from conversations.commands import Command
from scorecard.role import Act
from scorecard.session import PHNOM_PENH
from storage import tables
from storage.access import Openly, Subject, may
from storage.database import upsert
from storage.erase import erase_some
from storage.people import Person
from storage.room import Erases, Forgets
from storage.session import Held
from storage.unit import Unit

KEPT = timedelta(days=3 * 366)
"""Three rounds: so long the programme looks back."""

audit = sa.Table(
    "audit",
    tables.metadata,
    tables.id_column(),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("person", sa.BigInteger, comment="who did it; null once they are forgotten"),
    sa.Column("act", sa.String(40), nullable=False, comment="the command"),
    sa.Column("commune", sa.String(6), nullable=False, comment="empty where it was about none"),
    sa.Column("session", sa.BigInteger, nullable=False, comment="0 where it was about none"),
    sa.Column("day", sa.Date, nullable=False, comment="in Phnom Penh"),
    sa.Column("at", tables.Time, comment="for opening and closing alone"),
    sa.UniqueConstraint("bot", "person", "act", "commune", "session", "day"),
    sa.Index("audit_commune", "bot", "commune", "day"),
    sqlite_autoincrement=True,
)

_A = audit.c


def note_act(unit: Unit, person: Person, who: Act | Openly, command: Command, subject: Any) -> None:
    """Note that somebody carried out a command, if they did so by a role."""
    if who is Openly.HOLDER:
        if not may(unit, person.bot, person.id, Act.LINK, subject):
            return
    elif isinstance(who, Openly):
        return
    note(unit, person, command, subject)


def note(unit: Unit, person: Person, command: Command, subject: Subject | None) -> None:
    """Note that somebody carried out a command, on something that has its place."""
    place = None if subject is None else subject.place
    row = {
        "bot": person.bot,
        "person": person.id,
        "act": type(command).__name__,
        "commune": (place or "")[:6],
        "session": subject.session.id if isinstance(subject, Held) else 0,
        "day": unit.now.astimezone(PHNOM_PENH).date(),
        "at": unit.now if command.timed else None,
    }
    upsert(unit.db, audit, row)


def _erase(unit: Unit) -> int:
    """What was done before the rounds that are looked back at."""
    return erase_some(unit, audit, _A.day < (unit.sure_now - KEPT).astimezone(PHNOM_PENH).date())


def _forget(unit: Unit, bot: int, person: int) -> None:
    """What they did stays, and is nobody's."""
    unit.db.execute(audit.update().where(_A.bot == bot, _A.person == person).values(person=None))


LONG_AGO = Erases(_erase, "acts of long ago")
WHO_ACTED = Forgets(_forget)
