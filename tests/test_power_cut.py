"""The running bot is killed (SIGKILL) in the middle of scoring and of closing; afterwards everything counts once."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from house import House
from insisting import all_score, ask_to_close, digests, post
from killed import Bot
from waiting import soon

from sandbox.people import People
from scorecard.session import State
from storage import tables
from storage.database import connect
from storage.results.digests import releases_of
from storage.scoring.ballots import ballot
from storage.store import Store
from storage.unit import Unit

CITIZENS = 10
CUT_AFTER = (20, 50, 80)
"""Taps of all citizens together; each of them needs a dozen at least."""


def state(unit: Unit) -> tuple[list[str], int, int]:
    """The sessions' states, and how many ballots and dialogues there are."""
    count = sa.select(sa.func.count())
    return (
        list(unit.db.scalars(sa.select(tables.session.c.state))),
        unit.db.scalar(count.select_from(ballot)) or 0,
        unit.db.scalar(count.select_from(tables.dialogue)) or 0,
    )


def at_once(_: Path) -> bool:
    return True


def closed(folder: Path) -> bool:
    """Whether the session is closed, whatever else is done by then."""
    with closing(sqlite3.connect(f"file:{folder / 'samleng.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute("SELECT state FROM session").fetchall() == [(State.CLOSED,)]


def sealed(folder: Path) -> bool:
    """Whether the session's key is destroyed."""
    return not list((folder / "keys").iterdir())


@pytest.mark.parametrize("moment", [at_once, closed, sealed])
async def test_power_cuts(house: House, people: People, tmp_path: Path, moment: Callable[[Path], bool]) -> None:
    """Three power cuts while people score, one when a tap has closed: each is counted once, with what they gave.

    The session is closed once, sealed, and its digest posted once.
    """
    facilitator = await house.facilitator(people)
    group = await house.group(people, facilitator)
    link = await house.open_session(facilitator)
    await house.stop()
    async with Bot(house.settings, tmp_path / "log") as bot:
        taps: list[str] = []
        scoring = asyncio.create_task(all_score(await people.add_many(CITIZENS), link, taps))
        for cut_after in CUT_AFTER:
            await soon(lambda after=cut_after: len(taps) >= after)
            await bot.fail()
        await scoring
        await ask_to_close(facilitator)
        await facilitator.tap("✅")
        await soon(lambda: moment(tmp_path))
        await bot.fail()
        digest = await post(facilitator, group.id)
        await soon(lambda: sealed(tmp_path))
    assert await digests(facilitator, group.id) == [digest]
    assert f"Ballots: {CITIZENS}" in digest
    store = Store(connect(house.settings.database_url), house.store._keys, house.store.house)
    assert await store.run(state) == ([State.CLOSED], 0, 0)
    (release,) = await store.run(releases_of, 1)
    assert release.ballots == CITIZENS
    assert {figure.median for figure in release.figures} == {4.5}
    store.close()
