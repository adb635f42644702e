"""A code in what somebody writes leads where its session's link leads."""

from datetime import timedelta

import sqlalchemy as sa

from conversations.entries import Entry
from conversations.refusals import NO_SUCH_CODE, Why
from conversations.scoring.join import JOIN, TOO_MANY_CODES
from scorecard.payload import find_code
from storage import tables
from storage.erase import erase_some
from storage.people import Person
from storage.reply import Heard
from storage.room import Erases, Takes
from storage.session import by_code
from storage.unit import Unit

MOST_WRONG_CODES = 10
WRONG_CODES_COUNT_FOR = timedelta(minutes=15)


wrong_code = sa.Table(
    "wrong_code",
    tables.metadata,
    tables.id_column(),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("typed_at", tables.Time, nullable=False),
    sa.Index("wrong_code_person", "bot", "person"),
)

_C = wrong_code.c


def _take_code(unit: Unit, person: Person, heard: Heard) -> Entry | Why | None:
    """Where a code leads; None for what is no code."""
    code = find_code(heard.text or "")
    return None if code is None else _by_code(unit, person, code)


def _by_code(unit: Unit, person: Person, code: str) -> Entry | Why:
    """The session with a typed code. Ten wrong ones in a quarter of an hour, and right ones don't help either."""
    since = unit.now - WRONG_CODES_COUNT_FOR
    mine = (_C.bot == person.bot) & (_C.person == person.id)
    wrong = unit.db.scalar(sa.select(sa.func.count()).select_from(wrong_code).where(mine, _C.typed_at > since))
    if (wrong or 0) >= MOST_WRONG_CODES:
        return TOO_MANY_CODES
    held = by_code(unit, code)
    if held is not None and held.bot == person.bot:
        return JOIN(held.payload)
    unit.db.execute(wrong_code.insert().values(bot=person.bot, person=person.id, typed_at=unit.now))
    return NO_SUCH_CODE


def _forget_wrong_codes(unit: Unit) -> int:
    return erase_some(unit, wrong_code, _C.typed_at < unit.sure_now - WRONG_CODES_COUNT_FOR)


CODE = Takes(Heard, _take_code)
WRONG_CODES = Erases(_forget_wrong_codes)
