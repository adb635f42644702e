"""What a unit of work costs does not grow faster than what it is about: counted in statements, never in seconds."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, ballot, new_store, with_session
from world import Ground, built, closed, grounded

from conversations.entries import OVER
from conversations.sessions.live import Turnout
from scorecard.session import COUNTS_KEPT
from storage import outbox, tables
from storage.erase import MOST_AT_ONCE
from storage.outbox import claim
from storage.people import Person, hours
from storage.results.counts import COUNTS
from storage.scoring.ballots import ballots_of
from storage.scoring.cast_ballot import cast_ballot
from storage.scoring.count_ballots import TURNOUTS
from storage.sessions.close_session import close_session
from storage.sessions.groups_told import CALLED
from storage.sessions.list_sessions import list_sessions
from storage.sessions.turnout import TURNOUT, count
from storage.unit import Unit
from storage.updates import NOTED
from storage.wipe import IDLE, WIPE, wipe

_D = tables.dialogue.c
_P = tables.post.c


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[tuple[Any, Any]]:  # noqa: ARG001
    store, world = built(tmp_path_factory.mktemp("scale"))
    yield store, world
    store.close()


@pytest.fixture
def ground(made: tuple[Any, Any]) -> Iterator[Ground]:
    with grounded(*made) as ground:
        yield ground


def asked(ground: Ground, work: Callable[..., Any], *args: Any) -> list[str]:
    """The statements of a unit of work."""
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.extend([statement] if "SAVEPOINT" not in statement else ())

    sa.event.listen(ground._store._engine, "before_cursor_execute", note)
    ground.work(work, *args)
    sa.event.remove(ground._store._engine, "before_cursor_execute", note)
    return statements


def dialogues(unit: Unit, number: int, session: int | None, *, first: int = 10_000, ago: int = 0) -> None:
    """So many people in the middle of something, since so many hours."""
    rows = [
        {"id": f"d{first + n}", "bot": BOT, "person": first + n, "flow": "score", "session": session}
        | {"body": b"[{},{}]", "screen": first + n, "turn": 3, "seen_on": hours(unit.now) - ago, "aside": None}
        for n in range(number)
    ]
    unit.db.execute(tables.dialogue.insert(), rows)


@pytest.mark.parametrize("number", [1, 700])
def test_closing_asks_as_much_whoever_is_in_the_middle(ground: Ground, number: int) -> None:
    """Their screens are wiped by one statement; each is wiped, and what tells people something was put before."""
    held = ground.world.open
    ground.work(dialogues, number, held.session.id)
    before = ground.work(lambda unit: unit.db.scalar(sa.select(sa.func.max(_P.id))))
    statements = asked(ground, close_session, held)
    assert sum("INTO post" in one and "dialogue" in one for one in statements) == 1
    assert len([one for one in statements if "dialogue" in one]) == 3, "the screens, the dialogues, those that ended"
    new = sa.select(_P.chat, _P.kind, _P.detail, _P.replaces, _P.wiping).where(_P.id > before).order_by(_P.id)
    posts = ground.work(lambda unit: unit.db.execute(new).all())
    wiped = [post for post in posts if post.kind == WIPE]
    assert {post.chat for post in wiped} == set(range(10_000, 10_000 + number))
    assert all((post.detail, post.replaces, post.wiping) == ("over", post.chat, True) for post in wiped)
    assert posts[-number:] == wiped
    assert ground.work(lambda unit: unit.db.scalar(sa.select(sa.func.count(_D.id)))) == 0


def test_the_same_screen_is_wiped_once(ground: Ground) -> None:
    """Where its wipe waits already, no second one is put."""
    for _ in range(2):
        ground.work(dialogues, 2, ground.world.open.session.id)
        assert ground.work(wipe, _D.person >= 10_000, OVER()) == 2
    wipes = sa.select(sa.func.count()).where(_P.kind == WIPE, _P.chat >= 10_000)
    assert ground.work(lambda unit: unit.db.scalar(wipes)) == 2


def test_a_ballot_counts_no_others(ground: Ground) -> None:
    """However many there are: those are counted by a sweep."""
    held = ground.world.open
    statements = asked(ground, cast_ballot, held, 5_000, ballot(held, 0, 4))
    assert not [one for one in statements if "count(" in one.lower()]
    assert asked(ground, cast_ballot, held, 5_001, ballot(held, 0, 4)), "one more"
    assert ground.work(TURNOUTS.find, BOT) == (held.session.id,)


def test_turnout_is_counted_at_most_once_a_minute(ground: Ground) -> None:
    """At once after the first ballot; then not before a minute is over; and not at all where no ballot came."""
    held = ground.world.open

    def cast(*people: int) -> None:
        for person in people:
            ground.work(cast_ballot, held, person, ballot(held, 0, 4))

    def counted() -> Turnout:
        for session in ground.work(TURNOUTS.find, BOT):
            ground.work(TURNOUTS.do, session, ground.work(TURNOUTS.reads, session))
        return ground.work(count, held).turnout[0]

    def redrawn() -> list[Any]:
        waits = sa.select(_P.replaces, _P.not_before).where(_P.kind == TURNOUT)
        return ground.work(lambda unit: unit.db.execute(waits).all())

    cast(5_000)
    assert counted().phones == 0
    assert redrawn() == [], "nothing that a facilitator may see has changed"
    cast(*range(5_001, 5_010))
    ground.now += timedelta(seconds=59)
    assert counted().phones == 0
    ground.now += timedelta(seconds=1)
    assert counted().phones == 10
    assert redrawn() == [(held.screen.message, ground.now)]
    ground.now += timedelta(hours=1)
    assert ground.work(TURNOUTS.find, BOT) == ()


def test_a_ballot_that_comes_while_others_are_counted_is_counted_next(ground: Ground) -> None:
    """It is in no band yet, and not forgotten."""
    held = ground.world.open
    ground.work(cast_ballot, held, 5_000, ballot(held, 0, 4))
    (session,) = ground.work(TURNOUTS.find, BOT)
    counted = ground.work(TURNOUTS.reads, session)
    ground.work(cast_ballot, held, 5_001, ballot(held, 0, 4))
    ground.work(TURNOUTS.do, session, counted)
    assert ground.work(TURNOUTS.find, BOT) == (), "within the same minute"
    ground.now += timedelta(minutes=1)
    assert ground.work(TURNOUTS.find, BOT) == (session,)
    ground.work(TURNOUTS.do, session, ground.work(TURNOUTS.reads, session))
    ground.now += timedelta(minutes=1)
    assert ground.work(TURNOUTS.find, BOT) == ()


@pytest.mark.fault("a clock that goes back", holds="the next ballot is counted, and none twice")
def test_a_clock_that_goes_back_stops_no_count(ground: Ground) -> None:
    """Whatever was noted by the clock that was wrong, the next ballot is counted, and none is there twice."""
    held = ground.world.open
    before = len(ground.work(ballots_of, held)[held.session.points[0].id])
    for hours_ahead, person in ((48, 5_000), (0, 5_001), (-48, 5_002)):
        ground.now = MORNING + timedelta(hours=hours_ahead)
        ground.work(cast_ballot, held, person, ballot(held, 0, 4))
        assert ground.work(TURNOUTS.find, BOT) == (held.session.id,)
        ground.work(TURNOUTS.do, held.session.id, ground.work(TURNOUTS.reads, held.session.id))
        assert ground.work(TURNOUTS.find, BOT) == ()
    assert len(ground.work(ballots_of, held)[held.session.points[0].id]) == before + 3


def put(unit: Unit, kind: str, *chats: int, **own: Any) -> None:
    for number, chat in enumerate(chats):
        outbox.put(unit, bot=BOT, chat=chat, kind=kind, key=f"{chat}.{number}", **own)  # type: ignore[arg-type]


def test_what_tells_goes_before_what_wipes(ground: Ground) -> None:
    """Five thousand wipes that were put before hold up nothing that tells people something."""
    ground.work(lambda unit: unit.db.execute(tables.post.delete()))
    ground.work(put, WIPE, *range(100, 160))
    ground.work(put, CALLED, *range(200, 205))
    ground.now += timedelta(seconds=5)
    claimed = ground.work(claim, BOT, "courier")
    assert [post.chat for post in claimed] == [*range(200, 205), *range(100, 125)]


def test_what_has_been_due_for_longest_goes_first_and_each_chat_keeps_its_order(ground: Ground) -> None:
    """Across chats; in one chat what was put first."""
    ground.work(lambda unit: unit.db.execute(tables.post.delete()))
    ground.work(partial(put, not_before=MORNING + timedelta(hours=2)), CALLED, 1)
    ground.work(partial(put, not_before=MORNING + timedelta(hours=1)), CALLED, 2)
    ground.work(put, WIPE, 3)
    ground.work(put, CALLED, 3, 3)
    ground.now += timedelta(hours=3)
    claimed = ground.work(claim, BOT, "courier")
    assert [(post.chat, post.kind) for post in claimed] == [(2, CALLED), (1, CALLED), (3, WIPE)]
    assert ground.work(claim, BOT, "courier") == ()


def test_claiming_asks_as_much_whatever_waits(ground: Ground) -> None:
    """Four questions and a note, for one post or for many."""
    ground.work(put, WIPE, *range(100, 160))
    assert len(asked(ground, claim, BOT, "courier")) == 5


async def test_the_list_asks_as_much_however_many_sessions(tmp_path: Any) -> None:
    """A facilitator's sessions are read with a fixed number of questions, not some for each."""
    store = new_store(tmp_path)
    await with_session(store)
    counts = []
    for number in range(1, 4):
        await closed(store, f"{COMMUNE}{number:02}")
        statements: list[str] = []
        note = (store._engine, "before_cursor_execute", lambda *told, kept=statements: kept.append(told[2]))
        sa.event.listen(*note)
        listed = await store.run(list_sessions, Person(BOT, FACILITATOR, "km", None))
        sa.event.remove(*note)
        assert listed is not None
        assert len(listed.closed) == number
        counts.append(len([one for one in statements if "FROM session" in one]))
    assert counts[0] == counts[1] == counts[2]
    store.close()


def test_what_is_old_is_erased_some_at_a_time(ground: Ground) -> None:
    """A unit of work erases so much at the most, and the next ones the rest: also what silent people left."""
    many = 2 * MOST_AT_ONCE + 3
    ground.work(partial(dialogues, ago=30), many, None)
    old = [{"bot": BOT, "update_id": 10**6 + n, "seen_on": hours(MORNING) - 72} for n in range(many)]
    ground.work(lambda unit: unit.db.execute(tables.seen_update.insert(), old))
    for erases in (IDLE, NOTED):
        assert [ground.work(erases.erase) for _ in range(4)] == [MOST_AT_ONCE, MOST_AT_ONCE, 3, 0]
    wipes = sa.select(sa.func.count()).where(_P.kind == WIPE, _P.detail == "stopped")
    assert ground.work(lambda unit: unit.db.scalar(wipes)) == many


def test_counts_are_erased_once(ground: Ground) -> None:
    """Those of the villages that wait for others; then there is nothing to do."""
    waiting = sa.select(sa.func.count()).where(tables.session.c.counts_key.is_not(None))
    kept = ground.work(lambda unit: unit.db.scalar(waiting))
    assert kept
    assert ground.work(COUNTS.erase) == 0
    ground.now += COUNTS_KEPT + timedelta(days=1)
    assert [ground.work(COUNTS.erase) for _ in range(2)] == [kept, 0]
