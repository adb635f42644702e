"""What people answer stands in no file in clear, at any time; and what it is sealed under is gone after closing."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from effort import DATABASES
from made import BOT, COMMUNE, FACILITATOR, Clock, ballot, cast, host, hosted, new_store, with_session
from opened import rows_of
from servers import Files, Server

from conversations.chat import Screen
from conversations.scoring.about_you import NoteGroups
from conversations.scoring.join import JOIN
from conversations.sessions.open_session import OpenSession
from scorecard.ballot import Age, Gender, Groups
from scorecard.session import Closing
from storage import tables
from storage.enter import enter
from storage.keys import Keys
from storage.people import Dialogue, meet
from storage.reply import Arrival, Question, Tap
from storage.scoring.ballots import ballot as ballots
from storage.scoring.ballots import ballots_of
from storage.scoring.cast_ballot import cast_ballot, note_groups
from storage.sealing import destroyed, doomed, sweep_orphans
from storage.session import Held, by_id
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.take_answer import take_answer
from storage.unit import Unit
from storage.wipe import IDLE

PEOPLE = 60
TAPS = ["yes", "ca", "hc", "ok"]


@pytest.fixture(scope="module", autouse=True, params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[Files | Server]:
    """A database whose files can be read here."""
    keeps = Files() if request.param == "sqlite" else request.getfixturevalue("own_server")
    with hosted(keeps):
        yield keeps


def whole(folder: Path) -> bytes:
    """All that stands in files but the keys: the database's pages, dead rows and journal."""
    return b"".join(text for name, text in host().files(folder).items() if not name.endswith(".key"))


async def in_the_middle(store: Store, person: int, payload: str, taps: Iterable[str]) -> Dialogue:
    """Somebody who came in by the link and stopped after some taps."""
    reply = await store.run(enter, Arrival(BOT, person, JOIN(payload), update_id=person))
    for value in [*TAPS, *taps]:
        assert isinstance(reply.shows, Question)
        tap = Tap(BOT, person, reply.shows.dialogue, reply.shows.turn, value, screen=Screen(person, person))
        reply = await store.run(take_answer, tap)
    dialogue = (await store.run(meet, BOT, person)).dialogue
    assert dialogue is not None
    return dialogue


async def scored(store: Store, found: Held, chance: Random) -> None:
    """People send ballots, some twice, and say what they are; others stop in the middle."""
    for person in range(PEOPLE):
        for point in range(3):
            if chance.random() < 0.8:
                repair = found.session.points[point].criteria[0].key
                await cast(store, found, 900_000 + person, ballot(found, point, chance.randint(1, 5), repair=repair))
        told = NoteGroups(found.session.id, 1, Groups(Gender.WOMAN, Age.YOUTH))
        await store.run(lambda unit, p=person, t=told: note_groups(unit, found, 900_000 + p, t))
    for person, taps in enumerate([0, 3, 5, 6, 2, 4] * 4):
        await in_the_middle(store, 800_000 + person, found.payload, [str(chance.randint(1, 5)) for _ in range(taps)])


def told(unit: Unit) -> list[bytes]:
    """All that is kept sealed, in clear, piece by piece as it would be written."""
    bodies = [row[-1] for row in rows_of(unit, ballots)] + [row[6] for row in rows_of(unit, tables.dialogue)]
    return [piece for body in bodies for piece in (body, body[body.find(b"{") :]) if len(piece) > len(b"[{},{}]")]


async def test_no_file_holds_what_people_answer(tmp_path: Path) -> None:
    """Neither pages nor journal, at any time: what could be read with the key is nowhere without it."""
    store = new_store(tmp_path)
    found = await with_session(store)
    practised = whole(tmp_path).count(b"woman")  # a server's journal may hold what another test's facilitator practised
    await scored(store, found, Random(7))
    pieces = await store.run(told)
    assert len(pieces) > PEOPLE
    assert any(b"woman" in piece for piece in pieces)
    assert whole(tmp_path).count(b"woman") <= practised
    for moment in ("while it goes on", "closed"):
        now = whole(tmp_path)
        assert not [piece for piece in pieces if piece in now], moment
        await store.run(close_session, found)
    store.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_copy_of_the_files_is_worth_nothing_after_closing(tmp_path: Path) -> None:
    """A backup made while people scored opens with the key; the key stood in no file of it, and closing destroys it."""
    (tmp_path / "run").mkdir()
    store = new_store(tmp_path / "run")
    found = await with_session(store)
    await scored(store, found, Random(7))
    shutil.copytree(tmp_path / "run", tmp_path / "copy")
    secret = (tmp_path / "copy" / "keys" / f"{found.key}.key").read_bytes()
    assert secret not in whole(tmp_path / "copy")
    assert await store.run(close_session, found)
    assert await store.run(doomed) == (found.key,)
    assert await store.destroy([str(found.key)])
    assert await store.run(destroyed, [str(found.key)]) == (found.session.id,)
    assert await store.run(doomed) == ()
    assert secret not in whole(tmp_path / "run")
    assert not list((tmp_path / "run" / "keys").glob("*.key"))
    store.close()

    def opened(unit: Unit) -> int:
        held = by_id(unit, found.session.id)
        assert held is not None
        return sum(map(len, ballots_of(unit, held).values()))

    with_key = new_store(tmp_path / "copy")
    assert await with_key.run(opened) > PEOPLE
    with_key.close()
    shutil.rmtree(tmp_path / "copy" / "keys")
    without = new_store(tmp_path / "copy")
    with pytest.raises(FileNotFoundError):
        await without.run(opened)
    for name, key in (("another", b"k"), (str(found.key), b"k")):
        (tmp_path / "copy" / "keys" / f"{name}.key").write_bytes(key * 32)
    assert await without.run(opened) == 0, "another key opens nothing"
    without.close()


async def test_lengths_tell_nothing(tmp_path: Path) -> None:
    """Whoever answered much or little, said who they are or not: each row is as long as the others."""
    store = new_store(tmp_path)
    found = await with_session(store)
    await scored(store, found, Random(3))

    def lengths(unit: Unit, table: sa.Table) -> set[int | None]:
        return set(unit.db.scalars(sa.select(sa.func.length(table.c.body))))

    assert len(await store.run(lengths, ballots)) == 1
    assert len(await store.run(lengths, tables.dialogue)) == 1
    store.close()


async def test_nothing_is_sealed_twice_under_one_nonce(tmp_path: Path) -> None:
    """Not even by a batch that was rolled back and runs again with the same random bytes."""
    store = new_store(tmp_path)
    found = await with_session(store)
    bodies: list[bytes] = []

    def fails(unit: Unit, score: int) -> None:
        same = replace(unit, draw=bytes)
        cast_ballot(same, found, 7, ballot(found, 0, score))
        bodies.extend(unit.db.scalars(sa.select(ballots.c.body)))
        raise RuntimeError("rolled back")

    for score in (1, 5):
        with pytest.raises(RuntimeError, match="rolled back"):
            await store.run(fails, score)
    assert len({body[1:13] for body in bodies}) == len(bodies) == 2
    store.close()


async def test_a_silent_dialogue_is_erased(tmp_path: Path) -> None:
    """After a day of silence its row is gone; what stood there was sealed."""
    clock = Clock()
    store = new_store(tmp_path, clock)
    found = await with_session(store)
    await in_the_middle(store, 800_001, found.payload, ["4", "2", "5"])
    pieces = await store.run(told)
    clock.ahead(hours=26)
    assert await store.run(IDLE.erase) == 1
    assert await store.run(rows_of, tables.dialogue) == []
    assert await store.scour()
    store.close()
    assert not [piece for piece in pieces if piece in whole(tmp_path)]


async def test_closing_leaves_the_answers_of_another_session(tmp_path: Path) -> None:
    """Only what is sealed under the closed session's key is gone with it."""
    store = new_store(tmp_path)
    closing = await with_session(store)
    going = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1, 2), (), Closing.SEVEN_DAYS))
    for found in (closing, going):
        await cast(store, found, 5, ballot(found, 0, 4))
    await in_the_middle(store, 800_001, going.payload, ["4", "2"])
    await store.run(close_session, closing)
    assert await store.destroy([str(closing.key)])
    assert {score for one in (await store.run(ballots_of, going))[1] for score in one.scores.values()} == {4}
    there = (await store.run(meet, BOT, 800_001)).dialogue
    assert there is not None
    assert list(there.answers.values())[-2:] == ["4", "2"]
    assert Keys(tmp_path / "keys").names() == {going.key}
    store.close()


@pytest.mark.fault("kill -9", holds="keys of what was rolled back are destroyed at the next start")
async def test_keys_that_seal_nothing_are_destroyed_at_start(tmp_path: Path) -> None:
    """One whose unit of work was rolled back goes; those of sessions under way and of counts that wait stay."""
    clock = Clock()
    store = new_store(tmp_path, clock)
    found = await with_session(store)

    def opens(unit: Unit) -> None:
        open_session(unit, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR))
        raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError, match="rolled back"):
        await store.run(opens)
    keys = tmp_path / "keys"
    assert len(Keys(keys).names()) == 2
    for path in keys.iterdir():
        os.utime(path, times=(clock().timestamp(),) * 2)
    assert await store.run(sweep_orphans) == 0, "another bot may be about to commit what it seals"
    clock.ahead(hours=2)
    assert await store.run(sweep_orphans) == 1
    assert Keys(tmp_path / "keys").names() == {found.key}
    assert await store.run(sweep_orphans) == 0
    store.close()
