"""What is asked of the database at every sweep and every tap finds its rows by an index, however many there are."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from made import BOT, FACILITATOR, hosted
from servers import Files
from world import CITIZEN, Ground, built, grounded

from conversations.entries import Entry
from storage.intake import take
from storage.outbox import claim
from storage.reply import Arrival
from storage.sealing import unsealed

LARGE = {"post", "session", "ballot", "dialogue", "person", "session_point", "release", "tally", "ended_dialogue"}
"""Tables that grow with every session or person."""


@pytest.fixture(scope="module", autouse=True)
def database() -> Iterator[None]:
    """SQLite's plans: PostgreSQL tells its own otherwise."""
    with hosted(Files()):
        yield


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Ground]:  # noqa: ARG001 - one on each
    store, world = built(tmp_path_factory.mktemp("world"))
    with grounded(store, world) as ground:
        yield ground
    store.close()


def scans(ground: Ground, work: Any, *args: Any) -> list[str]:
    """The steps of a unit of work that read a large table from end to end, or all that one bot has of it."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.split(maxsplit=1)[0] in {"SELECT", "UPDATE", "DELETE"}:
            asked.append((statement, parameters))

    sa.event.listen(ground._store._engine, "before_cursor_execute", note)
    ground.work(work, *args)
    sa.event.remove(ground._store._engine, "before_cursor_execute", note)
    assert asked
    steps = []
    for statement, parameters in asked:
        explained = f"EXPLAIN QUERY PLAN {statement}", parameters
        plan = ground.work(lambda unit, told=explained: list(unit.db.exec_driver_sql(*told)))
        steps += [f"{step[3]} in: {statement}" for step in plan]
    return [step for step in steps if step.split()[1] in LARGE and (_is_scan(step) or "(bot=?)" in step)]


def _is_scan(step: str) -> bool:
    return step.startswith("SCAN ") and " USING " not in step


def test_sweeps_scan_nothing(ground: Ground) -> None:
    """Twice a second: what is due, what is to be sealed, what is to be sent."""
    for due in ground.house.due:
        assert scans(ground, due.find, BOT) == []
    assert scans(ground, unsealed, BOT) == []
    assert scans(ground, claim, BOT, "courier") == []


@pytest.mark.parametrize("name", ["join", "another", "hello"])
def test_taps_scan_nothing(ground: Ground, name: str) -> None:
    """Somebody comes in, and answers."""
    about = () if name == "hello" else (ground.world.open.payload,)
    arrival = Arrival(BOT, CITIZEN, Entry(name, about), 5_000 + len(name), 77)
    assert scans(ground, take, arrival) == []


def test_a_digest_is_found_by_what_it_is_about(ground: Ground) -> None:
    """Which groups received a session's digest is not looked for among all posts."""
    entry = Entry("closed", (str(ground.world.posted.session.id),))
    assert scans(ground, take, Arrival(BOT, FACILITATOR, entry, 6_000, 77)) == []
