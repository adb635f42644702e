"""Many sessions planned at once: the same again changes nothing, another time moves them, and reminders go with it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, MORNING, Clock, new_store, with_session

from scorecard.payload import payload_hash
from scorecard.role import Role
from scorecard.session import Closing, State
from storage import tables
from storage.roles.invitations import accept_invitation, invite
from storage.sessions.plan_all import AllPlanned, Planning, faults_of, plan_all
from storage.sessions.planned import OPENS_SOON

DARA = 60
OPENS_AT = MORNING + timedelta(days=5)
PLAN = Planning(COMMUNE, (), OPENS_AT, Closing.ONE_HOUR, "DARA ")

_S = tables.session.c
_P = tables.post.c


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    await with_session(store)
    payload = await store.run(invite, BOT, (COMMUNE,), (), "", None, Role.FACILITATOR, "Dara")
    await store.run(accept_invitation, BOT, DARA, payload_hash(payload))
    yield store
    store.close()


async def planned(store):
    found = sa.select(_S.opens_at, _S.opened_by).where(_S.state == State.PLANNED)
    return [tuple(row) for row in await store.run(lambda unit: unit.db.execute(found).all())]


async def reminders(store):
    found = sa.select(_P.not_before).where(_P.kind == OPENS_SOON).order_by(_P.not_before)
    return await store.run(lambda unit: unit.db.scalars(found).all())


async def test_again_and_otherwise(store):
    """New, then as it was, then moved: one session, with the reminders of its last time alone."""
    assert await store.run(plan_all, BOT, [PLAN]) == AllPlanned(1, 0, 0)
    assert await store.run(plan_all, BOT, [PLAN]) == AllPlanned(0, 0, 1)
    later = Planning(COMMUNE, (), OPENS_AT + timedelta(hours=2), Closing.ONE_HOUR, "Dara")
    assert await store.run(plan_all, BOT, [later]) == AllPlanned(0, 1, 0)
    assert await planned(store) == [(OPENS_AT + timedelta(hours=2), DARA)]
    assert (await reminders(store))[-1] == OPENS_AT + timedelta(hours=1)
    assert len(await reminders(store)) == 2


async def test_who_is_not_there(store):
    """A name that nobody has there, and one that two have: neither is guessed."""
    unknown = Planning(COMMUNE, (), OPENS_AT, Closing.ONE_HOUR, "Nobody")
    assert {number: column for number, (column, _) in (await store.run(faults_of, BOT, [PLAN, unknown])).items()} == {
        1: "facilitator"
    }
    payload = await store.run(invite, BOT, (COMMUNE,), (), "", None, Role.FACILITATOR, "dara")
    await store.run(accept_invitation, BOT, DARA + 1, payload_hash(payload))
    assert set(await store.run(faults_of, BOT, [PLAN])) == {0}
