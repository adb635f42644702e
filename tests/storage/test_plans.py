"""What is asked of the database at every sweep and every tap finds its rows by an index, however many there are."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from crowded import crowd
from made import BOT, COMMUNE, FACILITATOR, MORNING, ballot
from world import CITIZEN, Ground, built, grounded

from conversations.chat import Screen
from conversations.entries import Entry
from scorecard.session import round_name
from storage import tables
from storage.intake import take
from storage.outbox import claim
from storage.reply import Arrival
from storage.results.closed_digests import closed_sessions, digests_by_ids
from storage.results.merge_villages import merge_villages
from storage.scoring.cast_ballot import cast_ballot
from storage.sealing import doomed
from storage.sessions.close_session import close_session
from storage.unit import Unit

LARGE = {"post", "session", "ballot", "dialogue", "person", "session_point", "release", "counts"}
LARGE |= {"ended_dialogue", "seen_update"}
"""Tables that grow with every session or person."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Ground]:
    """PostgreSQL goes by how much there is: there the whole country has scored."""
    store, world = built(tmp_path_factory.mktemp("world"))
    with grounded(store, world) as ground:
        if database == "postgresql":
            ground.work(crowd)
        yield ground
    store.close()


def scans(ground: Ground, work: Any, *args: Any) -> list[str]:
    """The steps of a unit of work that read a large table from end to end, or all that one bot has of it."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.split(maxsplit=1)[0] in {"SELECT", "UPDATE", "DELETE", "INSERT"}:
            asked.append((statement, parameters))

    engine = ground._store._engine
    sa.event.listen(engine, "before_cursor_execute", note)
    ground.work(work, *args)
    sa.event.remove(engine, "before_cursor_execute", note)
    assert asked
    coarse = COARSE[engine.dialect.name]
    return [
        f"{step} in: {statement}"
        for statement, parameters in asked
        for step in ground.work(coarse, statement, parameters)
    ]


_WIDE = {("bot",), ("state",), ("bot", "state"), ("bot", "round")}
"""What an index may be asked for that leaves as many rows as there are sessions, people or posts."""


def _coarse_in_sqlite(unit: Unit, statement: str, parameters: Any) -> list[str]:
    """The steps of SQLite's plan that read a large table, or much of it."""
    told = unit.db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [str(step[3]) for step in told]
    return [step for step in steps if len(step.split()) > 1 and _table(step) in LARGE and _is_coarse(step)]


def _table(step: str) -> str:
    return re.sub(r"_\d+$", "", step.split()[1])


def _is_coarse(step: str) -> bool:
    by = tuple(re.findall(r"(\w+)[=<>]", step.partition("(")[2]))
    return step.startswith("SCAN ") or by in _WIDE


def _coarse_in_postgresql(unit: Unit, statement: str, parameters: Any) -> list[str]:
    """The same of PostgreSQL's plan."""
    one = parameters[0] if isinstance(parameters, list) else parameters
    (told,) = unit.db.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", one).one()
    return [str(step) for step in _steps(told[0]["Plan"], "") if step[1] in LARGE and (not step[2] or step[2] in _WIDE)]


def _steps(plan: dict[str, Any], table: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each step of a plan that reads: how, which table, and by which columns."""
    table, kind = plan.get("Relation Name", table), plan["Node Type"]
    if kind.endswith("Scan") and kind not in {"Bitmap Heap Scan", "CTE Scan", "Subquery Scan", "Function Scan"}:
        by = re.findall(r"\(\(?\"?(\w+)\"?\)?(?:::\w+)? (?:=|<|>)", plan.get("Index Cond", ""))
        yield kind, table, tuple(by)
    for below in plan.get("Plans", ()):
        yield from _steps(below, table)


COARSE = {"sqlite": _coarse_in_sqlite, "postgresql": _coarse_in_postgresql}
"""How each database says what it reads."""


def test_sweeps_scan_nothing(ground: Ground) -> None:
    """Twice a second: what is due, what is to be sealed, what is to be sent."""
    for due in ground.house.due:
        assert scans(ground, due.find, BOT) == []
    assert scans(ground, doomed) == []
    assert scans(ground, claim, BOT, "courier") == []


def test_what_is_due_is_done_without_a_scan(ground: Ground) -> None:
    """One of each: a session closed, its villages looked at, its turnout counted."""
    session = ground.world.open.session.id
    for due in ground.house.due:
        read = () if due.reads is None else (None,)
        assert due.reads is None or scans(ground, due.reads, session) == []
        assert scans(ground, due.do, session, *read) == []


def test_erasing_scans_nothing(ground: Ground) -> None:
    """Once a minute, whether there is something old or not."""
    for erases in ground.house.erases:
        assert scans(ground, erases.erase) == []


@pytest.mark.parametrize("name", ["open", "close", "sessions"])
def test_what_facilitators_ask_for_scans_nothing(ground: Ground, name: str) -> None:
    """Their communes' sessions are found by commune, however many there are elsewhere."""
    arrival = Arrival(BOT, FACILITATOR, Entry(name), 7_000 + len(name), Screen(FACILITATOR, 77))
    assert scans(ground, take, arrival) == []


def test_a_ballot_scans_nothing(ground: Ground) -> None:
    """Whatever else was cast."""
    held = ground.world.open
    assert scans(ground, cast_ballot, held, CITIZEN, ballot(held, 0, 4)) == []


def test_closing_and_putting_together_scan_nothing(ground: Ground) -> None:
    """A session's own rows are found by its id, a commune's by its code."""
    assert scans(ground, close_session, ground.world.open) == []
    assert scans(ground, merge_villages, BOT, FACILITATOR, COMMUNE, round_name(MORNING)) == []


def test_an_export_of_a_commune_scans_nothing(ground: Ground) -> None:
    """All sessions are read only where all are exported."""
    assert scans(ground, lambda unit: digests_by_ids(unit, closed_sessions(unit, (COMMUNE,), None, BOT))) == []


def test_a_scan_is_seen(ground: Ground) -> None:
    """What reads a large table from end to end, or all of one bot or state, is named."""
    s, p = tables.session.c, tables.post.c
    for which in (s.location == "", s.bot == BOT, (s.bot == BOT) & (s.state == "open"), p.message_id == 1):
        assert scans(ground, lambda unit, found=which: unit.db.execute(sa.select(sa.literal(1)).where(found)).all())


@pytest.mark.parametrize("name", ["join", "another", "hello"])
def test_taps_scan_nothing(ground: Ground, name: str) -> None:
    """Somebody comes in, and answers."""
    about = () if name == "hello" else (ground.world.open.payload,)
    arrival = Arrival(BOT, CITIZEN, Entry(name, about), 5_000 + len(name), Screen(CITIZEN, 77))
    assert scans(ground, take, arrival) == []


def test_a_digest_is_found_by_what_it_is_about(ground: Ground) -> None:
    """Which groups received a session's digest is not looked for among all posts."""
    entry = Entry("closed", (str(ground.world.posted.session.id),))
    assert scans(ground, take, Arrival(BOT, FACILITATOR, entry, 6_000, Screen(FACILITATOR, 77))) == []
