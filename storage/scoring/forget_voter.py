"""What a person who is to be forgotten has sent where the scoring is still open."""

import sqlalchemy as sa

from scorecard.session import MAX_SEATS, UNDER_WAY
from storage import tables
from storage.room import Forgets
from storage.scoring.ballots import ballot, owners_of
from storage.scoring.typed_code import wrong_code
from storage.session import by_ids
from storage.sessions.turnout import to_be_counted
from storage.unit import Unit


def _forget(unit: Unit, bot: int, person: int) -> None:
    """Take back their ballots, on every seat of their phone, and the codes that they mistyped.

    Where a scoring is closed nobody can tell any more which was theirs.
    """
    s = tables.session.c
    open_ = unit.db.scalars(sa.select(s.id).where(s.bot == bot, s.state.in_(UNDER_WAY))).all()
    for held in by_ids(unit, open_):
        if unit.keys.has(held.key):
            marks = [mark for seat in range(1, MAX_SEATS + 1) for mark in owners_of(unit, held, person, seat)]
            if unit.db.execute(ballot.delete().where(ballot.c.owner.in_(marks))).rowcount:
                to_be_counted(unit, held.session.id)
    w = wrong_code.c
    unit.db.execute(wrong_code.delete().where(w.bot == bot, w.person == person))


VOTER = Forgets(_forget)
