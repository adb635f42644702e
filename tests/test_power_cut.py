"""The running bot is killed (SIGKILL) in the middle of scoring and of closing; afterwards everything counts once."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from house import TOKEN, House
from insisting import close_and_post, digests, insist, score

from sandbox import Sandbox
from sandbox.people import People, Person
from scorecard.session import State
from storage import tables
from storage.session import releases_of
from storage.store import Store, Unit, connect

CITIZENS = 16
ROOT = Path(__file__).resolve().parents[1]
RUN = "import sys; from bot.cli import main; sys.argv = ['samleng', 'run']; main()"


class Bot:
    """`samleng run` as a process of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        self._environment = {
            **os.environ,
            "SAMLENG_BOT_TOKEN": TOKEN,
            "SAMLENG_API_URL": url,
            "SAMLENG_DATABASE_URL": f"sqlite:///{folder / 'samleng.sqlite3'}",
            "SAMLENG_KEYS": str(folder / "keys"),
        }
        self._log = folder / "log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", RUN, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()


@asynccontextmanager
async def running(url: str, folder: Path) -> AsyncIterator[Bot]:
    bot = Bot(url, folder)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.kill()


async def prepared(house: House, people: People) -> tuple[Person, str, int]:
    """A facilitator, the link of an open session of one service, and the commune's group; the bot is off again."""
    facilitator = await house.facilitator(people)
    group = await house.group(people, facilitator)
    link = await house.open_session(facilitator)
    await house.stop()
    return facilitator, link, group.id


def state(unit: Unit) -> tuple[list[str], int, int]:
    """The sessions' states, and how many ballots and dialogues there are."""
    count = sa.select(sa.func.count())
    return (
        list(unit.db.scalars(sa.select(tables.session.c.state))),
        unit.db.scalar(count.select_from(tables.ballot)) or 0,
        unit.db.scalar(count.select_from(tables.dialogue)) or 0,
    )


@pytest.fixture
async def house(telegram: Sandbox, tmp_path: Path) -> House:
    house = House(telegram.url, tmp_path)
    await house.start()
    return house


async def test_power_cuts_while_people_score(house: House, people: People, tmp_path: Path) -> None:
    """Three power cuts while sixteen people score: each of them is counted, once, with the scores they gave."""
    facilitator, link, group = await prepared(house, people)
    async with running(house.settings.api_url, tmp_path) as bot:
        citizens = await people.add_many(CITIZENS)
        taps: list[str] = []
        scoring = asyncio.gather(*(score(person, link, 4 + n % 2, taps) for n, person in enumerate(citizens)))
        for cut_after in (30, 80, 130):
            while len(taps) < cut_after:
                await asyncio.sleep(0.005)
            await bot.kill()
            await bot.start()
        await asyncio.wait_for(scoring, 60)
        await close_and_post(facilitator)
        (digest,) = await digests(facilitator, group, bool)
        await digests(facilitator, group, lambda _: not list((tmp_path / "keys").iterdir()))
    assert f"Ballots: {CITIZENS}" in digest
    store = Store(connect(tmp_path / "samleng.sqlite3"), house.store._keys)
    assert await store.run(state) == ([State.CLOSED], 0, 0)
    (release,) = await store.run(releases_of, 1)
    assert release.ballots == CITIZENS
    assert {figure.median for figure in release.figures} == {4.5}
    store.close()


@pytest.mark.parametrize("pause", [0, 0.004, 0.03])
async def test_a_power_cut_while_a_session_closes(house: House, people: People, tmp_path: Path, pause: float) -> None:
    """Whenever the power fails, the session is closed once, sealed, and its digest posted once."""
    facilitator, link, group = await prepared(house, people)
    async with running(house.settings.api_url, tmp_path) as bot:
        citizens = await people.add_many(9)
        await asyncio.wait_for(asyncio.gather(*(score(person, link, 5, []) for person in citizens)), 60)
        await facilitator.say("/close")
        screen = await facilitator.changed()
        await insist(facilitator, screen.rows[1][0])
        await facilitator.tap("✅")
        await asyncio.sleep(pause)
        await bot.kill()
        await bot.start()
        await _posted(facilitator)
        (digest,) = await digests(facilitator, group, bool)
        await digests(facilitator, group, lambda _: not list((tmp_path / "keys").iterdir()))
    assert "Ballots: 9" in digest
    store = Store(connect(tmp_path / "samleng.sqlite3"), house.store._keys)
    assert await store.run(state) == ([State.CLOSED], 0, 0)
    store.close()


async def _posted(facilitator: Person) -> None:
    """Tap ✅ until the digest is on its way: the screen then leads to pictures and data, and confirms nothing."""
    while True:
        screen = await facilitator.screen()
        if screen.find("✅"):
            await insist(facilitator, "✅")
        elif any((button.data or "").startswith("e:read:") for button in screen.buttons):
            return
        else:
            await asyncio.sleep(0.1)
