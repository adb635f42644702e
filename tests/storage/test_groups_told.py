"""What groups hear of a session while it is open: each thing once, and only while it is true."""

from datetime import timedelta

import pytest
from made import BOT, COMMUNE, FACILITATOR, Clock, group, new_store, with_session

from conversations.sessions.close_session import CancelSession, CloseSession, ExtendSession
from conversations.sessions.live import Announce, PauseSession, Remind, ResumeSession
from storage.content import content
from storage.groups.link_group import link
from storage.outbox import claim, delivered, dropped, given_up
from storage.people import Person
from storage.proceed import carry_out
from storage.sessions.announce import REMINDERS

DOER = Person(BOT, FACILITATOR, "en", None)
ONE, OTHER = -1, -2


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def store(tmp_path, clock, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, clock)
    yield store
    store.close()


@pytest.fixture
async def held(store):
    held = await with_session(store)
    for chat in (ONE, OTHER):
        await store.run(lambda unit, chat=chat: link(unit, BOT, group(chat), COMMUNE))
    return held


async def do(store, *commands):
    for command in commands:
        await store.run(carry_out, DOER, command, None)


async def heard(store, deaf=()):
    """What each group hears now, by its name; those that are deaf can't be reached."""

    def sweep(unit):
        said = []
        for post in claim(unit, BOT, "courier"):
            what = content(unit, post)
            if what is None:
                dropped(unit, post)
            elif post.chat in deaf:
                given_up(unit, post, "Forbidden")
            else:
                delivered(unit, post, 5)
                said.append((post.chat, type(what.notice).__name__))
        return said

    said = []
    while now := await store.run(sweep):
        said += now
    return sorted(what for what in said if what[0] < 0)


async def test_each_thing_once(store, held):
    """However often a facilitator taps, each group hears it once; after the last call, that it goes on."""
    id_ = held.session.id
    await do(store, Announce(id_), Announce(id_))
    assert await heard(store) == [(OTHER, "Announced"), (ONE, "Announced")]
    await do(store, Announce(id_), CloseSession(id_, last_call=True))
    assert await heard(store) == [(OTHER, "LastCall"), (ONE, "LastCall")]
    await do(store, ExtendSession(id_))
    assert await heard(store) == [(OTHER, "GoesOn"), (ONE, "GoesOn")]
    await do(store, ExtendSession(id_))
    assert await heard(store) == []


async def test_what_was_not_heard_is_not_taken_back(store, held):
    """A last call that did not leave in time says nothing of a session that goes on, nor is that said."""
    id_ = held.session.id
    await do(store, CloseSession(id_, last_call=True), ExtendSession(id_))
    assert await heard(store) == []
    await do(store, CancelSession(id_))
    assert await heard(store) == []


async def test_only_who_heard_of_it_hears_that_it_is_cancelled(store, held):
    """A group that was not there when the others were told hears nothing of what is cancelled."""
    id_ = held.session.id
    await do(store, Announce(id_))
    assert await heard(store, deaf={OTHER}) == [(ONE, "Announced")]
    await do(store, CancelSession(id_))
    assert await heard(store) == [(ONE, "NotAfterAll")]


async def test_nothing_is_announced_of_what_is_over(store, held, clock):
    """Whose time is over, swept or not, is announced to nobody."""
    await do(store, Announce(held.session.id))
    clock.now = held.session.closes_at + timedelta(seconds=1)
    assert await heard(store) == []


def sweep_reminders(store):
    """What comes due is done, as the courier does."""

    def sweep(unit):
        return [REMINDERS.do(unit, one) for one in REMINDERS.find(unit, BOT)]

    return store.run(sweep)


async def test_groups_are_reminded_once_before_the_end(tmp_path, store, held, clock):
    """Not early, not twice, not by a new start; an hour more has an end of its own; only who was told is reminded."""
    id_, end = held.session.id, held.session.closes_at
    clock.now = end - timedelta(minutes=1, hours=4)
    await do(store, ExtendSession(id_))  # five hours to go: it ends in the evening before, or two hours before
    await do(store, Announce(id_))
    assert await heard(store, deaf={OTHER}) == [(ONE, "Announced")]
    end += timedelta(hours=1)
    clock.now = end - timedelta(hours=2, seconds=1)
    assert await sweep_reminders(store) == []
    clock.now = end - timedelta(hours=2)
    assert await sweep_reminders(store) == [True]
    store.close()
    started = new_store(tmp_path, clock)
    assert await sweep_reminders(started) == []
    assert await heard(started) == [(ONE, "Reminder")]
    await do(started, Remind(id_))
    assert await heard(started) == [], "a tap is no second reminder of the same end"
    started.close()


async def test_nobody_is_reminded_of_what_takes_no_ballots(store, held, clock):
    """Paused, in its last call, or all but over: the moment passes in silence."""
    id_ = held.session.id
    await do(store, Announce(id_))
    await heard(store)
    await do(store, Remind(id_), PauseSession(id_))
    assert await heard(store) == [], "of what is paused nobody is reminded"
    assert await heard(store) == [(OTHER, "OnHold"), (ONE, "OnHold")]
    await do(store, ResumeSession(id_), Remind(id_))
    assert await heard(store) == [(OTHER, "GoesOn"), (ONE, "GoesOn")]
    await do(store, ExtendSession(id_), Remind(id_))
    clock.now = held.session.closes_at + timedelta(minutes=58)
    assert await heard(store) == []


async def test_a_pause_that_was_over_before_it_was_told_is_told_nobody(store, held):
    """Nor that it goes on."""
    id_ = held.session.id
    await do(store, Announce(id_))
    await heard(store)
    await do(store, PauseSession(id_), ResumeSession(id_))
    assert await heard(store) == []
