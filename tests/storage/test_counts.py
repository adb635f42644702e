"""What was counted of a village waits for the others, sealed, with all that the door looks at."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, ballot, new_store, with_session
from structlog.testing import capture_logs

from conversations.sessions.open_session import OpenSession
from files.places import villages_of
from scorecard.session import Closing
from scorecard.tally import LEAST_KEPT, Phones, Tally, count
from storage import tables
from storage.results.counts import counts, kept
from storage.results.last_villages import merge_last_village
from storage.scoring.ballots import ballot as ballots
from storage.scoring.ballots import ballots_of
from storage.scoring.cast_ballot import cast_ballot
from storage.session import Held
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.unit import Unit


async def of_a_village(store: Store, phones: int) -> tuple[Held, int, tuple[str, ...]]:
    """A village's session in which so many phones scored its first service, one of them for three people."""
    await with_session(store)
    command = OpenSession(villages_of(COMMUNE)[0].code, (1,), (), Closing.ONE_HOUR)
    held = await store.run(open_session, BOT, FACILITATOR, None, command)
    point = held.session.points[0]
    asked = tuple(criterion.key for criterion in point.criteria)
    for person in range(phones):
        for seat in (1, 2, 3) if person == 0 else (1,):
            given = ballot(held, 0, 1 + person % 5, repair=asked[person % 2] if person else None, seat=seat)
            await store.run(cast_ballot, held, person, given)
    return held, point.id, asked


async def test_counts_are_kept_with_their_phones(tmp_path: Path) -> None:
    """As they were counted: whoever shares a phone counts as one with its others, for each figure and wish."""
    store = new_store(tmp_path)
    held, point, asked = await of_a_village(store, 8)

    def counted(unit: Unit) -> Tally:
        return count(held.session.id, point, asked, ballots_of(unit, held)[point])

    before = await store.run(counted)
    await store.run(close_session, held)
    (after,) = await store.run(kept, point, {held.session.id: asked})
    assert after == before
    assert after.of(asked[0]).phones == Phones(8, 4)
    assert after.naming_phones == Phones(7, 2)
    store.close()


@pytest.mark.parametrize("phones", [LEAST_KEPT - 1, LEAST_KEPT])
async def test_nothing_is_kept_of_too_few_phones(tmp_path: Path, phones: int) -> None:
    """However many people share them."""
    store = new_store(tmp_path)
    held, point, asked = await of_a_village(store, phones)
    await store.run(close_session, held)
    (after,) = await store.run(kept, point, {held.session.id: asked})
    assert after.erased == (phones < LEAST_KEPT)
    store.close()


@pytest.mark.fault("a tampered ballot", holds="it does not count, the others do, and nobody is kept from closing")
async def test_what_was_changed_by_hand_does_not_count(tmp_path: Path) -> None:
    """A ballot, and a village's counts: the others do, nobody is kept from closing, and it is logged without a name."""
    store = new_store(tmp_path)
    held, point, asked = await of_a_village(store, 9)
    one = ballots.c.owner == sa.select(sa.func.min(ballots.c.owner)).scalar_subquery()
    await store.run(lambda unit: [unit.db.execute(ballots.update().where(one).values(body=b"\x01" + bytes(540)))])
    with capture_logs() as logs:
        assert await store.run(close_session, held)
    assert [entry["event"] for entry in logs][:1] == ["a ballot was changed by hand, and does not count"]
    (there,) = await store.run(kept, point, {held.session.id: asked})
    assert there.ballots == 10
    await store.run(lambda unit: [unit.db.execute(counts.update().values(body=b"\x01" + bytes(4100)))])
    (gone,) = await store.run(kept, point, {held.session.id: asked})
    assert gone.erased
    store.close()


async def test_counts_wait_for_nobody_where_no_other_village_is_known(tmp_path: Path) -> None:
    """They go with the closing: there is nothing to put them together with. Where others are known they wait."""
    store = new_store(tmp_path)
    held, point, asked = await of_a_village(store, 8)
    others = tables.place.c.code.like(f"{COMMUNE}__") & (tables.place.c.code != held.place)
    for alone in (False, True):
        if alone:
            await store.run(lambda unit: [unit.db.execute(tables.place.delete().where(others))])
        await store.run(close_session, held)
        assert await store.run(merge_last_village, held.session.id) is None
        (there,) = await store.run(kept, point, {held.session.id: asked})
        assert there.erased == alone
    store.close()
