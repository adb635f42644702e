"""What a session is of is put right: until somebody has sent something, and not a moment later."""

import pytest
from made import BOT, COMMUNE, FACILITATOR, Clock, ballot, cast, new_store, with_session

from conversations.sessions.close_session import ALREADY_CLOSED
from conversations.sessions.put_right import SENT_ALREADY, PutSessionRight
from files.places import villages_of
from storage.people import Person
from storage.proceed import carry_out
from storage.session import by_id
from storage.sessions.close_session import close_session

DOER = Person(BOT, FACILITATOR, "en", None)
VILLAGE = villages_of(COMMUNE)[0].code


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


def right(store, held, place=VILLAGE, points=(2,), round_="2025"):
    return store.run(carry_out, DOER, PutSessionRight(held.session.id, place, points, round_), None)


async def test_place_services_and_year(store):
    """Link, code, key and end stay; what is asked of a service that stays is what was asked before."""
    held = await with_session(store)
    await right(store, held)
    now = await store.run(by_id, held.session.id)
    assert (now.session.place, now.session.round) == (VILLAGE, "2025")
    assert [point.id for point in now.session.points] == [2]
    assert now.session.points[0].criteria == held.session.point(2).criteria
    same = ("payload", "key", "bot", "opened_by")
    assert [getattr(now, one) for one in same] == [getattr(held, one) for one in same]
    assert (now.session.code, now.session.closes_at) == (held.session.code, held.session.closes_at)


async def test_not_after_a_ballot(store):
    """Also where it comes between the question and the answer, and where it was counted since."""
    held = await with_session(store)
    await cast(store, held, 700, ballot(held, 0, 4))
    assert await right(store, held) == SENT_ALREADY
    assert (await store.run(by_id, held.session.id)).session == held.session


async def test_not_after_closing(store):
    """A closed session stays what it was of, and never opens again."""
    held = await with_session(store)
    await store.run(close_session, held)
    assert await right(store, held) == ALREADY_CLOSED


async def test_only_within_ones_communes(store):
    """A place elsewhere is nobody's to give."""
    held = await with_session(store)
    assert await right(store, held, place="020802") == "not yours"
    assert (await store.run(by_id, held.session.id)).session == held.session
