"""The list of sessions: page after page each stands there once, and what is found is of one's communes alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, new_store, with_session

from conversations.refusals import FACILITATORS_ONLY
from conversations.sessions.find_sessions import NOTHING_FOUND, FindSessions
from conversations.sessions.open_session import OpenSession
from scorecard.session import Closing, State
from storage import tables
from storage.people import Person
from storage.proceed import carry_out
from storage.sessions.list_sessions import PAGE, list_sessions
from storage.sessions.open_session import put_session

DOER = Person(BOT, FACILITATOR, "en", None)
NUMBER = 2 * PAGE + 3


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    await with_session(store)
    yield store
    store.close()


async def closed(store, number):
    """So many closed sessions, by their ids."""
    command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)
    ids = [(await store.run(put_session, BOT, FACILITATOR, command, MORNING)).session.id for _ in range(number)]
    over = {"state": State.CLOSED, "closed_at": MORNING}
    await store.run(lambda unit: unit.db.execute(tables.session.update().where(_S.id.in_(ids)).values(**over)))
    return ids


_S = tables.session.c


def _one(id_):
    return tables.session.update().where(_S.id == id_)


async def test_page_after_page(store):
    """Newest first, each once; what is open stands on the first page alone."""
    ids = await closed(store, NUMBER)
    pages = [await store.run(list_sessions, DOER, page) for page in range(3)]
    assert [session.id for page in pages for session in page.closed] == sorted(ids, reverse=True)
    assert [page.more for page in pages] == [True, True, False]
    assert [len(page.open) for page in pages] == [1, 0, 0]
    assert await store.run(list_sessions, DOER, 9) is None or not (await store.run(list_sessions, DOER, 9)).closed


async def test_what_goes_on_fills_pages_too(store):
    """Open ones, then planned ones, the next first, then closed ones: however many, each stands on one page."""
    ids = await closed(store, NUMBER)
    to_open, to_plan = ids[:PAGE], ids[PAGE : 2 * PAGE]
    going = {"state": State.OPEN, "closed_at": None}
    await store.run(lambda unit: unit.db.execute(tables.session.update().where(_S.id.in_(to_open)).values(**going)))
    for day, id_ in enumerate(reversed(to_plan)):
        plan = {"state": State.PLANNED, "closed_at": None, "opens_at": MORNING + timedelta(days=day)}
        await store.run(lambda unit, one, plan: unit.db.execute(one.values(**plan)), _one(id_), plan)
    pages = [await store.run(list_sessions, DOER, page) for page in range(3)]
    listed = [session.id for page in pages for session in (*page.open, *page.planned, *page.closed)]
    assert listed[1:] == [*to_open, *reversed(to_plan), *reversed(ids[2 * PAGE :])]
    assert [page.more for page in pages] == [True, True, False]


async def test_somebody_of_more_than_a_thousand_communes(store):
    """Finds as others do: SQLite takes no condition as long as that."""
    codes = [f"99{number:04}" for number in range(1100)]
    named = {"km": "x", "en": "x", "kind": "", "source": ""}
    role = {"bot": BOT, "person": FACILITATOR, "role": "facilitator"}
    await store.run(lambda unit: unit.db.execute(tables.place.insert(), [{**named, "code": c} for c in codes]))
    await store.run(lambda unit: unit.db.execute(tables.role.insert(), [{**role, "commune": c} for c in codes]))
    assert (await store.run(carry_out, DOER, FindSessions("sampov"), None)).shows.sessions


@pytest.mark.parametrize("text", ["sampov lun", "SAMPOV", "សំពៅលូន", "២០២៦", "2026"])
async def test_however_it_is_spelled(store, text):
    """By place or year, in any letters and figures: open, planned and closed ones; none that was cancelled."""
    ids = await closed(store, 3)
    gone = {"state": State.CANCELLED}
    await store.run(lambda unit: unit.db.execute(tables.session.update().where(_S.id == ids[0]).values(**gone)))
    done = await store.run(carry_out, DOER, FindSessions(text), None)
    there = await store.run(lambda unit: unit.db.scalars(sa.select(_S.id).where(_S.state != State.CANCELLED)).all())
    assert {session.id for session in done.shows.sessions} == set(there)


async def test_nothing_is_found_elsewhere(store):
    """Another name, and another person."""
    assert await store.run(carry_out, DOER, FindSessions("Norea"), None) == NOTHING_FOUND
    nobody = Person(BOT, 99, "en", None)
    assert await store.run(carry_out, nobody, FindSessions("2026"), None) == FACILITATORS_ONLY
