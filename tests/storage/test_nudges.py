"""Reminders that somebody asked for: once, to who has sent nothing, and nothing of it is left or can be read."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, Clock, ballot, cast, new_store, with_session

from conversations.scoring.remind_me import RemindMe, WillRemind
from conversations.sessions.open_session import OpenSession
from scorecard.session import Closing
from storage import tables
from storage.arrival.forget_me import forget
from storage.people import Person, meet
from storage.proceed import carry_out
from storage.scoring.cancel_session import cancel
from storage.scoring.nudges import NUDGED, NUDGES, nudge
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session

ASKS, SENDS = 7_000_000_001, 7_000_000_002


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


async def asked(store, *people, closing=Closing.THREE_HOURS):
    await with_session(store)
    held = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1,), (), closing))
    for person in people:
        await store.run(meet, BOT, person)
        done = await store.run(carry_out, Person(BOT, person, "en", None), RemindMe(held.session.id), None)
        assert isinstance(done.shows, WillRemind)
    return held


def sweep(store):
    return store.run(lambda unit: [NUDGES.do(unit, one) for one in NUDGES.find(unit, BOT)])


async def rows(store):
    return await store.run(lambda unit: unit.db.execute(sa.select(nudge)).all())


async def told(store):
    p = tables.post.c
    return await store.run(lambda unit: unit.db.scalars(sa.select(p.chat).where(p.kind == NUDGED)).all())


async def test_once_before_the_end_and_only_who_has_sent_nothing(store):
    """Asking twice is asking once; not early; who sent in the meantime is left in peace."""
    held = await asked(store, ASKS, ASKS, SENDS)
    assert len(await rows(store)) == 2
    await cast(store, held, SENDS, ballot(held, 0, 4))
    store._clock.now = held.session.closes_at - timedelta(minutes=30, seconds=1)
    assert await sweep(store) == []
    store._clock.now = held.session.closes_at - timedelta(minutes=30)
    assert await sweep(store) == [True]
    assert await told(store) == [ASKS]
    assert await rows(store) == []
    assert await sweep(store) == []


async def test_nobody_can_read_who_asked(store):
    """Neither mark nor body holds the number; without the key nothing opens it."""
    await asked(store, ASKS)
    [row] = await rows(store)
    for clear in (str(ASKS).encode(), ASKS.to_bytes(8, "big"), ASKS.to_bytes(8, "little")):
        assert clear not in row.mark + row.body


async def test_nothing_is_left(store):
    """After closing, after cancelling, and of who is to be forgotten."""
    held = await asked(store, ASKS)
    await store.run(close_session, held)
    assert await rows(store) == []
    held = await asked(store, ASKS, SENDS)
    assert await store.run(forget, BOT, ASKS) is None
    assert len(await rows(store)) == 1
    await store.run(cancel, held)
    assert await rows(store) == []


async def test_too_late_is_said(store):
    """A session that is all but over has no time left for a reminder."""
    held = await asked(store)
    store._clock.now = held.session.closes_at - timedelta(minutes=15)
    done = await store.run(carry_out, Person(BOT, ASKS, "en", None), RemindMe(held.session.id), None)
    assert done.shows.at is None
    assert await rows(store) == []
