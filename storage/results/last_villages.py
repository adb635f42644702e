"""A commune's villages are put together by themselves, once the last of those that are known is closed and sealed."""

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.results.merge_villages import VILLAGES_OPEN, VILLAGES_SMALL
from scorecard.session import State
from scorecard.showing import day_of
from storage import tables
from storage.places import villages
from storage.results.counts import forget_counts
from storage.results.digests import newest
from storage.results.merge_villages import closed_villages, merge_villages, why_not_merged
from storage.room import Due
from storage.session import Held, by_id
from storage.unit import Unit

_S = tables.session.c


def _unseen(unit: Unit, bot: int) -> tuple[int, ...]:
    """The sessions that are sealed, and whose villages were not looked at since; what was merged, once it was shown."""
    unseen = (_S.bot == bot) & (_S.state == State.CLOSED) & _S.sealed & ~_S.looked_at
    shown = _S.villages.is_(None) | (_S.shown_on < day_of(unit.sure_now))
    return tuple(unit.db.scalars(sa.select(_S.id).where(unseen, shown).order_by(_S.id)))


def _look_at(unit: Unit, session: int) -> bool:
    """Put a commune's villages together if this session closed the last of those that are known in its round.

    Where they were, and that was shown by now: let go of what was kept until then.
    """
    unit.db.execute(tables.session.update().where(_S.id == session).values(looked_at=True))
    held = by_id(unit, session)
    if held is not None and held.villages:
        waits = why_not_merged(unit, held.bot, held.place, held.session.round, {}) is VILLAGES_OPEN
        if newest(unit, held) == held and not waits:  # else that one's turn, or that village's closing, comes
            forget_counts(unit, held.villages)
        return False
    return merge_last_village(unit, session) is not None


def merge_last_village(unit: Unit, session: int) -> Held | None:
    """Put a commune's villages together if this session closed the last of those that are known in its round."""
    closed = by_id(unit, session)
    if closed is None or closed.session.location.village is None:
        return None
    commune, round_ = closed.session.commune, closed.session.round
    places = set(closed_villages(unit, closed.bot, commune, round_).values())
    if any(village.code not in places for village in villages(unit, commune)):
        return None
    merged = merge_villages(unit, closed.bot, closed.opened_by, commune, round_)
    day = merged.session.shown_on if isinstance(merged, Held) else None
    if isinstance(merged, Held) and day is not None and day >= day_of(unit.sure_now):
        # until its day comes another scoring in one of the villages can still be put together with these
        unit.db.execute(tables.session.update().where(_S.id == merged.session.id).values(looked_at=False))
        return merged
    if isinstance(merged, Held) or merged not in {
        VILLAGES_OPEN,
        VILLAGES_SMALL,
    }:  # put together, or never to be: nothing waits for anything
        forget_counts(unit, closed_villages(unit, closed.bot, commune, round_))
    return None if isinstance(merged, Why) else merged


LAST_VILLAGES = Due(_unseen, _look_at, "villages put together")
