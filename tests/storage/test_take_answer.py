"""Taps through the real database: the current turn is accepted once, any other tap changes nothing."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made import BOT, ballot, cast, new_store, with_session
from structlog.testing import capture_logs

from conversations.arrival.over import Ended
from conversations.chat import Screen
from conversations.entries import HELLO, Entry
from conversations.notices import Refusal
from conversations.prompts import Line, OneOf
from conversations.refusals import OLD_BUTTON, SESSION_OVER, TROUBLE
from conversations.scoring.join import ANOTHER, JOIN, PHONE_FULL
from conversations.scoring.thanks import Thanks
from scorecard.session import MAX_SEATS
from storage.enter import enter
from storage.people import Dialogue, meet, save
from storage.reply import Arrival, Heard, Question, Reply, Tap
from storage.scoring.ballots import ballots_of, scored_by
from storage.session import Held
from storage.sessions.close_session import close_session
from storage.store import Store
from storage.take_answer import take_answer
from storage.take_message import take_message

people = itertools.count(1_000)
updates = itertools.count(1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[tuple[Store, Held]]:  # noqa: ARG001
    import asyncio

    store = new_store(tmp_path_factory.mktemp("house"))
    yield store, asyncio.run(with_session(store))
    store.close()


class Phone:
    """One person's phone, whose taps go straight into units of work, each in a transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.person = next(people)
        self.shown: Reply | None = None

    def work(self, work, *args):
        with self._store._engine.begin() as connection:
            return work(self._store.unit(connection), *args)

    def enter(self, entry: Entry) -> None:
        self.shown = self.work(enter, Arrival(BOT, self.person, entry, update_id=next(updates)))

    def tap(self, tap: Tap) -> Reply:
        self.shown = self.work(take_answer, tap)
        return self.shown

    def make(self, value: str) -> Tap:
        assert self.shown is not None
        assert isinstance(self.shown.shows, Question)
        return Tap(BOT, self.person, self.shown.shows.dialogue, self.shown.shows.turn, value, Screen(self.person, 1))

    @property
    def dialogue(self) -> Dialogue | None:
        return self.work(meet, BOT, self.person).dialogue


def buttons(phone: Phone) -> list[str]:
    """What can be tapped on the screen."""
    assert phone.shown is not None
    assert isinstance(phone.shown.shows, Question)
    prompt = phone.shown.shows.asking.prompt
    codes = () if isinstance(prompt, Line) else prompt.options
    more = () if isinstance(prompt, OneOf | Line) else (*prompt.at_once, "ok")
    return [*codes, *more, "<", "@en", "@km", "!privacy", "!leave", "!look"]


events = st.lists(
    st.tuples(
        st.sampled_from(["tap", "tap", "tap", "tap", "again", "stale", "junk", "start", "text"]), st.integers(0, 99)
    ),
    max_size=60,
)


@pytest.mark.fault("a doubled update", "updates out of order", holds="nothing counts twice, in whatever order it comes")
@given(events)
@examples(60)
def test_whatever_people_do_each_service_is_counted_once(house, events) -> None:
    """Repeats, old turns, junk, /start and text in between: the turn never falls, and nothing counts twice."""
    store, found = house
    phone = Phone(store)
    phone.enter(JOIN(found.payload))
    taps: list[Tap] = []
    for event, pick in events:
        before = phone.dialogue
        if before is None:
            break
        if event in {"again", "stale"} and taps:
            old = taps[-1] if event == "again" else taps[pick % len(taps)]
            phone.tap(old)
            after = phone.dialogue
            if (old.dialogue, old.turn) != (before.id, before.turn):
                assert after == replace(before, screen=before.screen or Screen(phone.person, 1))
        elif event == "start":
            phone.enter(HELLO())
        elif event == "text":
            phone.shown = phone.work(take_message, Heard(BOT, phone.person, "ស្រុក", next(updates)))
        elif isinstance(phone.shown.shows, Question):
            values = buttons(phone)
            taps.append(phone.make(values[pick % len(values)] if event == "tap" else "?" * (pick % 9)))
            phone.tap(taps[-1])
        after = phone.dialogue
        if after is not None and after.id == before.id:
            assert after.turn >= before.turn
    scored = phone.work(scored_by, found, phone.person)
    assert set(scored) <= {1}
    assert all(len(set(points)) == len(points) for points in scored.values())


@pytest.mark.fault("a doubled update", holds="a tap is taken once")
def test_a_tap_is_taken_once(house) -> None:
    """The same tap again, from another phone or redelivered, shows the present prompt and changes nothing."""
    store, found = house
    phone = Phone(store)
    phone.enter(JOIN(found.payload))
    tap = phone.make("yes")
    phone.tap(tap)
    before = phone.dialogue
    assert phone.tap(tap).note is None
    assert phone.dialogue == before
    phone.tap(phone.make("@en"))
    before = phone.dialogue
    assert phone.tap(tap).note is OLD_BUTTON
    assert phone.dialogue == before


def test_sending_reads_the_session_once(house) -> None:
    """However many steps the unit of work has: facts, the ballot, and the next flow's facts."""
    store, found = house
    phone = Phone(store)
    phone.enter(JOIN(found.payload))
    for value in ("yes", "ca", "hc", "ok", *"444444", "skip", "dk"):
        phone.tap(phone.make(value))
    asked: list[str] = []
    on = (store._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    sa.event.listen(*on)
    phone.tap(phone.make("yes"))
    sa.event.remove(*on)
    assert sum("FROM session_point JOIN card" in statement for statement in asked) == 1
    assert sum("session.payload" in statement for statement in asked) == 1
    assert len([statement for statement in asked if statement.startswith("INSERT INTO ballot")]) == 1


@pytest.mark.parametrize(("flow", "about"), [("score", {"more": 1}), ("score", [[1], 1]), ("another", {})])
def test_a_dialogue_that_nobody_understands_ends(house, flow, about) -> None:
    """One that another version began can't hold its person: they get a word, and can begin anew."""
    store, found = house
    phone = Phone(store)
    phone.enter(JOIN(found.payload))
    tap = phone.make("yes")
    there = phone.dialogue
    phone.work(lambda unit: meet(unit, BOT, phone.person) and save(unit, replace(there, flow=flow, about=about)))
    with capture_logs() as logs:
        assert phone.tap(tap).shows == Refusal(TROUBLE)
    assert phone.dialogue is None
    assert [entry["log_level"] for entry in logs] == ["error"]
    phone.enter(JOIN(found.payload))
    assert isinstance(phone.shown.shows, Question)


def test_a_tap_with_another_persons_dialogue_changes_neither(house) -> None:
    """A dialogue's id in somebody else's hands opens nothing."""
    store, found = house
    mine, theirs = Phone(store), Phone(store)
    mine.enter(JOIN(found.payload))
    theirs.enter(JOIN(found.payload))
    before = theirs.dialogue
    mine.tap(replace(theirs.make("yes"), person=mine.person))
    assert theirs.dialogue == before
    assert mine.dialogue is not None
    assert mine.dialogue.answers == {}


@pytest.mark.fault("a doubled update", holds="a link that comes again begins nothing")
def test_a_redelivered_arrival_begins_nothing(house) -> None:
    """/start with the same update number redraws what it began, and after the end begins nothing."""
    store, found = house
    phone = Phone(store)
    arrival = Arrival(BOT, phone.person, JOIN(found.payload), update_id=next(updates))
    phone.shown = phone.work(enter, arrival)
    phone.tap(phone.make("yes"))
    before = phone.dialogue
    assert isinstance(phone.work(enter, arrival).shows, Question)
    assert phone.dialogue == before
    phone.shown = phone.work(enter, arrival)
    phone.tap(phone.make("!leave"))
    phone.tap(phone.make("yes"))
    assert phone.dialogue is None
    assert isinstance(phone.work(enter, arrival).shows, Ended)
    assert phone.dialogue is None


async def test_seats_of_one_phone_count_each_once_and_are_limited(tmp_path: Path) -> None:
    """A dozen people can share a phone; a thirteenth is asked to take another."""
    store = new_store(tmp_path)
    found = await with_session(store)
    for seat in range(1, MAX_SEATS + 1):
        for score in (3, 4):
            await cast(store, found, 5, ballot(found, 0, score, seat))
    reply = await store.run(enter, Arrival(BOT, 5, ANOTHER(found.payload), update_id=next(updates)))
    assert reply.shows.why is PHONE_FULL
    assert len(await store.run(scored_by, found, 5)) == MAX_SEATS
    ballots = [one for of_point in (await store.run(ballots_of, found)).values() for one in of_point]
    assert {score for one in ballots for score in one.scores.values()} == {4}
    store.close()


async def test_after_closing_a_tap_is_answered_and_counts_nothing(tmp_path: Path) -> None:
    """Somebody in the middle when the session closes hears that it is over."""
    store = new_store(tmp_path)
    found = await with_session(store)
    phone = Phone(store)
    phone.enter(JOIN(found.payload))
    tap = phone.make("yes")
    await store.run(close_session, found)
    assert isinstance(phone.tap(tap).shows, Ended)
    phone.enter(JOIN(found.payload))
    assert phone.shown.shows.why is SESSION_OVER
    assert not isinstance(phone.shown.shows, Thanks)
    store.close()
