"""The audit trail: what somebody did by a role stands there, by day and by place, and nothing of citizens."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, new_store, with_session
from test_access import commands
from world import CITIZEN, COORDINATOR, NOBODY, built, grounded

from conversations.chat import Screen
from conversations.refusals import Why
from scorecard.role import ACTS, Act, Role
from storage.access import Openly
from storage.arrival.forget_me import forget
from storage.audit import KEPT, audit
from storage.people import Person
from storage.proceed import carry_out
from storage.rooms import ROOMS
from storage.session import by_id
from storage.sessions.close_session import CloseSession
from storage.sessions.pack import SendPack

LEADER = Person(BOT, COORDINATOR, "en", None)
DOER = Person(BOT, FACILITATOR, "en", None)
TIMED = {"OpenSession", "CloseSession"}
OF_ROLES = {command for room in ROOMS for command, how in room.commands.items() if isinstance(how.who, Act)}


@pytest.fixture(scope="module")
def ground(tmp_path_factory, database):  # noqa: ARG001 - one on each
    """Nothing that is done here changes it."""
    store, world = built(tmp_path_factory.mktemp("world"))
    with grounded(store, world) as ground:
        yield ground
    store.close()


def rows(unit):
    return unit.db.execute(sa.select(audit).order_by(audit.c.id)).all()


def test_every_act_of_a_role_is_noted(ground):
    """Once a day for one thing, with its commune; its minute only where something was opened or closed."""
    screen, seen = Screen(FACILITATOR, 7), set()
    for command in commands(ground.world):
        who = ground.house.commands[type(command)].who
        doer = DOER if who in ACTS[Role.FACILITATOR] or isinstance(who, Openly) else LEADER
        done, noted = undone(ground, twice, doer, command, screen)
        if isinstance(done, Why) or isinstance(who, Openly):
            assert not noted or ground.house.commands[type(command)].audited
            continue
        seen.add(type(command))
        [row] = noted
        assert (row.bot, row.person, row.act) == (BOT, doer.id, type(command).__name__)
        assert row.commune == ("" if row.act in NOWHERE_YET else COMMUNE)
        assert row.day == date(2026, 11, 24)
        assert (row.at is not None) == (row.act in TIMED)
    assert {command.__name__ for command in OF_ROLES - seen} == NOT_DONE_HERE


NOWHERE_YET = {"AskToLink", "FindSessions", "LinkGroup", "SendBoard"}
"""A group that waits is nobody’s until it is linked; who looks for a session looks everywhere."""

NOT_DONE_HERE = {"CallOffPlan", "LinkGroup", "OpenPlanned", "PutSessionRight"}
"""Commands that come to nothing in a world where each is carried out by itself: what was posted is posted."""


def twice(unit, doer, command, screen):
    """What comes of a command, and is noted of it; the same again on that day is noted no more."""
    before = len(rows(unit))
    done = carry_out(unit, doer, command, screen)
    noted = rows(unit)[before:]
    if not isinstance(done, Why) and not type(command).timed:
        carry_out(unit, doer, command, screen)
        assert len(rows(unit)) == before + len(noted)
    return done, noted


def undone(ground, work, *args):
    """What a unit of work comes to, after which all is as before."""
    nested = ground._connection.begin_nested()
    try:
        return work(ground._store.unit(ground._connection, ground.now), *args)
    finally:
        nested.rollback()


def test_what_citizens_do_is_not_noted(ground):
    """A ballot, groups, a look at a poster: nobody's trail. Nor what was refused."""
    person = Person(BOT, CITIZEN, "en", None)
    before = ground.work(rows)
    for command in commands(ground.world):
        if isinstance(ground.house.commands[type(command)].who, Openly):
            undone(ground, carry_out, person, command, None)
    stranger = Person(BOT, NOBODY, "en", None)
    assert isinstance(ground.work(carry_out, stranger, SendPack(ground.world.open.session.id), None), Why)
    assert ground.work(rows) == before


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


async def test_who_is_forgotten_and_what_is_long_ago(store):
    """What a person did stays without them; after three rounds it goes."""
    held = await with_session(store)
    assert not isinstance(await store.run(carry_out, DOER, SendPack(held.session.id), None), Why)
    await store.run(carry_out, DOER, CloseSession(held.session.id, last_call=False), Screen(FACILITATOR, 7))
    assert await store.run(forget, BOT, FACILITATOR) is None
    noted = await store.run(rows)
    assert [(row.person, row.act) for row in noted] == [(None, "SendPack"), (None, "CloseSession")]
    assert noted[1].at == MORNING
    store._clock.now = MORNING + KEPT + timedelta(days=2)
    erases = [one for room in ROOMS for one in room.erases if one.what == "acts of long ago"]
    assert await store.run(erases[0].erase) == 2
    assert not await store.run(rows)
    assert (await store.run(by_id, held.session.id)).session.is_closed
