"""Two processes on one database at the same moment: what both do is done once, and nobody's ballot is lost between."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, ballot, new_store, with_session
from world import OF_TWO, closed

from conversations.chat import Screen
from conversations.groups.link_group import JustLinked, LinkGroup
from conversations.refusals import SESSION_OVER
from conversations.scoring.join import JOIN
from conversations.sessions.open_session import OpenSession
from files.places import villages_of
from scorecard.payload import payload_hash
from scorecard.session import Closing
from scorecard.tally import LEAST_KEPT
from storage import outbox, tables
from storage.enter import enter
from storage.groups.link_group import carry_link, group_waiting
from storage.outbox import claim
from storage.people import Person, meet
from storage.reply import Arrival, Question, Tap
from storage.results.counts import kept
from storage.results.merge_villages import merge_villages
from storage.results.post_digest import WAY_TO_POST
from storage.room import Doing, Done
from storage.scoring.ballots import ballot as ballots
from storage.scoring.cast_ballot import carry_cast
from storage.session import Held, by_id
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.take_answer import take_answer
from storage.unit import Unit

ROUNDS = 12
VOTERS = 8

Two = tuple[Store, Store]


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    """Two stores, as a receptionist and a courier have them."""
    stores = new_store(tmp_path), new_store(tmp_path)
    yield stores
    for store in stores:
        store.close()


@pytest.fixture
async def held(two: Two) -> Held:
    """A session in which people score."""
    return await with_session(two[0])


async def both(two: Two, work: Callable[..., Any], *args: Any) -> list[Any]:
    """What the same unit of work answers on each, both at once."""
    return await asyncio.gather(*(store.run(work, *args) for store in two))


def vote(unit: Unit, session: int, person: int) -> bool:
    """Whether somebody's ballot is accepted."""
    held = by_id(unit, session)
    assert held is not None
    doing = Doing(Person(BOT, person, "km", None), None, held)
    return carry_cast(unit, doing, ballot(held, 0, 1 + person % 5)) != SESSION_OVER


def close(unit: Unit, session: int) -> bool:
    held = by_id(unit, session)
    assert held is not None
    return close_session(unit, held)


def counted(unit: Unit, session: int) -> tuple[int, int]:
    """How many ballots were counted when a session was closed, and how many are left."""
    held = by_id(unit, session)
    assert held is not None
    point = held.session.points[0]
    left = sa.select(sa.func.count()).where(ballots.c.session == session)
    asked = tuple(criterion.key for criterion in point.criteria)
    return kept(unit, point.id, {session: asked})[0].ballots, unit.db.scalar(left) or 0


@pytest.mark.fault("two processes", holds="a ballot while it closes is counted once, or refused")
async def test_a_ballot_while_it_closes_is_counted_or_refused(two: Two, held: Held) -> None:
    """Each that was accepted is counted, and none is left behind; closed twice at once, it is closed once."""
    points = tuple(point.id for point in held.session.points)
    command = OpenSession(villages_of(COMMUNE)[0].code, points, (), Closing.ONE_HOUR)
    for _ in range(ROUNDS):
        session = (await two[0].run(open_session, BOT, FACILITATOR, None, command)).session.id
        for person in range(LEAST_KEPT):
            assert await two[0].run(vote, session, 100 + person)
        *votes, last = await asyncio.gather(
            *(two[n % 2].run(vote, session, n) for n in range(VOTERS)),
            both(two, close, session),
        )
        assert sorted(last) == [False, True]
        assert await two[0].run(counted, session) == (LEAST_KEPT + sum(votes), 0)


async def test_a_newcomer_who_comes_twice_is_met_once(two: Two, held: Held) -> None:
    """Both are answered with the same question, of one dialogue."""
    for person in range(ROUNDS):
        shown = await both(two, enter, Arrival(BOT, person, JOIN(held.payload), update_id=person))
        known = (await two[0].run(meet, BOT, person)).dialogue
        assert known is not None
        assert {reply.shows.dialogue for reply in shown} == {known.id}


@pytest.mark.fault("two processes", holds="a turn is taken once")
async def test_a_turn_that_is_tapped_twice_is_taken_once(two: Two, held: Held) -> None:
    """Both are shown the next question, once."""
    shown = await two[0].run(enter, Arrival(BOT, 1, JOIN(held.payload), update_id=1))
    for value in ("yes", "ca", "hc", "ok", *"44444"):
        question = shown.shows
        assert isinstance(question, Question)
        tap = Tap(BOT, 1, question.dialogue, question.turn, value, Screen(1, 5))
        shown, other = await both(two, take_answer, tap)
        assert shown.shows == other.shows
        assert shown.shows.turn == question.turn + 1


def wait_for_commune(unit: Unit, number: int) -> None:
    row = {
        "hash": payload_hash(f"g-{number}"),
        "bot": BOT,
        "chat": -number,
        "kind": "group",
        "title": "",
        "person": FACILITATOR,
    }
    row |= {"expires_at": unit.now + timedelta(hours=1)}
    unit.db.execute(group_waiting.insert().values(**row))


@pytest.mark.usefixtures("held")
async def test_a_group_is_linked_once(two: Two) -> None:
    """The other facilitator hears that it is not waiting any more, and the group is told once."""
    doing = Doing(Person(BOT, FACILITATOR, "km", None), None, None)
    for number in range(1, ROUNDS):
        await two[0].run(wait_for_commune, number)
        done = await both(two, carry_link, doing, LinkGroup(f"g-{number}", COMMUNE))
        assert [isinstance(one, Done) and isinstance(one.shows, JustLinked) for one in done].count(True) == 1


def merged(unit: Unit) -> list[int]:
    """The sessions that were put together, oldest first."""
    s = tables.session.c
    return list(unit.db.scalars(sa.select(s.id).where(s.villages.is_not(None)).order_by(s.id)))


async def test_villages_are_put_together_once(two: Two, held: Held) -> None:
    """Each time a village has been added; both facilitators see the same."""
    await two[0].run(close, held.session.id)
    places = [village.code for village in villages_of(COMMUNE)]
    await closed(two[0], places[0])
    for number, place in enumerate(places[1:4], start=1):
        await closed(two[0], place)
        first, second = await asyncio.gather(
            *(
                store.run(merge_villages, BOT, person, COMMUNE, "2026")
                for store, person in zip(two, (FACILITATOR, OF_TWO), strict=True)
            )
        )
        assert first.session.id == second.session.id
        assert len(await two[0].run(merged)) == number


@pytest.mark.fault("two processes", holds="a post is sent by one")
async def test_a_post_is_claimed_once(two: Two, held: Held) -> None:
    """Two couriers share what waits, and no chat has a message from both."""
    for number in range(ROUNDS):
        chats = range(100 * number + 1, 100 * number + 20)
        await two[0].run(put, held, chats)
        first, second = await asyncio.gather(*(store.run(claim, BOT, f"courier {n}") for n, store in enumerate(two)))
        assert sorted(post.chat for post in (*first, *second)) == list(chats)


def put(unit: Unit, held: Held, chats: range) -> None:
    for chat in chats:
        outbox.put(unit, bot=BOT, chat=chat, kind=WAY_TO_POST, subject=held.subject)
