"""Posts that Telegram refuses, or that can't be made: they hold up no other, and are tried again when that may help.

What only a human can lift (no right to write, a closed topic) is tried once. It is free again when the bot's standing
in that chat changes, somebody speaks to it there, or a facilitator tries again. What nobody foresaw is tried again.
"""

from datetime import timedelta

import sqlalchemy as sa

from storage import tables
from storage.outbox import FIRST_PAUSE, LONGEST_PAUSE, Post, undelivered
from storage.unit import Unit

_C = tables.post.c


def held(unit: Unit, post: Post, error: str) -> None:
    """Only a human can lift what keeps a post from its chat: whom it concerns is told."""
    _hold(unit, post, error, None)
    undelivered(unit, post)


def put_off(unit: Unit, post: Post, error: str) -> None:
    """Something is wrong with a post itself: it is tried again, later each time, and those behind it go first."""
    _hold(unit, post, error, min(FIRST_PAUSE * 2**post.attempts, LONGEST_PAUSE))


def free(unit: Unit, bot: int, chat: int) -> None:
    """What was held may go now."""
    _wait_again(unit, (_C.bot == bot) & (_C.chat == chat))


def try_again(unit: Unit, bot: int) -> None:
    """What was put off, and whose time has come, waits with the others."""
    _wait_again(unit, (_C.bot == bot) & (_C.retry_at <= unit.now))


def _hold(unit: Unit, post: Post, error: str, pause: timedelta | None) -> None:
    retry_at = None if pause is None else unit.now + pause
    values = {"state": "held", "error": error, "attempts": post.attempts + 1, "retry_at": retry_at}
    unit.db.execute(tables.post.update().where(_C.id == post.id).values(**values, claimed_until=None))


def _wait_again(unit: Unit, which: sa.ColumnElement[bool]) -> None:
    unit.db.execute(tables.post.update().where(which, _C.state == "held").values(state="waiting", retry_at=None))
