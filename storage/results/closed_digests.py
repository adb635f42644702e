"""The digests of closed sessions, posted or not, for export: read beside the running bot."""

from collections.abc import Collection, Iterator, Sequence

import sqlalchemy as sa

from scorecard.digest import Digest
from scorecard.session import State
from storage import tables
from storage.results.digests import digests_of
from storage.session import by_ids
from storage.store import Store
from storage.unit import Unit

AT_ONCE = 20
"""Sessions read in one go: a few hundredths of a second, in which the journal can't be emptied."""

_S = tables.session.c


async def closed_digests(
    store: Store, communes: Collection[str] = (), round_: str | None = None, bot: int | None = None
) -> tuple[Digest, ...]:
    """What came out of each closed session, in the order of rounds, places and closing.

    communes, round_, bot: only those; each left out means all. A closed session's figures never change, so that
    reading in several goes shows nothing half done.
    """
    ids = await store.read(closed_sessions, communes, round_, bot)
    return tuple([digest for some in in_goes(ids) for digest in await store.read(digests_by_ids, some)])


def closed_sessions(
    unit: Unit, communes: Collection[str] = (), round_: str | None = None, bot: int | None = None
) -> tuple[int, ...]:
    """The ids of closed sessions, in the order of rounds, places and closing.

    Of villages that were put together again only what is newest: it holds what the earlier ones told.
    """
    again = tables.session.alias("again")
    same = (again.c.bot == _S.bot) & (again.c.place == _S.place) & (again.c.round == _S.round)
    newer = sa.exists().where(same, again.c.villages.is_not(None), again.c.id > _S.id)
    which = [_S.state == State.CLOSED, _S.villages.is_(None) | ~newer]
    if communes:
        which.append(_S.commune.in_(list(communes)))
    if round_ is not None:
        which.append(_S.round == round_)
    if bot is not None:
        which.append(_S.bot == bot)
    return tuple(unit.db.scalars(sa.select(_S.id).where(*which).order_by(_S.round, _S.place, _S.closes_at, _S.id)))


def in_goes(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many of these at a time as are read in one go."""
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


def digests_by_ids(unit: Unit, ids: Sequence[int]) -> tuple[Digest, ...]:
    """What came out of these closed sessions, in this order."""
    return digests_of(unit, by_ids(unit, ids))
