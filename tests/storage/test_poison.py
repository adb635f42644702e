"""A row that can't be read, however that came about, holds up nothing but itself."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, new_store, with_session
from structlog.testing import capture_logs

from conversations.chat import Screen
from conversations.entries import HELLO, SESSIONS
from conversations.notices import Refusal
from conversations.scoring.join import JOIN
from conversations.sessions.live import Sessions
from conversations.sessions.open_session import OpenSession
from files.cards import shipped_cards
from scorecard.session import Closing
from storage import tables
from storage.cards import add_cards
from storage.intake import take
from storage.people import BODY_BYTES
from storage.reply import Arrival, Question, Tap
from storage.sessions.open_session import open_session

CITIZEN = 700
POISON = ("", "{", "[1]", "null", '"text"', "5", '{"a": {"b": 1}}')


@pytest.fixture
async def store(tmp_path):
    store = new_store(tmp_path)
    yield store
    store.close()


@pytest.mark.fault(
    "a poison dialogue", "a row whose seal is broken", holds="its person is answered, and can begin anew"
)
@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("poison", [*POISON, "[{}, 5]", '[{}, {"a": {"b": 1}}]', "[[], []]"])
async def test_a_dialogue(store, poison, sealed):
    """Its person is not caught in it, sealed or not: whatever they do, they are answered, and can begin anew."""
    held = await with_session(store)
    begun = await store.run(take, Arrival(BOT, CITIZEN, JOIN(held.payload), 1))
    body = poison.encode()
    if sealed:
        key = store._keys.read(held.key)
        body = key.seal(f"dialogue\0{begun.shows.dialogue}\0{begun.shows.turn}", body, BODY_BYTES)
    await store.run(lambda unit: unit.db.execute(tables.dialogue.update().values(body=body)))
    tapped = await store.run(take, Tap(BOT, CITIZEN, begun.shows.dialogue, begun.shows.turn, "yes", Screen(CITIZEN, 5)))
    assert tapped is not None
    await store.run(take, Arrival(BOT, CITIZEN, HELLO(), 2))
    again = await store.run(take, Arrival(BOT, CITIZEN, JOIN(held.payload), 3))
    assert isinstance(again.shows, Question)


@pytest.mark.fault("a poison session", holds="the others are listed and joined")
@pytest.mark.parametrize(
    ("column", "poison"), [("location", "{"), ("location", "[]"), ("state", "odd"), ("villages", "{")]
)
async def test_a_session(store, column, poison):
    """The others of its commune are listed and joined; it is logged by its number."""
    held = await with_session(store)
    command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)
    second = await store.run(open_session, BOT, FACILITATOR, None, command)
    spoilt = tables.session.update().where(tables.session.c.id == held.session.id)
    await store.run(lambda unit: unit.db.execute(spoilt.values({column: poison})))
    with capture_logs() as logs:
        listed = await store.run(take, Arrival(BOT, FACILITATOR, SESSIONS(), 1))
    assert isinstance(listed.shows, Sessions)
    assert [session.id for session in listed.shows.open] == [second.session.id]
    assert [entry["session"] for entry in logs if entry["log_level"] == "error"] == (
        [] if column == "state" else [held.session.id]
    )
    joined = await store.run(take, Arrival(BOT, CITIZEN, JOIN(second.payload), 2))
    assert not isinstance(joined.shows, Refusal)


@pytest.mark.fault("a poison card", holds="sessions open with the one before it, and the next start makes it whole")
@pytest.mark.parametrize("poison", POISON)
async def test_a_card(store, poison):
    """Sessions open with the card before it, and it is logged; brought up to date it is whole, and used again."""
    await with_session(store)
    newer = replace(shipped_cards()[0], version="2099.1")
    await store.run(add_cards, (newer,))
    spoilt = tables.card.update().where(tables.card.c.version == "2099.1").values(body=poison)
    await store.run(lambda unit: unit.db.execute(spoilt))
    command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)
    with capture_logs() as logs:
        held = await store.run(open_session, BOT, FACILITATOR, None, command)
    assert held.session.points[0].criteria
    assert [entry["card"] for entry in logs if entry["log_level"] == "error"] == [newer.key]
    used = sa.select(tables.session_point.c.version).order_by(tables.session_point.c.session.desc()).limit(1)
    assert await store.run(lambda unit: unit.db.scalar(used)) == shipped_cards()[0].version
    await store.run(add_cards, (newer,))
    await store.run(open_session, BOT, FACILITATOR, None, command)
    assert await store.run(lambda unit: unit.db.scalar(used)) == "2099.1"
