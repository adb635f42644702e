"""A session is cancelled by its facilitator: only while nothing could be shown of it."""

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, Clock, ballot, cast, new_store, with_session

from conversations.chat import Screen
from conversations.entries import CALLED_OFF
from conversations.scoring.join import JOIN
from conversations.sessions.close_session import ALREADY_CLOSED, ENOUGH_TOOK_PART, CancelSession
from conversations.sessions.live import Cancelled
from scorecard.payload import payload_hash
from scorecard.role import Role
from scorecard.session import CancelReason, State
from storage import tables
from storage.enter import find
from storage.people import Person, meet
from storage.proceed import carry_out
from storage.roles.invitations import accept_invitation, invite
from storage.scoring import cancel_session
from storage.scoring.ballots import ballot as ballots
from storage.sealing import doomed
from storage.session import by_id
from storage.sessions.close_session import close_session

DOER = Person(BOT, FACILITATOR, "en", None)


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


async def scored(store, phones, seats=1):
    """A session in which so many phones scored the first service, each on so many seats."""
    held = await with_session(store)
    for person in range(phones):
        for seat in range(1, seats + 1):
            await cast(store, held, 9000 + person, ballot(held, 0, 4, seat))
    return held


def cancel(store, held, who=DOER, reason=None):
    return store.run(carry_out, who, CancelSession(held.session.id, reason), Screen(who.id, 7))


async def number(store):
    return await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots)))


@pytest.mark.parametrize(("phones", "seats"), [(0, 1), (1, 4), (7, 1), (7, 4)])
async def test_few_took_part(store, phones, seats):
    """Ballots go, the key is doomed, no digest waits, and its link says that it was cancelled."""
    held = await scored(store, phones, seats)
    done = await cancel(store, held)
    assert isinstance(done.shows, Cancelled)
    assert await number(store) == 0
    assert held.key in await store.run(doomed)
    assert (await store.run(by_id, held.session.id)).session.state is State.CANCELLED
    posts = set(await store.run(lambda unit: unit.db.scalars(sa.select(tables.post.c.kind)).all()))
    assert not posts & {"digest", "preview", "closed"}
    way = await store.run(lambda unit: find(unit, meet(unit, BOT, 77), JOIN(held.payload)))
    assert way == CALLED_OFF() or way.notice.entry == CALLED_OFF()


async def test_enough_took_part(store):
    """From eight phones on nobody takes from people what they said; people who share one are one phone."""
    held = await scored(store, 8)
    assert await cancel(store, held) == ENOUGH_TOOK_PART
    assert await number(store) == 8
    assert (await store.run(by_id, held.session.id)).session.state is State.OPEN


async def test_it_is_over_already(store):
    """What is closed stays closed; what was cancelled is cancelled once."""
    held = await scored(store, 3)
    await cancel(store, held)
    assert await cancel(store, held) == ALREADY_CLOSED
    other = await with_session(store)
    await store.run(close_session, other)
    assert await cancel(store, other) == ALREADY_CLOSED


async def test_more_ballots_than_few_can_send_are_not_opened(store, monkeypatch):
    """However many took part, whoever asks to cancel makes nobody wait."""
    held = await scored(store, 30, 3)
    monkeypatch.setattr(cancel_session, "ballots_of", None)
    assert await cancel(store, held) == ENOUGH_TOOK_PART


async def test_a_coordinator_cancels_whatever_took_part(store):
    """With a reason alone, and where they coordinate: for a facilitator a reason that they forge changes nothing."""
    held = await scored(store, 8)
    payload = await store.run(invite, BOT, (COMMUNE,), (), "", None, Role.COORDINATOR)
    await store.run(accept_invitation, BOT, 60, payload_hash(payload))
    coordinator = Person(BOT, 60, "en", None)
    assert await cancel(store, held, reason=CancelReason.DISTURBED) == ENOUGH_TOOK_PART
    assert await cancel(store, held, coordinator) == ENOUGH_TOOK_PART
    assert await number(store) == 8
    done = await cancel(store, held, coordinator, CancelReason.DISTURBED)
    assert done.shows == Cancelled(done.shows.session, reason=CancelReason.DISTURBED)
    assert await number(store) == 0
    assert held.key in await store.run(doomed)
    assert await cancel(store, held, coordinator, CancelReason.DISTURBED) == ALREADY_CLOSED
