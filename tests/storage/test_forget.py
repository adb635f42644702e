"""A person, or a whole session, is forgotten: looked for in every table afterwards."""

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, Clock, ballot, cast, new_store, with_session

from conversations.arrival.forget_me import FORGET_ME, FORGOTTEN, Forgotten
from conversations.chat import Screen
from conversations.entries import OPEN
from conversations.notices import Refusal
from conversations.scoring.join import JOIN
from conversations.sessions.live import STILL_OPEN
from conversations.sessions.open_session import OpenSession
from scorecard.session import Closing
from storage import tables
from storage.arrival.forget_me import forget
from storage.intake import take
from storage.outbox import NOBODY, delivered, put
from storage.reply import Arrival, Question
from storage.results.counts import counts
from storage.results.digests import release
from storage.results.merge_villages import merge_villages
from storage.results.post_digest import DIGEST
from storage.scoring.ballots import ballot as ballots
from storage.scoring.forget_session import forget_session
from storage.sealing import doomed
from storage.session import by_id
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session

RITHY, OTHER = 700_007, 800_008


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


def named(unit, person):
    """The tables and columns in which a person's number stands."""
    found = []
    for table in tables.metadata.sorted_tables:
        for column in table.c:
            text = sa.cast(column, sa.String) if not isinstance(column.type, sa.LargeBinary) else None
            if text is not None and unit.db.scalar(sa.select(text).where(text.contains(str(person))).limit(1)):
                found.append(f"{table.name}.{column.name}")
    return found


def come(store, person, entry, update):
    return store.run(take, Arrival(BOT, person, entry, update, Screen(person, 9)))


async def test_a_citizen(store):
    """Their ballots in what is open, on every seat, what they had begun, and that they are known; nobody else's."""
    held = await with_session(store)
    begun = await come(store, RITHY, JOIN(held.payload), 1)
    assert isinstance(begun.shows, Question)
    for person, seats in ((RITHY, (1, 2)), (OTHER, (1,))):
        for seat in seats:
            await cast(store, held, person, ballot(held, 0, 4, seat))
    assert await store.run(named, RITHY)
    assert (await come(store, RITHY, FORGET_ME(), 2)).shows == Forgotten()
    assert set(await store.run(named, RITHY)) <= {"post.chat", "post.dedup"}, "but for what wipes their screen"
    assert await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots))) == 1
    assert (await come(store, RITHY, FORGET_ME(), 2)).shows == Forgotten(), "brought again"
    assert (await come(store, RITHY, FORGOTTEN(), 3)).shows == Forgotten()
    assert not {"person.id", "dialogue.person"} & set(await store.run(named, RITHY))


async def test_who_was_forgotten_may_score_again(store):
    """They are a new person: what they send then counts once."""
    held = await with_session(store)
    await cast(store, held, RITHY, ballot(held, 0, 1))
    await store.run(forget, BOT, RITHY)
    await cast(store, held, RITHY, ballot(held, 0, 5))
    assert await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots))) == 1


async def test_a_facilitator(store):
    """Not while a scoring of theirs is open; then their role goes too, and no closed session names them."""
    held = await with_session(store)
    await come(store, FACILITATOR, OPEN(), 1)
    refused = await come(store, FACILITATOR, FORGET_ME(), 2)
    assert refused.shows == Refusal(STILL_OPEN)
    assert await store.run(lambda unit: unit.db.scalar(sa.select(tables.role.c.person))) == FACILITATOR
    await store.run(close_session, held)
    await come(store, FACILITATOR, FORGET_ME(), 3)
    assert await store.run(lambda unit: unit.db.scalar(sa.select(tables.role.c.person))) is None
    assert await store.run(lambda unit: unit.db.scalar(sa.select(tables.session.c.opened_by))) == NOBODY
    assert not await store.run(lambda unit: put(unit, bot=BOT, chat=NOBODY, kind=DIGEST))


async def test_an_open_session(store):
    """What was sent is erased, its key is destroyed, and its facilitator is told."""
    held = await with_session(store)
    await cast(store, held, RITHY, ballot(held, 0, 4))
    await come(store, OTHER, JOIN(held.payload), 1)
    await store.run(forget_session, held)
    assert held.key in await store.run(doomed)
    assert await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots))) == 0
    assert await store.run(lambda unit: unit.db.scalar(sa.select(tables.dialogue.c.id))) is None
    kinds = set(await store.run(lambda unit: unit.db.scalars(sa.select(tables.post.c.kind)).all()))
    assert kinds == {"cancelled", "wipe", "remove"} & kinds
    assert "cancelled" in kinds


async def test_a_closed_session(store):
    """What came out of it goes, with what its village was put together with, and what stands of it in groups."""
    first = await with_session(store)
    command = OpenSession(f"{COMMUNE}01", (1,), (), Closing.ONE_HOUR)
    village = await store.run(open_session, BOT, FACILITATOR, None, command)
    for held in (first, village):
        for person in range(9):
            await cast(store, held, 9000 + person, ballot(held, 0, 4))
        await store.run(close_session, await store.run(lambda unit, id_=held.session.id: by_id(unit, id_)))
    merged = await store.run(merge_villages, BOT, FACILITATOR, COMMUNE, first.session.round)
    closed = await store.run(lambda unit: by_id(unit, village.session.id))
    await store.run(lambda unit: _posted(unit, closed))
    forgotten = await store.run(forget_session, closed)
    left = await store.run(lambda unit: unit.db.scalars(sa.select(release.c.session).distinct()).all())
    assert closed.session.id in forgotten
    assert not set(forgotten) & set(left)
    if not isinstance(merged, str):
        assert merged.session.id in forgotten
    assert await store.run(lambda unit: unit.db.scalar(sa.select(counts.c.session))) in {None, first.session.id}
    states = dict(
        await store.run(lambda unit: unit.db.execute(sa.select(tables.session.c.id, tables.session.c.state)).all())
    )
    assert states[closed.session.id] == "cancelled"
    assert states[first.session.id] == "closed"
    apart = await store.run(lambda unit: unit.db.scalars(sa.select(tables.session.c.apart)).all())
    assert all(apart)
    removed = sa.select(tables.post.c.chat, tables.post.c.replaces).where(tables.post.c.kind == "remove")
    assert (-5, 77) in [tuple(row) for row in await store.run(lambda unit: unit.db.execute(removed).all())]


def _posted(unit, held):
    from storage.outbox import claim

    put(unit, bot=BOT, chat=-5, kind=DIGEST, subject=held.subject)
    for post in claim(unit, BOT, "w", most=100):
        if post.chat == -5:
            delivered(unit, post, 77)
