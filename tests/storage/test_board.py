"""The planning board: each session of the round once, where it stands, and none of other communes."""

import io
from datetime import timedelta

import openpyxl
import pytest
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, group, new_store, with_session

from conversations.sessions.board import NOTHING_ON_BOARD
from conversations.sessions.open_session import OpenSession, PlanSession
from digests.board import board_file
from files.places import find_location
from scorecard.board import Standing, standing
from scorecard.session import Closing, Session, State
from storage import tables
from storage.groups.link_group import link
from storage.people import Person
from storage.proceed import carry_out
from storage.results.post_digest import DIGEST
from storage.sessions.board import board, on_board
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session

DOER = Person(BOT, FACILITATOR, "en", None)
OPENING = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)


@pytest.fixture
async def store(tmp_path, database):  # noqa: ARG001 - one on each
    store = new_store(tmp_path, Clock())
    yield store
    store.close()


async def standings(store):
    return [one.standing for one in await store.run(on_board, BOT, (COMMUNE,))]


async def test_from_planned_to_posted(store):
    """Each session stands there once; what its group has is posted, what it should have by now is late."""
    held = await with_session(store)
    await store.run(link, BOT, group(-1), COMMUNE)
    await store.run(carry_out, DOER, PlanSession(OPENING, MORNING + timedelta(days=3)), None)
    other = await store.run(open_session, BOT, FACILITATOR, None, OPENING)
    assert await standings(store) == [Standing.OPEN, Standing.OPEN, Standing.PLANNED]
    shown = await store.run(board, DOER, 0)
    assert (shown.held, shown.of) == (2, 3)
    await store.run(close_session, held)
    await store.run(close_session, other)
    store._clock.now = MORNING + timedelta(hours=26)
    p = tables.post.c
    sent = tables.post.update().where(p.kind == DIGEST, p.subject_id == held.session.id).values(state="sent")
    await store.run(lambda unit: unit.db.execute(sent))
    assert sorted(await standings(store)) == [Standing.LATE, Standing.PLANNED, Standing.POSTED]


async def test_nothing_of_others(store):
    """Who has no commune has no board."""
    await with_session(store)
    assert await store.run(board, Person(BOT, 99, "en", None), 0) == NOTHING_ON_BOARD
    assert await store.run(board, DOER, 7) == NOTHING_ON_BOARD


@pytest.mark.parametrize("language", ["km", "en"])
async def test_as_a_workbook(store, language):
    """A line for each, as a reader that nobody here wrote finds it: no name is taken for a formula."""
    await with_session(store)
    sessions = await store.run(on_board, BOT, (COMMUNE,))
    hostile = [type(one)(one.session, one.standing, "=1+1") for one in sessions]
    sheet = openpyxl.load_workbook(io.BytesIO(board_file(hostile, language))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + len(sessions)
    assert (rows[1][0], rows[1][-1]) == (COMMUNE, "=1+1")
    assert sheet.cell(2, len(rows[1])).data_type == "s"


def test_a_plan_that_waits_is_late():
    """An hour after its time; and no digest is late that has no group to go to, or whose day is to come."""
    planned = Session(1, find_location(COMMUNE), (), "2026", State.PLANNED, "", MORNING, opens_at=MORNING)
    how = {"posted": False, "grouped": False}
    assert standing(planned, None, now=MORNING + timedelta(hours=1), **how) is Standing.PLANNED
    assert standing(planned, None, now=MORNING + timedelta(hours=1, seconds=1), **how) is Standing.LATE
    closed = Session(1, find_location(COMMUNE), (), "2026", State.CLOSED, "", MORNING)
    assert standing(closed, MORNING, now=MORNING + timedelta(days=9), **how) is Standing.CLOSED
