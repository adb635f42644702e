"""What PostgreSQL alone can do: let others in between two statements, stop one of two who wait, and go away."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from made import BOT, hosted, new_store, with_session
from servers import Server
from waiting import CEILING

from conversations.chat import Screen
from conversations.scoring.join import JOIN
from storage import outbox, tables
from storage.enter import enter
from storage.outbox import claim
from storage.people import meet
from storage.reply import Arrival, Question, Tap
from storage.results.post_digest import WAY_TO_POST
from storage.session import Held
from storage.store import Store
from storage.take_answer import take_answer
from storage.unit import Unit

Two = tuple[Store, Store]


@pytest.fixture(scope="module", autouse=True)
def database(server: Server) -> Iterator[None]:
    with hosted(server):
        yield


def put(unit: Unit, held: Held, chats: range) -> None:
    for chat in chats:
        outbox.put(unit, bot=BOT, chat=chat, kind=WAY_TO_POST, subject=held.subject)


def note(unit: Unit, number: int) -> int:
    unit.db.execute(tables.seen_update.insert().values(bot=1, update_id=number, seen_on=0))
    return number


def noted(unit: Unit) -> list[int]:
    return list(unit.db.scalars(sa.select(tables.seen_update.c.update_id).order_by(tables.seen_update.c.update_id)))


class Hold:
    """Holds a store before its first statement that begins so, until it is let go."""

    def __init__(self, store: Store, begins: str) -> None:
        self.there, self._go_on = threading.Event(), threading.Event()
        self._begins = begins
        sa.event.listen(store._engine, "before_cursor_execute", self._look)

    def let_go(self) -> None:
        self._go_on.set()

    def _look(self, _: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith(self._begins):
            self.there.set()
            assert self._go_on.wait(CEILING)


@pytest.fixture
async def strangers(tmp_path: Path) -> AsyncIterator[Two]:
    """Two stores that don't wait for each other, as if they were of two bots: what each statement guards must hold."""
    stores = new_store(tmp_path, bot=1), new_store(tmp_path, bot=2)
    yield stores
    for store in stores:
        store.close()


def answer(question: object, value: str) -> Tap:
    assert isinstance(question, Question)
    return Tap(BOT, 1, question.dialogue, question.turn, value, Screen(1, 5))


async def test_a_turn_is_guarded_where_it_is_written(strangers: Two) -> None:
    """Two answers to one question: who is overtaken between reading and keeping sees what is there then."""
    slow, quick = strangers
    held = await with_session(quick)
    question = (await quick.run(enter, Arrival(BOT, 1, JOIN(held.payload), update_id=1))).shows
    for value in ("yes", "ca", "ok"):
        question = (await quick.run(take_answer, answer(question, value))).shows
    hold = Hold(slow, "UPDATE dialogue")
    overtaken = asyncio.ensure_future(slow.run(take_answer, answer(question, "1")))
    await asyncio.to_thread(hold.there.wait, CEILING)
    shown = await quick.run(take_answer, answer(question, "5"))
    hold.let_go()
    assert (await overtaken).shows == shown.shows
    kept = (await quick.run(meet, BOT, 1)).dialogue
    assert kept is not None
    assert kept.turn == question.turn + 1
    assert [*kept.answers.values()] == ["5"]


async def test_what_is_being_claimed_is_passed_over(strangers: Two) -> None:
    """The second courier neither waits for the first nor takes the same, and does not overtake it in a chat."""
    slow, quick = strangers
    held = await with_session(quick)
    await quick.run(put, held, range(1, 6))
    hold = Hold(slow, "UPDATE post")
    first = asyncio.ensure_future(slow.run(claim, BOT, "slow"))
    await asyncio.to_thread(hold.there.wait, CEILING)
    await quick.run(put, held, range(5, 8))
    second = await quick.run(claim, BOT, "quick")
    hold.let_go()
    assert [post.chat for post in await first] == [1, 2, 3, 4, 5]
    assert [post.chat for post in second] == [6, 7]


@pytest.mark.fault("a locked database", holds="both batches are done, and nobody hears of it")
async def test_a_deadlock_runs_the_units_again(strangers: Two) -> None:
    """Two batches change the same rows in another order: both are done, and nobody hears of it."""
    held = await with_session(strangers[0])
    points = [point.id for point in held.session.points[:2]]
    meeting = threading.Barrier(2)
    met: set[int] = set()
    p = tables.point.c

    def cross(unit: Unit, me: int) -> int:
        one, other = points if me else reversed(points)
        unit.db.execute(tables.point.update().where(p.id == one).values(en=sa.func.concat(p.en, "+")))
        if me not in met:
            met.add(me)
            meeting.wait(CEILING)
        unit.db.execute(tables.point.update().where(p.id == other).values(en=sa.func.concat(p.en, "+")))
        return me

    batches = [[store.run(note, 10 + me), store.run(cross, me)] for me, store in enumerate(strangers)]
    assert await asyncio.gather(*(run for batch in batches for run in batch)) == [10, 0, 11, 1]
    names = await strangers[0].run(lambda unit: list(unit.db.scalars(sa.select(p.en).where(p.id.in_(points)))))
    assert all(name.endswith("++") and not name.endswith("+++") for name in names)


def stop_me(unit: Unit, number: int) -> int:
    """Note a number, and have the server end this connection."""
    note(unit, number)
    unit.db.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
    return number


@pytest.mark.fault(
    "a lost database connection", holds="nobody is told that it was kept; the next batch finds a new one"
)
async def test_a_lost_connection_fails_the_whole_batch(tmp_path: Path) -> None:
    """Whether it was kept, nobody can know: nobody is told that it was, and the next batch finds a new connection."""
    store = new_store(tmp_path)
    hold = Hold(store, "INSERT INTO seen_update")
    first = asyncio.ensure_future(store.run(note, 1))
    await asyncio.to_thread(hold.there.wait, CEILING)
    batch = [asyncio.ensure_future(store.run(work, n)) for n, work in ((2, note), (3, stop_me), (4, note))]
    await asyncio.sleep(0)
    hold.let_go()
    assert await first == 1
    results = await asyncio.gather(*batch, return_exceptions=True)
    assert [type(result) for result in results] == [sa.exc.OperationalError] * 3
    assert await store.run(note, 5) == 5
    assert await store.run(noted) == [1, 5]
    store.close()


@pytest.mark.fault("a lost database connection", holds="it fails nobody afterwards")
async def test_a_server_that_was_away_is_found_again(tmp_path: Path) -> None:
    """Connections that ended while nobody asked anything fail nobody afterwards."""
    store = new_store(tmp_path)
    await store.run(note, 1)
    assert await store.read(noted) == [1]
    assert await store.scour()
    other = new_store(tmp_path, bot=2)
    gone = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
    ended = await other.run(lambda unit: unit.db.scalar(sa.text(f"{gone} AND pid <> pg_backend_pid()")))
    other.close()
    assert ended == 2
    assert await store.run(note, 2) == 2
    assert await store.read(noted) == [1, 2]
    with pytest.raises(Exception, match=r"terminating connection|connection is closed"):
        await store.scour()
    assert await store.scour()
    store.close()
