"""A role of a bot belongs to one process at a time, on both databases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import BOT, new_store

from storage.hold import Hold
from storage.store import Store


@pytest.fixture
def two(tmp_path: Path, database: str) -> Iterator[tuple[Store, Store]]:  # noqa: ARG001
    """Two stores on one database."""
    both = new_store(tmp_path), new_store(tmp_path)
    yield both
    for store in both:
        store.close()


def held(store: Store, bot: int = BOT, role: str = "courier") -> Hold:
    there, who = store.hold(bot, role)
    assert there is not None, who
    return there


@pytest.mark.fault("two processes", holds="a role is held by one, who is named")
def test_one_at_a_time(two: tuple[Store, Store], database: str) -> None:
    """The second hears who has it, and has it as soon as the first lets go; another role or bot is free."""
    mine = held(two[0])
    assert mine.is_there()
    there, who = two[1].hold(BOT, "courier")
    assert there is None
    assert who == f"process {os.getpid()}" if database == "sqlite" else who.startswith("process at ")
    others = [held(two[1], role="receptionist"), held(two[1], bot=BOT + 1)]
    mine.release()
    for one in (held(two[1]), *others):
        one.release()


@pytest.mark.fault("a lost database connection", holds="who had a role knows that it is gone")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_lets_go(two: tuple[Store, Store]) -> None:
    """Whoever had it knows that it is gone, and another may have it."""
    mine = held(two[0])
    with two[1]._engine.begin() as connection:
        end = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        connection.execute(sa.text(end))
    assert not mine.is_there()
    held(two[1]).release()
