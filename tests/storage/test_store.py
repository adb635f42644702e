"""The store: units of work share commits, and a unit that fails harms no other."""

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import new_store
from sqlalchemy import event

from storage import store as store_module
from storage import tables
from storage.store import Store
from storage.unit import Unit


def note(unit: Unit, number: int) -> int:
    unit.db.execute(tables.seen_update.insert().values(bot=1, update_id=number, seen_on=0))
    return number


def note_and_fail(unit: Unit, number: int) -> None:
    note(unit, number)
    raise ValueError(number)


def noted(unit: Unit) -> set[int]:
    return set(unit.db.scalars(sa.select(tables.seen_update.c.update_id)))


async def test_units_that_queue_up_share_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred units at once need far fewer than a hundred commits, where none of them takes long."""
    monkeypatch.setattr(store_module, "LONGEST_BATCH", 3600.0)
    store, commits = new_store(tmp_path), []
    event.listen(store._engine, "commit", commits.append)
    assert await asyncio.gather(*(store.run(note, n) for n in range(100))) == list(range(100))
    assert len(commits) < 20
    assert await store.run(noted) == set(range(100))
    store.close()


async def test_a_unit_that_fails_is_undone_and_harms_no_other(tmp_path: Path) -> None:
    """The batch is rolled back and its units run again, one by one."""
    store = new_store(tmp_path)
    works = [store.run(note_and_fail if n == 5 else note, n) for n in range(20)]
    results = await asyncio.gather(*works, return_exceptions=True)
    assert [n for n, result in enumerate(results) if isinstance(result, ValueError)] == [5]
    assert await store.run(noted) == set(range(20)) - {5}
    store.close()


@pytest.mark.fault("a full disk", "a lost database connection", holds="nobody is told that it was kept")
async def test_a_lost_database_fails_every_unit_and_keeps_none(tmp_path: Path) -> None:
    """Nobody is told that something was kept when the commit did not reach the disk."""
    store = new_store(tmp_path)

    def no_commit(_: sa.Connection) -> None:
        raise sa.exc.OperationalError("COMMIT", None, Exception("disk full"))

    event.listen(store._engine, "commit", no_commit)
    results = await asyncio.gather(*(store.run(note, n) for n in range(10)), return_exceptions=True)
    assert all(isinstance(result, sa.exc.OperationalError) for result in results)
    event.remove(store._engine, "commit", no_commit)
    assert await store.run(noted) == set()
    store.close()


async def test_results_leave_only_after_the_commit(tmp_path: Path) -> None:
    """What a unit answered can be read by another connection at once."""
    store, other = new_store(tmp_path), new_store(tmp_path)
    for number in range(20):
        await store.run(note, number)
        assert number in await other.run(noted)
    store.close()
    other.close()


async def test_who_no_longer_waits_is_passed_over(tmp_path: Path) -> None:
    """A cancelled waiter does not stop the thread."""
    store: Store = new_store(tmp_path)
    waiting = asyncio.ensure_future(store.run(note, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await store.run(note, 2) == 2
    store.close()


async def test_who_taps_goes_before_all_that_waits(tmp_path: Path) -> None:
    """Others wait their turn, in the order in which they came."""
    store = new_store(tmp_path)
    order: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(_: Unit, name: str) -> None:
        begun.set()
        assert name != "busy" or go_on.wait(20)
        order.append(name)

    busy = asyncio.ensure_future(store.run(work, "busy"))
    await asyncio.to_thread(begun.wait, 20)
    waiting = [store.run(work, "a"), store.run(work, "b"), store.run_first(work, "tap"), store.run(work, "c")]
    together = asyncio.gather(*waiting)
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(busy, together)
    assert order == ["busy", "tap", "a", "b", "c"]
    store.close()


async def test_a_batch_that_takes_long_is_committed_and_the_rest_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost or done twice, also when the store is closed before its turn; units that fail are counted too."""
    store, commits = new_store(tmp_path), []
    monkeypatch.setattr("storage.store.LONGEST_BATCH", 0)
    event.listen(store._engine, "commit", commits.append)
    works = [store.run(note_and_fail if n == 5 else note, n) for n in range(20)]
    waiting = asyncio.gather(*works, return_exceptions=True)
    await asyncio.sleep(0)
    await asyncio.to_thread(store.close)
    results = await asyncio.wait_for(waiting, 20)
    assert [n for n, result in enumerate(results) if isinstance(result, ValueError)] == [5]
    assert len(commits) == 19
    store = new_store(tmp_path)
    assert await store.run(noted) == set(range(20)) - {5}
    store.close()
