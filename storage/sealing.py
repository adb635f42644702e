"""What closing leaves to be done outside the database: keys are destroyed, and the journal emptied."""

from collections.abc import Sequence

import sqlalchemy as sa

from scorecard.session import UNDER_WAY, State
from storage import tables
from storage.unit import Unit

_S = tables.session.c


def keyless(unit: Unit) -> tuple[int, ...]:
    """The sessions under way whose key is not where it should be: nobody can score in them."""
    under_way = unit.db.scalars(sa.select(_S.id).where(_S.state.in_(UNDER_WAY)).order_by(_S.id)).all()
    there = unit.keys.names()
    return tuple(session for session in under_way if str(session) not in there)


def unsealed(unit: Unit, bot: int) -> tuple[int, ...]:
    """The closed sessions whose key may still be on the disk."""
    open_keys = (_S.bot == bot) & (_S.state == State.CLOSED) & _S.sealed.is_(False)
    return tuple(unit.db.scalars(sa.select(_S.id).where(open_keys).order_by(_S.id)))


def sealed(unit: Unit, sessions: Sequence[int]) -> None:
    """The sessions' keys are gone, and the journal is empty."""
    unit.db.execute(tables.session.update().where(_S.id.in_(sessions)).values(sealed=True))
