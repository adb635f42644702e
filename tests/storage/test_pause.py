"""A pause: no ballot comes in, nobody loses what they had begun, and the end stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from made import BOT, FACILITATOR, Clock, ballot, new_store, with_session

from conversations.chat import Screen
from conversations.engine import Asking
from conversations.entries import Entry
from conversations.prompts import SomeOf
from conversations.refusals import SESSION_OVER
from conversations.scoring.paused import Paused
from conversations.sessions.live import PauseSession, ResumeSession
from scorecard.session import State
from storage.intake import take
from storage.people import Person, meet
from storage.proceed import carry_out
from storage.reply import Arrival, Question, Tap
from storage.scoring.ballots import ballot as ballots
from storage.session import by_id
from storage.sessions.close_session import CLOSINGS

DOER = Person(BOT, FACILITATOR, "en", None)
CITIZEN = 700


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


async def answer(store, value):
    going = (await store.run(meet, BOT, CITIZEN)).dialogue
    return await store.run(take, Tap(BOT, CITIZEN, going.id, going.turn, value, Screen(CITIZEN, 7)))


def prompt(reply):
    assert isinstance(reply.shows, Question)
    assert isinstance(reply.shows.asking, Asking)
    return reply.shows.asking.prompt


async def test_no_ballot_comes_in_and_no_answer_is_lost(store):
    """At each question of a whole ballot: a tap in a pause changes no answer; afterwards the same is asked again."""
    held = await with_session(store)
    id_, updates = held.session.id, iter(range(1, 99))
    await store.run(take, Arrival(BOT, CITIZEN, Entry("join", (held.payload,)), next(updates), Screen(CITIZEN, 7)))
    for _ in range(20):
        await store.run(carry_out, DOER, PauseSession(id_), None)
        before = (await store.run(meet, BOT, CITIZEN)).dialogue
        for value in ("yes", "4", "skip", "ok", "again"):
            assert isinstance(prompt(await answer(store, value)), Paused)
        waiting = (await store.run(meet, BOT, CITIZEN)).dialogue
        assert (waiting.flow, waiting.answers) == (before.flow, before.answers)
        refused = await store.run(carry_out, Person(BOT, CITIZEN, "en", None), ballot(held, 0, 4), None)
        assert refused == SESSION_OVER
        assert await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots))) == 0
        await store.run(carry_out, DOER, ResumeSession(id_), None)
        asked = prompt(await answer(store, "again"))
        assert not isinstance(asked, Paused)
        if isinstance(asked, SomeOf):
            await answer(store, "ca")
        await answer(store, next((one for one in ("4", "yes", "skip", "dk") if asked.fits(one)), "ok"))
        if await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots))):
            return
    raise AssertionError("no ballot was sent")


async def test_its_end_stays(store):
    """A session whose time is over in a pause is closed as any other."""
    held = await with_session(store)
    await store.run(carry_out, DOER, PauseSession(held.session.id), None)
    store._clock.now = held.session.closes_at + timedelta(seconds=1)
    assert await store.run(lambda unit: [CLOSINGS.do(unit, one) for one in CLOSINGS.find(unit, BOT)]) == [True]
    assert (await store.run(by_id, held.session.id)).session.state is State.CLOSED
    assert await store.run(carry_out, DOER, ResumeSession(held.session.id), None) == "already closed"
