"""The digests of closed sessions, posted or not, for export: read beside the running bot."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from conversations.notices import Digest
from scorecard.place import COMMUNE_CODE_LENGTH
from scorecard.session import State
from storage import tables
from storage.sessions import by_id, digest_of
from storage.store import Store, Unit

AT_ONCE = 20
"""Sessions read in one go: a few hundredths of a second, in which the journal can't be emptied."""

_S = tables.session.c


async def closed_digests(
    store: Store, communes: Collection[str] = (), round_: str | None = None, bot: int | None = None
) -> tuple[Digest, ...]:
    """What came out of each closed session, in the order of rounds, places and closing.

    communes, round_, bot: only those; each left out means all. A closed session never changes, so that reading in
    several goes shows nothing half done.
    """
    ids = await store.read(closed_sessions, communes, round_, bot)
    digests: list[Digest] = []
    for first in range(0, len(ids), AT_ONCE):
        digests += await store.read(digests_of, ids[first : first + AT_ONCE])
    return tuple(digests)


def closed_sessions(
    unit: Unit, communes: Collection[str] = (), round_: str | None = None, bot: int | None = None
) -> tuple[int, ...]:
    """The ids of closed sessions, in the order of rounds, places and closing."""
    which = [_S.state == State.CLOSED]
    if communes:
        which.append(sa.func.substr(_S.place, 1, COMMUNE_CODE_LENGTH).in_(list(communes)))
    if round_ is not None:
        which.append(_S.round == round_)
    if bot is not None:
        which.append(_S.bot == bot)
    return tuple(unit.db.scalars(sa.select(_S.id).where(*which).order_by(_S.round, _S.place, _S.closes_at, _S.id)))


def digests_of(unit: Unit, sessions: Sequence[int]) -> tuple[Digest, ...]:
    """What came out of these closed sessions."""
    found = (by_id(unit, session) for session in sessions)
    return tuple(digest_of(unit, one) for one in found if one is not None)
