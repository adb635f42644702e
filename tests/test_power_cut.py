"""The running bot is killed (SIGKILL) in the middle of scoring and of closing; afterwards everything counts once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from house import House
from insisting import all_score, ask_to_close, digests, post
from killed import Bot
from servers import Server
from waiting import soon

from sandbox import Sandbox
from sandbox.people import People
from scorecard.session import State
from storage import tables
from storage.database import connect, own
from storage.results.digests import releases_of
from storage.scoring.ballots import ballot
from storage.store import Store
from storage.unit import Unit

CITIZENS = 10
CUT_AFTER = {"sqlite": (20, 50, 80), "postgresql": range(10, 100, 10)}
"""Taps of all citizens together; each of them needs a dozen at least."""


@pytest.fixture
async def house(telegram: Sandbox, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """A bot on the database that the test names."""
    server: Server | None = request.getfixturevalue("server") if request.param == "postgresql" else None
    async with House(telegram.url, tmp_path, database=server.url(tmp_path) if server else "") as house:
        yield house
    if server is not None:
        server.drop()


def state(unit: Unit) -> tuple[list[str], int, int]:
    """The sessions' states, and how many ballots and dialogues there are."""
    count = sa.select(sa.func.count())
    return (
        list(unit.db.scalars(sa.select(tables.session.c.state))),
        unit.db.scalar(count.select_from(ballot)) or 0,
        unit.db.scalar(count.select_from(tables.dialogue)) or 0,
    )


def at_once(_: House) -> bool:
    return True


def closed(house: House) -> bool:
    """Whether the session is closed, whatever else is done by then."""
    writing = connect(house.settings.database_url)
    reading = own(writing.dialect).connect_to_read(writing.url)
    with reading.connect() as connection:
        states = connection.scalars(sa.select(tables.session.c.state)).all()
    reading.dispose()
    return states == [State.CLOSED]


def sealed(house: House) -> bool:
    """Whether the session's key is destroyed."""
    return not list(house.settings.keys.glob("*.key"))


@pytest.mark.parametrize(
    ("house", "moment"),
    [*product(["sqlite"], [at_once, closed, sealed]), ("postgresql", closed)],
    indirect=["house"],
)
async def test_power_cuts(
    house: House, people: People, tmp_path: Path, moment: Callable[[House], bool], request: pytest.FixtureRequest
) -> None:
    """Power cuts while people score, and one when a tap has closed: each is counted once, with what they gave.

    Four on SQLite and ten on PostgreSQL. The session is closed once, sealed, and its digest posted once.
    """
    facilitator = await house.facilitator(people)
    group = await house.group(people, facilitator)
    link = await house.open_session(facilitator)
    await house.stop()
    async with Bot(house.settings, tmp_path / "log") as bot:
        taps: list[str] = []
        scoring = asyncio.create_task(all_score(await people.add_many(CITIZENS), link, taps))
        for cut_after in CUT_AFTER[request.node.callspec.params["house"]]:
            await soon(lambda after=cut_after: len(taps) >= after)
            await bot.fail()
        await scoring
        await ask_to_close(facilitator)
        await facilitator.tap("✅")
        await soon(lambda: moment(house))
        await bot.fail()
        digest = await post(facilitator, group.id)
        await soon(lambda: sealed(house))
    assert await digests(facilitator, group.id) == [digest]
    assert f"Ballots: {CITIZENS}" in digest
    store = Store(connect(house.settings.database_url), house.store._keys, house.store.house)
    assert await store.run(state) == ([State.CLOSED], 0, 0)
    (release,) = await store.run(releases_of, 1)
    assert release.ballots == CITIZENS
    assert {figure.median for figure in release.figures} == {4.5}
    store.close()
