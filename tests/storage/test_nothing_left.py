"""After closing, the bytes of every file left are looked at: no key, no ballot, no dialogue."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, Clock, ballot, cast, hosted, new_store, with_session
from servers import Files, Server

from conversations.chat import Screen
from conversations.scoring.about_you import NoteGroups
from conversations.scoring.join import JOIN
from conversations.sessions.open_session import OpenSession
from scorecard.ballot import Gender, Groups
from scorecard.session import Closing
from storage import tables
from storage.enter import enter
from storage.people import Dialogue, meet
from storage.reply import Arrival, Question, Tap
from storage.results.tallies import SMALL_COUNTS, phones, tally, wish
from storage.scoring.ballots import ballot as ballots
from storage.scoring.cast_ballot import note_groups
from storage.sealing import sealed, unsealed
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.take_answer import take_answer
from storage.unit import Unit
from storage.wipe import IDLE

PEOPLE = 150
STEPS = {"sqlite": 4_000, "postgresql": 1_000}
ANSWERED = (tables.dialogue, ballots, tables.ended_dialogue)


@pytest.fixture(scope="module", autouse=True, params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Files | Server]:
    """A database whose files can be read here."""
    keeps = Files() if request.param == "sqlite" else request.getfixturevalue("own_server")
    with hosted(keeps):
        yield keeps


def rows(unit: Unit, column: sa.ColumnElement[object]) -> list[object]:
    return list(unit.db.scalars(sa.select(column)))


async def in_the_middle(store: Store, person: int, payload: str, taps: list[str]) -> Dialogue:
    """Somebody who came in by the link and stopped after some taps."""
    reply = await store.run(enter, Arrival(BOT, person, JOIN(payload), update_id=person))
    for value in ["yes", "ca", "hc", "ok", *taps]:
        assert isinstance(reply.shows, Question)
        tap = Tap(BOT, person, reply.shows.dialogue, reply.shows.turn, value, screen=Screen(person, person))
        reply = await store.run(take_answer, tap)
    dialogue = (await store.run(meet, BOT, person)).dialogue
    assert dialogue is not None
    return dialogue


async def nothing_is_left(store: Store, folder: Path, database: Files | Server, secrets: list[bytes]) -> None:
    """Close the store, while a session goes on: no secret is in a file of SQLite, no erased row in a server's table."""
    there = [len(await store.run(rows, table.c.session)) for table in ANSWERED]
    store.close()
    assert there[0]
    if isinstance(database, Server):
        assert [database.rows(folder, table.name) for table in ANSWERED] == there
    else:
        whole = b"".join(database.files(folder).values())
        assert [secret for secret in secrets if secret in whole] == []


async def test_after_closing_no_file_holds_key_owner_scores_or_answers(
    tmp_path: Path, database: Files | Server
) -> None:
    """Neither SQLite's pages nor its journal keep what closing has erased, nor do PostgreSQL's tables."""
    chance = Random(7)
    clock = Clock()
    store = new_store(tmp_path, clock)
    found = await with_session(store)
    for person in range(PEOPLE):
        for point in range(3):
            if chance.random() < 0.8:
                await cast(store, found, 900_000 + person, ballot(found, point, chance.randint(1, 5)))
    for person in range(0, PEOPLE, 3):
        await cast(store, found, 900_000 + person, ballot(found, 0, chance.randint(1, 5)))
    dialogues = [
        await in_the_middle(store, 800_000 + person, found.payload, [str(chance.randint(1, 5)) for _ in range(n)])
        for person, n in enumerate([0, 3, 5, 6, 2, 4] * 10)
    ]
    owners = await store.run(rows, ballots.c.owner)
    scores = await store.run(rows, ballots.c.scores)
    key = (tmp_path / "keys" / f"{found.session.id}.key").read_bytes()
    before = b"".join(database.files(tmp_path).values())
    assert len(owners) > PEOPLE
    assert all(owner in before for owner in owners)
    assert key in before

    assert await store.run(close_session, found)
    assert await store.run(unsealed, BOT) == (found.session.id,)
    assert await store.seal([str(found.session.id)])
    await store.run(sealed, [found.session.id])
    store.close()

    left = database.files(tmp_path)
    assert not [name for name in left if name.endswith(".key")]
    whole = b"".join(left.values())
    assert key not in whole
    assert key.hex().encode() not in whole
    assert not [text for text in set(scores) if str(text)[:40].encode() in whole]
    assert not re.findall(rb'"(?:ca|hc)\d+\.[a-z_]+": ?"\d"', whole)
    if isinstance(database, Files):  # PostgreSQL's indexes keep marks until they are written over
        assert not [owner for owner in owners if owner[:12] in whole]
        assert not [dialogue.id for dialogue in dialogues if dialogue.id.encode() in whole]


async def test_a_silent_dialogue_leaves_no_bytes(tmp_path: Path, database: Files | Server) -> None:
    """After a day of silence the answers are gone from the tables, and from SQLite's journal."""
    clock = Clock()
    store = new_store(tmp_path, clock)
    found = await with_session(store)
    dialogue = await in_the_middle(store, 800_001, found.payload, ["4", "2", "5"])
    assert dialogue.id.encode() in b"".join(database.files(tmp_path).values())
    clock.ahead(hours=26)
    assert await store.run(IDLE.erase) == 1
    assert await store.scour()
    store.close()
    whole = b"".join(database.files(tmp_path).values())
    assert isinstance(database, Server) or dialogue.id.encode() not in whole
    assert not re.findall(rb'"ca\d+\.[a-z_]+": ?"\d"', whole)


async def test_closing_leaves_nothing_beside_a_session_that_goes_on(tmp_path: Path, database: Files | Server) -> None:
    """Pages that live on, because dialogues of another session stand there too, hold nothing of what was erased.

    Those of PostgreSQL hold no such row; gaps between rows may keep some bytes until they are written over.
    """
    chance, steps = Random(3), STEPS[database.name]
    store = new_store(tmp_path)
    closing = await with_session(store)
    going = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1, 2), (), Closing.SEVEN_DAYS))
    shown: dict[int, Question] = {}
    taps: dict[int, list[str]] = {}
    for person in chance.choices(range(steps // 10), k=steps):
        found = closing if person % 2 else going
        if person not in shown:
            reply = await store.run(enter, Arrival(BOT, person, JOIN(found.payload), update_id=person))
            taps[person] = ["yes", "ca", "hc", "ok", *(str(chance.randint(1, 5)) for _ in range(6))]
        elif taps[person]:
            question = shown[person]
            tap = Tap(BOT, person, question.dialogue, question.turn, taps[person].pop(0), screen=Screen(person, person))
            reply = await store.run(take_answer, tap)
        else:
            continue
        assert isinstance(reply.shows, Question)
        shown[person] = reply.shows
    erased = [question.dialogue.encode() for person, question in shown.items() if person % 2]
    await store.run(close_session, closing)
    assert await store.seal([str(closing.session.id)])
    await nothing_is_left(store, tmp_path, database, erased)


async def test_gaps_in_pages_hold_no_copy_of_what_was_erased(tmp_path: Path, database: Files | Server) -> None:
    """Rows of all lengths come, grow and go, so that pages are split and moved; one session goes on, one is closed.

    Of PostgreSQL that can't be said, but no erased row is left in its tables.
    """
    chance, steps = Random(5), STEPS[database.name]
    store = new_store(tmp_path)
    closing = await with_session(store)
    going = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1, 2), (), Closing.SEVEN_DAYS))
    sessions = (closing.session.id, going.session.id)
    secret: list[bytes] = []

    def live(unit: Unit) -> None:
        ids: list[str] = []
        for person in range(steps):
            if ids and chance.random() < 0.5:
                grown = tables.dialogue.c.id == chance.choice(ids)
                unit.db.execute(tables.dialogue.update().where(grown).values(answers="4" * chance.randint(0, 600)))
                continue
            session, id_, owner = chance.choice(sessions), chance.randbytes(5).hex(), chance.randbytes(32)
            ids.append(id_)
            secret.extend([id_.encode(), owner[:12]] if session == sessions[0] else ())
            row = {"id": id_, "bot": BOT, "person": person, "flow": "score", "about": "{}", "session": session}
            row |= {"answers": "{}", "turn": 1, "seen_on": 1}
            unit.db.execute(tables.dialogue.insert().values(row))
            scores = "4" * chance.randint(40, 400)
            ballot_ = {"owner": owner, "session": session, "point": 1, "phone": owner, "scores": scores}
            unit.db.execute(ballots.insert().values(ballot_))

    await store.run(live)
    await store.run(lambda unit: [unit.db.execute(ballots.delete().where(ballots.c.session == sessions[0]))])
    assert await store.run(close_session, closing)
    assert await store.seal([str(sessions[0])])
    assert len(secret) > (1000 if isinstance(database, Files) else 0)
    await nothing_is_left(store, tmp_path, database, secret)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_counts_too_small_to_release_leave_no_row(tmp_path: Path, database: Server) -> None:
    """After thirty days no row lies in any of their tables that nobody sees any more."""
    clock = Clock()
    store = new_store(tmp_path, clock)
    found = await with_session(store)
    for person in range(12):
        given = ballot(found, 0, 1 + person % 5, repair=found.session.points[0].criteria[person % 6].key)
        await cast(store, found, person, given)
        who = NoteGroups(found.session.id, 1, Groups(Gender.WOMAN if person < 9 else Gender.MAN))
        await store.run(lambda unit, p=person, w=who: note_groups(unit, found, p, w))
    await store.run(close_session, found)
    counts = (tally, wish, phones)
    before = [len(await store.run(rows, table.c.session)) for table in counts]
    clock.ahead(days=31)
    assert await store.run(SMALL_COUNTS.erase) == 1
    assert await store.scour()
    there = [len(await store.run(rows, table.c.session)) for table in counts]
    store.close()
    assert all(now < then for now, then in zip(there, before, strict=True))
    assert [database.rows(tmp_path, table.name) for table in counts] == there
