"""Planned sessions: they open at their time, once, by whatever process is there, or are told as missed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, new_store, with_session

from conversations.sessions.open_session import OpenSession, PlanSession
from conversations.sessions.planned import NOT_PLANNED, CallOffPlan, OpenPlanned
from scorecard.session import Closing, State, opening_days, opening_hours, opening_time
from storage import tables
from storage.arrival.forget_me import forget
from storage.content import content
from storage.outbox import claim, delivered, dropped
from storage.people import Person
from storage.proceed import carry_out
from storage.session import by_id
from storage.sessions.planned import OPENINGS

DOER = Person(BOT, FACILITATOR, "en", None)
OPENS_AT = MORNING + timedelta(days=2)
PLAN = PlanSession(OpenSession(COMMUNE, (1,), (), Closing.THREE_HOURS), OPENS_AT)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def store(tmp_path, clock, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, clock)
    await with_session(store)
    yield store
    store.close()


async def planned(store):
    done = await store.run(carry_out, DOER, PLAN, None)
    return done.shows.session.id


def sweep(store):
    return store.run(lambda unit: [OPENINGS.do(unit, one) for one in OPENINGS.find(unit, BOT)])


async def heard(store):
    """What whoever planned it is told now."""

    def send(unit):
        said = []
        for post in claim(unit, BOT, "courier"):
            what = content(unit, post)
            (dropped(unit, post) if what is None else delivered(unit, post, 5))
            said += [] if what is None else [type(what.notice).__name__]
        return said

    said = []
    for _ in range(15):
        said += await store.run(send)
    return [one for one in said if one != "Pack"]


async def test_it_opens_once_at_its_time(tmp_path, store, clock):
    """Reminded on the evening before and an hour before, opened at its time by a new start, and with a key then."""
    id_ = await planned(store)
    held = await store.run(by_id, id_)
    assert (held.session.state, held.key, held.session.code) == (State.PLANNED, None, "")
    steps = [
        (OPENS_AT - timedelta(hours=15, seconds=1), [], []),
        (OPENS_AT - timedelta(hours=15), [], ["OpensSoon"]),
        (OPENS_AT - timedelta(hours=1), [], ["OpensSoon"]),
        (OPENS_AT - timedelta(seconds=1), [], []),
        (OPENS_AT, [True], ["OpenedByItself"]),
        (OPENS_AT, [], []),
    ]
    for at, opened, said in steps:
        clock.now = at
        started = new_store(tmp_path, clock)
        assert await sweep(started) == opened, at
        assert await heard(started) == said, at
        started.close()
    held = await store.run(by_id, id_)
    assert (held.session.state, held.session.closes_at) == (State.OPEN, OPENS_AT + timedelta(hours=3))
    assert held.key
    assert len(held.session.code) == 8


async def test_late_and_too_late(store, clock):
    """Whatever is left of its time it is open; when that is all but over it is cancelled, and told."""
    first, second = await planned(store), await planned(store)
    clock.now = OPENS_AT + timedelta(hours=2)
    await store.run(carry_out, DOER, CallOffPlan(second), None)
    assert await sweep(store) == [True]
    third = await planned(store)
    clock.now = OPENS_AT + timedelta(hours=2, minutes=51)
    assert await sweep(store) == [False]
    assert "PlanMissed" in await heard(store)
    states = [(await store.run(by_id, one)).session.state for one in (first, second, third)]
    assert states == [State.OPEN, State.CANCELLED, State.CANCELLED]


async def test_what_is_called_off_or_opened_by_hand_opens_no_more(store, clock):
    """Its reminders say nothing; a second tap is refused kindly."""
    off, by_hand = await planned(store), await planned(store)
    await store.run(carry_out, DOER, CallOffPlan(off), None)
    await store.run(carry_out, DOER, OpenPlanned(by_hand), None)
    assert await store.run(carry_out, DOER, OpenPlanned(by_hand), None) == NOT_PLANNED
    assert await store.run(carry_out, DOER, CallOffPlan(by_hand), None) == NOT_PLANNED
    clock.now = OPENS_AT
    assert await sweep(store) == []
    assert await heard(store) == []
    assert (await store.run(by_id, by_hand)).session.closes_at == OPENS_AT + timedelta(hours=3)


async def test_nobody_is_left_to_open_it(store):
    """A plan goes with whoever made it, when they ask to be forgotten."""
    open_ = sa.select(tables.session.c.id).where(tables.session.c.state == State.OPEN)
    await store.run(lambda unit: unit.db.execute(tables.session.update().values(state=State.CANCELLED)))
    id_ = await planned(store)
    assert await store.run(forget, BOT, FACILITATOR) is None
    assert (await store.run(by_id, id_)).session.state is State.CANCELLED
    assert await store.run(lambda unit: unit.db.scalar(open_)) is None


def test_no_time_of_the_past_is_offered():
    """Every hour that can be chosen lies ahead, at most two months; late in the day none of today's is left."""
    for hours in range(24):
        now = MORNING + timedelta(hours=hours, minutes=59)
        times = [opening_time(day, hour, now) for day in opening_days(now) for hour in opening_hours(day, now)]
        assert now < min(times)
        assert max(times) < now + timedelta(days=62)
