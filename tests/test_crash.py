"""The bot is killed (SIGKILL) again and again while people score: what each saw to be sent is counted once."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from house import House
from insisting import ask_to_close, digests, post
from killed import CLAIMED, Bot
from servers import Server
from voters import Voter, drawn
from waiting import CEILING, soon

from sandbox import Sandbox
from sandbox.people import People
from scorecard.ballot import Ballot
from scorecard.disclosure import release
from scorecard.session import State
from scorecard.tally import count
from storage import tables
from storage.database import connect
from storage.results.digests import releases_of
from storage.scoring.ballots import ballot, find_ballots, owner_of
from storage.session import by_id
from storage.store import Store
from storage.unit import Unit

SEED = int(os.environ.get("SAMLENG_CRASH_SEED", "12"))
AT_ONCE = 10
"""People who score at the same time: the others come when these are done, so that ballots are cast all the time."""

REPLIES = ["sendMessage", "editMessageText", "answerCallbackQuery"]
CALLS = [*REPLIES, "getUpdates"]
FAULTS = {
    "too_many": {"methods": CALLS, "chance": 0.02, "seconds": 1},
    "server_error": {"methods": CALLS, "chance": 0.02, "code": 502},
    "lost_request": {"methods": CALLS, "chance": 0.02},
    "lost_reply": {"methods": CALLS, "chance": 0.02},
    "reset": {"methods": CALLS, "chance": 0.02},
    "delay": {"methods": REPLIES, "chance": 0.01, "seconds": 3},
    "duplicate_update": {"chance": 1},
    "late_update": {"chance": 0.05},
}


class Cuts:
    """Kills a bot at moments that chance draws: half of them soon after a tap, whichever of all taps that is; half of
    them as soon as somebody has seen that their scores are sent, and puts the phone away.
    """

    def __init__(self, bot: Bot, kills: int, voters: Sequence[Voter], chance: Random) -> None:
        self._bot = bot
        self._chance = chance
        self._partings = set(chance.sample(range(1, len(voters) + 1), kills // 2))
        self._taps = set(chance.sample(range(1, sum(voter.taps for voter in voters) + 1), kills - kills // 2))
        self._tapped: set[str] = set()
        self._parted = 0
        self._one_at_a_time = asyncio.Lock()
        self.number = 0

    async def all_score(self, voters: Sequence[Voter], link: str) -> None:
        """Let everybody score; ends when the last of them is done and the bot is up again."""
        at_once = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as cuts:

            def tapped(button: str) -> None:
                if button not in self._tapped:
                    self._tapped.add(button)
                    if len(self._tapped) in self._taps:
                        cuts.create_task(self._cut(self._chance.uniform(0, 0.2)))

            async def one(voter: Voter) -> None:
                async with at_once:
                    await voter.score(link, tapped)
                    self._parted += 1
                    if self._parted in self._partings:
                        await self._cut(0)

            await asyncio.gather(*map(one, voters))

    async def _cut(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        async with self._one_at_a_time:
            await self._bot.fail()
            self.number += 1


@pytest.fixture(params=["sqlite", "postgresql"])
async def house(telegram: Sandbox, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """A bot on each database."""
    server: Server | None = request.getfixturevalue("server") if request.param == "postgresql" else None
    async with House(telegram.url, tmp_path, database=server.url(tmp_path) if server else "") as house:
        yield house
    if server is not None:
        server.drop()


@pytest.mark.fault(
    "kill -9",
    "429 in one chat",
    "5xx",
    "a hang",
    "a lost request",
    "a lost answer",
    "a doubled update",
    "updates out of order",
    holds="what somebody saw to be sent is counted once, at closing too",
)
@pytest.mark.parametrize(
    ("kills", "number"),
    [
        pytest.param(10, 14, id=f"10 kills, seed {SEED}"),
        pytest.param(200, 100, id=f"200 kills, seed {SEED}", marks=pytest.mark.deep),
    ],
)
async def test_what_was_seen_to_be_sent_is_counted_once(
    house: House, people: People, tmp_path: Path, kills: int, number: int
) -> None:
    """Kills while people score and correct, all of Telegram's faults on and each update doubled; then at closing.

    No ballot that somebody saw to be sent is lost or another, none is counted twice, and there is one digest.
    """
    chance = Random(SEED)
    facilitator = await house.facilitator(people)
    group = await house.group(people, facilitator)
    link = await house.open_session(facilitator)
    (point,) = (await house.store.run(by_id, 1)).session.points
    criteria = tuple(criterion.key for criterion in point.criteria)
    await house.stop()
    voters = [drawn(person, criteria, chance) for person in await people.add_many(number)]
    for kind, about in FAULTS.items():
        await people.fault(kind, seed=chance.randrange(2**32), **about)
    async with Bot(house.settings, tmp_path / "log") as bot:
        cuts = Cuts(bot, kills, voters, chance)
        async with asyncio.timeout(CEILING + kills * CEILING / 10):
            await cuts.all_score(voters, link)
        assert cuts.number == kills
        store = Store(connect(house.settings.database_url), house.store._keys, house.store.house)
        kept, there = await store.read(ballots_kept, voters)
        lost = [voter for voter in voters if kept.get(voter.person.id) != voter.sent]
        assert (len(lost), there - number) == (0, 0), ("lost, doubled", lost)
        await people.no_fault()
        await ask_to_close(facilitator)
        await facilitator.tap("✅")
        for moment in (lambda: True, lambda: closed(store), lambda: sealed(house)):
            await soon(moment)
            await bot.fail(CLAIMED)
        digest = await post(facilitator, group.id)
        await soon(lambda: sealed(house))
    assert await digests(facilitator, group.id) == [digest]
    assert f"People who scored: {number}" in digest
    sent = [replace(voter.sent, phone=str(voter.person.id).encode()) for voter in voters if voter.sent is not None]
    assert await store.read(releases_of, 1) == (release(count(1, point.id, criteria, sent)),)
    assert await store.read(left) == (0, 0)
    store.close()


def ballots_kept(unit: Unit, voters: Sequence[Voter]) -> tuple[dict[int, Ballot], int]:
    """Each person's ballot, without the mark of the phone, and how many ballots there are, whoever's."""
    held = by_id(unit, 1)
    assert held is not None
    (point,) = held.session.points
    marks = {owner_of(unit, held, point.id, voter.person.id, 1): voter.person.id for voter in voters}
    found = find_ballots(unit, held, marks)
    there = unit.db.scalar(sa.select(sa.func.count()).select_from(ballot)) or 0
    return {marks[mark]: replace(given, phone=None) for mark, (_, given) in found.items()}, there


def left(unit: Unit) -> tuple[int, int]:
    """How many ballots and dialogues there are."""
    of_ballots, of_dialogues = (sa.select(sa.func.count()).select_from(table) for table in (ballot, tables.dialogue))
    return unit.db.scalar(of_ballots) or 0, unit.db.scalar(of_dialogues) or 0


async def closed(store: Store) -> bool:
    """Whether the session is closed, whatever else is done by then."""
    return await store.read(lambda unit: unit.db.scalar(sa.select(tables.session.c.state)) == State.CLOSED)


def sealed(house: House) -> bool:
    """Whether the session's key is destroyed."""
    return not list(house.settings.keys.glob("*.key"))
