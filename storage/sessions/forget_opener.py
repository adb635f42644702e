"""Who opened a session, once they are to be forgotten."""

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.sessions.live import STILL_OPEN
from scorecard.session import UNDER_WAY, State
from storage import tables
from storage.outbox import NOBODY
from storage.room import Forgets
from storage.unit import Unit

_S = tables.session.c


def _unless(unit: Unit, bot: int, person: int) -> Why | None:
    """A session that they opened is closed first: else nobody would look after it."""
    open_ = sa.select(_S.id).where(_S.bot == bot, _S.opened_by == person, _S.state.in_(UNDER_WAY)).limit(1)
    return None if unit.db.scalar(open_) is None else STILL_OPEN


def _forget(unit: Unit, bot: int, person: int) -> None:
    theirs = (_S.bot == bot) & (_S.opened_by == person)
    unit.db.execute(
        tables.session.update().where(theirs, _S.state == State.PLANNED).values(state=State.CANCELLED, opens_at=None)
    )
    unit.db.execute(tables.session.update().where(theirs).values(opened_by=NOBODY))
    on_phone = (_S.bot == bot) & (_S.screen_chat == person)
    unit.db.execute(tables.session.update().where(on_phone).values(screen_chat=None, screen=None))


OPENER = Forgets(_forget, _unless)
