"""What the door lets out is worked out beside the storage thread, and is what it would have been there."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, ballot, cast, new_store, with_session
from world import closed

from scorecard.disclosure import door
from scorecard.session import round_name
from storage import releasing
from storage.releasing import Cases, Released, UnreleasedError, release_each
from storage.results import digests
from storage.results.merge_villages import merge_villages
from storage.scoring.cast_ballot import cast_ballot
from storage.session import Held
from storage.sessions.close_session import close_session
from storage.store import Store
from storage.unit import Unit


def bodies(unit: Unit) -> list[str]:
    return list(unit.db.scalars(sa.select(digests.release.c.body).order_by(*digests.release.primary_key)))


@pytest.fixture
def released_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads of this process on which the door worked something out."""
    threads: list[str] = []
    real = releasing.release

    def noted(*case: object) -> object:
        threads.append(threading.current_thread().name)
        return real(*case)  # type: ignore[arg-type]

    monkeypatch.setattr(releasing, "release", noted)
    return threads


async def two_villages(store: Store) -> None:
    await with_session(store)
    for village in ("01", "02"):
        await closed(store, COMMUNE + village)


async def test_all_is_worked_out_in_another_process(tmp_path: Path, released_on: list[str]) -> None:
    """Nothing is worked out in this one; and what came out is what would come out here."""
    (tmp_path / "here").mkdir()
    store, here = new_store(tmp_path), new_store(tmp_path / "here")
    await two_villages(store)
    assert isinstance(await store.run(merge_villages, BOT, FACILITATOR, COMMUNE, round_name(MORNING)), Held)
    assert released_on == []
    here._unit = lambda connection, now, _: here.unit(connection, now)  # type: ignore[method-assign]
    await two_villages(here)
    await here.run(merge_villages, BOT, FACILITATOR, COMMUNE, round_name(MORNING))
    assert set(released_on) == {"storage"}
    assert await store.run(bodies) == await here.run(bodies) != []
    store.close()
    here.close()


@pytest.mark.fault("kill -9", holds="without the process that works out releases, closing goes on")
async def test_without_the_other_process_it_is_worked_out_here(tmp_path: Path, released_on: list[str]) -> None:
    """Whoever killed it holds up no closing; the next closing has one again. The storage thread never does it."""
    store = new_store(tmp_path)
    await with_session(store)
    await closed(store, COMMUNE)
    there = releasing._other[0]
    there.kill()
    there.wait()
    await closed(store, COMMUNE)
    assert released_on
    assert "storage" not in released_on
    released_on.clear()
    await closed(store, COMMUNE)
    assert released_on == []
    assert releasing._other[0] is not there
    store.close()


async def test_a_ballot_that_comes_in_meanwhile_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing begins anew with the ballot that was cast meanwhile; nothing is left, nothing missing."""
    store = new_store(tmp_path)
    held = await with_session(store)
    for person in range(12):
        await cast(store, held, person, ballot(held, 0, 4))
    real, cases = Released.prepare, []

    def beside(released: Released, wanted: Cases) -> None:
        if not cases:
            with store._engine.begin() as connection:
                for person in range(12):
                    cast_ballot(store.unit(connection), held, person, ballot(held, 0, 2))
        cases.append(wanted)
        real(released, wanted)

    monkeypatch.setattr(Released, "prepare", beside)
    assert await store.run(close_session, held)
    assert len(cases) == 2
    tally = cases[-1][0][0]
    assert await store.run(bodies) != []
    assert await store.run(lambda unit: digests.releases_of(unit, held.session.id)[0]) == door.release(tally)
    assert tally.of(tally.asked[0]).given == (0, 12, 0, 0, 0)
    store.close()


def test_only_the_same_cases_are_found() -> None:
    """Of others nothing is known."""
    released = Released()
    with pytest.raises(UnreleasedError):
        released([])
    released.prepare([])
    assert released([]) == release_each([]) == ()
