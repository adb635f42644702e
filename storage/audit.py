"""The audit trail: what somebody did by a role, where, to what, and on which day. Nothing that citizens do is in it.

One thing that is done again and again on one day stands there once. The minute is told of a command that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from conversations.commands import Command
from scorecard.place import COMMUNE_CODE_LENGTH
from scorecard.role import Act
from scorecard.session import PHNOM_PENH
from storage import tables
from storage.access import Openly, Subject, may
from storage.database import upsert
from storage.erase import erase_some
from storage.people import Person
from storage.room import Carries, Erases, Forgets
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
    sa.Column("partner", sa.Text, comment="for whom they worked there then"),
    sa.Column("act", sa.String(40), nullable=False, comment="the command"),
    sa.Column("commune", sa.String(6), nullable=False, comment="empty where it was about none"),
    sa.Column("session", sa.BigInteger, nullable=False, comment="0 where it was about none"),
    sa.Column("detail", sa.String(24), nullable=False, server_default="", comment="a code that the command gives"),
    sa.Column("day", sa.Date, nullable=False, comment="in Phnom Penh"),
    sa.Column("at", tables.Time, comment="for opening and closing alone"),
    sa.UniqueConstraint("bot", "person", "act", "commune", "session", "day"),
    sa.Index("audit_commune", "bot", "commune", "day"),
    sqlite_autoincrement=True,
)

_A = audit.c
_R = tables.role.c

ANY_PARTNER = "*"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something done: by whom and for whom, what by the name of its command, where and to which session, and when.

    name: of who did it, None where they have no role any more.
    """

    person: int | None
    name: str | None
    act: str
    commune: str
    session: int
    detail: str
    day: date
    at: datetime | None


def note_act(unit: Unit, person: Person, carries: Carries, command: Command, subject: Subject | None) -> None:
    """Note that somebody carried out a command, if they did so by a role, or got one by it."""
    if carries.who is Openly.HOLDER:
        assert subject is not None
        if not may(unit, person.bot, person.id, Act.LINK, subject):
            return
    elif isinstance(carries.who, Openly) and not carries.noted:
        return
    place = None if subject is None else subject.place
    commune = (place or "")[:COMMUNE_CODE_LENGTH]
    theirs = (_R.bot == person.bot) & (_R.person == person.id) & (_R.commune == commune)
    row = {
        "bot": person.bot,
        "person": person.id,
        "partner": unit.db.scalar(sa.select(_R.partner).where(theirs).order_by(_R.role).limit(1)),
        "act": type(command).__name__,
        "commune": commune,
        "session": subject.session.id if isinstance(subject, Held) else 0,
        "detail": command.detail,
        "day": unit.now.astimezone(PHNOM_PENH).date(),
        "at": unit.now if command.timed else None,
    }
    upsert(unit.db, audit, row)


def noted(unit: Unit, bot: int, seen: Mapping[str, str | None], most: int, after: int = 0) -> tuple[Noted, ...]:
    """What was done in some communes, newest first, `most` of it after so many: by everybody, or for one partner.

    seen: for each commune's code the partner, ANY_PARTNER for whoever acted there.
    """
    here = [
        (_A.commune == commune) & (sa.true() if partner == ANY_PARTNER else _A.partner.is_not_distinct_from(partner))
        for commune, partner in seen.items()
    ]
    names = sa.select(sa.func.max(_R.name)).where(_R.bot == _A.bot, _R.person == _A.person).scalar_subquery()
    found = (
        sa.select(_A.person, names, _A.act, _A.commune, _A.session, _A.detail, _A.day, _A.at)
        .where(_A.bot == bot, sa.or_(sa.false(), *here))
        .order_by(_A.day.desc(), _A.id.desc())
    )
    return tuple(Noted(*row) for row in unit.db.execute(found.limit(most).offset(after)))


def _erase(unit: Unit) -> int:
    """What was done before the rounds that are looked back at."""
    return erase_some(unit, audit, _A.day < (unit.sure_now - KEPT).astimezone(PHNOM_PENH).date())


def _forget(unit: Unit, bot: int, person: int) -> None:
    """What they did stays, and is nobody's."""
    unit.db.execute(audit.update().where(_A.bot == bot, _A.person == person).values(person=None))


LONG_AGO = Erases(_erase, "acts of long ago")
WHO_ACTED = Forgets(_forget)
