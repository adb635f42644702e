"""Whether anything freezes the chat: how long taps take while something large goes on beside them.

python benchmarks/freeze.py                5,000 closed sessions, every scenario: six minutes
python benchmarks/freeze.py --sessions N   so many
python benchmarks/freeze.py NAME …         these scenarios alone

The store, the units of work, the courier's sweeps, drawing and sending run as they are in one process; what stands for
Telegram answers each call after a while. Taps are made forty a second, whether earlier ones were answered or not.
"""

import argparse
import asyncio
import contextlib
import gc
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import uvloop

sys.path.append(str(Path(__file__).resolve().parents[1]))

from country import (
    BOT,
    CITIZENS,
    FACILITATOR,
    OTHER,
    VILLAGES,
    Citizen,
    Clock,
    ballots,
    closed_sessions,
    communes,
    dialogues,
    founded,
    make_facilitator,
    opened,
    posts,
    score_all,
)

from bot.drawing.drawer import Drawer
from bot.drawing.rooms import DRAWS
from bot.logs import set_up_logs
from bot.telegram.call import Params
from bot.telegram.courier import Courier, close, deliver_due, tidy
from bot.telegram.pictures import Pictures
from conversations.entries import SESSIONS
from files.places import villages_of
from scorecard.session import Closing, round_name
from storage import tables
from storage.intake import take
from storage.people import hours
from storage.reply import Arrival
from storage.store import Store
from storage.unit import Unit

AIM = 0.250
"""Seconds: what 99 of 100 taps may take at most."""

PEOPLE = 200
A_SECOND = 40
LEAST = 10.0
"""Seconds for which taps are watched."""

IDLE = 60.0
"""Seconds for which nothing is done but sweeping; one of the sweeps is the minutely one."""

ROUND_TRIP = 0.05
"""Seconds that a call to Telegram takes."""

HOUSE = Path(__file__).resolve().parents[1]
_S = tables.session.c


@dataclass
class Bench:
    """What the scenarios work on."""

    store: Store
    clock: Clock
    courier: Courier
    folder: Path
    chance: random.Random
    updates: Iterator[int] = field(default_factory=lambda: count(700_000))

    def an_hour_later(self) -> None:
        """All sessions that are open for an hour are over."""
        self.clock.ahead += timedelta(hours=1, minutes=1)

    async def until(self, left: sa.Select[Any]) -> None:
        """Until nothing is left."""
        while await self.store.run(lambda unit: unit.db.scalar(left)):  # noqa: ASYNC110 - as it is seen from outside
            await asyncio.sleep(0.2)


async def answered(_: str, __: Params) -> Any:
    """What stands for Telegram."""
    await asyncio.sleep(ROUND_TRIP)
    return {"message_id": 5, "photo": [{"file_id": "file"}]}


# Each scenario makes ready, yields, and then has what it is about happen


async def nothing(_: Bench) -> AsyncIterator[None]:
    """Nothing besides."""
    yield
    await asyncio.sleep(LEAST)


async def closing(bench: Bench) -> AsyncIterator[None]:
    """A session of 10,000 ballots closes, with 5,000 people in the middle of it."""
    held = await bench.store.run(opened, next(communes()).code, Closing.ONE_HOUR)
    for first in range(0, 10_000, 500):
        await bench.store.run(ballots, held, 500, bench.chance)
        if first < 5_000:  # noqa: PLR2004
            await bench.store.run(dialogues, held.session.id, 500, bench.chance, first=CITIZENS + first)
    yield
    bench.an_hour_later()
    await bench.until(sa.select(sa.func.count()).where(_S.id == held.session.id, ~_S.sealed))


async def many(bench: Bench) -> AsyncIterator[None]:
    """300 sessions of 24 people come due at once."""
    sessions = []
    for location in islice(communes(), 300):
        await bench.store.run(make_facilitator, location, OTHER)
        session = await bench.store.run(opened, location.code, Closing.ONE_HOUR)
        sessions.append(session.session.id)
        await bench.store.run(score_all, session, bench.chance)
    yield
    bench.an_hour_later()
    await bench.until(sa.select(sa.func.count()).where(_S.id.in_(sessions), ~_S.sealed))


async def villages(bench: Bench) -> AsyncIterator[None]:
    """24 villages close, and are put together."""
    location = next(communes(VILLAGES))
    await bench.store.run(make_facilitator, location, OTHER)
    known = villages_of(location.code)
    for village in known[:VILLAGES]:
        session = await bench.store.run(opened, village.code, Closing.ONE_HOUR)
        await bench.store.run(score_all, session, bench.chance)
    others = tables.place.c.code.in_([village.code for village in known[VILLAGES:]])
    await bench.store.run(lambda unit: unit.db.execute(tables.place.delete().where(others)))
    yield
    bench.an_hour_later()
    here = (_S.place == location.code) & _S.villages.is_not(None) & (_S.round == round_name(bench.store.now()))
    await bench.until(sa.select(sa.func.count(_S.id) == 0).where(here))


async def due(bench: Bench) -> AsyncIterator[None]:
    """5,000 posts are due."""
    for first in range(CITIZENS, CITIZENS + 5_000, 500):
        await bench.store.run(posts, 500, "wipe", first=first, replaces=5, detail="ended")
    yield
    await asyncio.sleep(15)


async def export(bench: Bench) -> AsyncIterator[None]:
    """A national export runs beside, as a process of its own."""
    yield
    command = ("-c", "from bot.cli import main; main()", "export", "--output", bench.folder / "all.csv")
    process = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=HOUSE, stdout=-3)
    assert await process.wait() == 0


async def lists(bench: Bench) -> AsyncIterator[None]:
    """A hundred /sessions at once, five times, by a facilitator of ten communes."""
    yield
    for _ in range(5):
        asks = (Arrival(BOT, FACILITATOR, SESSIONS(), next(bench.updates)) for _ in range(100))
        await asyncio.gather(*(bench.store.run(take, ask) for ask in asks))
        await asyncio.sleep(2)


async def erasing(bench: Bench) -> AsyncIterator[None]:
    """What is old is erased: 5,000 silent dialogues, 100,000 updates, the small counts of all sessions."""
    silent = 2 * CITIZENS
    for first in range(silent, silent + 5_000, 500):
        await bench.store.run(dialogues, None, 500, bench.chance, first=first)
    long_silent = tables.dialogue.update().where(tables.dialogue.c.person >= silent).values(seen_on=1)
    await bench.store.run(lambda unit: unit.db.execute(long_silent))

    def updates(unit: Unit, first: int) -> None:
        old = hours(unit.now) - 72
        rows = [{"bot": BOT, "update_id": n, "seen_on": old} for n in range(first, first + 5_000)]
        unit.db.execute(tables.seen_update.insert(), rows)

    for first in range(10**8, 10**8 + 100_000, 5_000):
        await bench.store.run(updates, first)
    closed = tables.session.update().where(_S.state == "closed", _S.villages.is_(None))
    long_ago = bench.store.now() - timedelta(days=31)
    await bench.store.run(lambda unit: unit.db.execute(closed.values(closed_at=long_ago)))
    yield
    await tidy(bench.courier)


SCENARIOS = {one.__name__: one for one in (nothing, closing, many, villages, due, export, lists, erasing)}


async def watched(citizens: list[Citizen], doing: Awaitable[Any]) -> tuple[list[float], float]:
    """How long taps take, from when they are made, while something is done; and how long that takes."""
    waits: list[float] = []
    made_so_far: set[asyncio.Task[None]] = set()
    in_order = [asyncio.Lock() for _ in citizens]

    async def tap(which: int, made: float) -> None:
        async with in_order[which]:
            await citizens[which].tap()
            waits.append(time.perf_counter() - made)

    async def go_on() -> None:
        begun = time.perf_counter()
        for number in count():
            made = begun + number / A_SECOND
            await asyncio.sleep(max(0.0, made - time.perf_counter()))
            made_so_far.add(asyncio.create_task(tap(number % len(citizens), made)))

    begun = time.perf_counter()
    going = asyncio.create_task(go_on())
    await doing
    took = time.perf_counter() - begun
    await asyncio.sleep(max(0.0, LEAST - took))
    await ended(going)
    await asyncio.gather(*made_so_far)
    return waits, took


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def sweep(courier: Courier) -> None:
    """As the courier's jobs do: each again so long after it began."""

    async def again(work: Callable[[Courier], Awaitable[None]], every: float) -> None:
        while True:
            begun = time.perf_counter()
            await work(courier)
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - begun)))

    await asyncio.gather(again(close, 0.5), again(deliver_due, 0.5), again(tidy, 60))


async def measure(names: list[str], sessions: int, folder: Path) -> None:
    """Print a line for each scenario."""
    clock, chance = Clock(), random.Random(sessions)
    store = await founded(folder, clock)
    await store.run(closed_sessions, sessions, chance)
    await store.scour()
    courier = Courier(answered, BOT, store, Drawer("b", "1288", DRAWS), Pictures(store, BOT), "courier", None)
    gc.freeze()
    sweeping = asyncio.create_task(sweep(courier))
    await asyncio.sleep(LEAST)
    begun, cpu = time.perf_counter(), time.process_time()
    await asyncio.sleep(IDLE)
    idle = (time.process_time() - cpu) / (time.perf_counter() - begun)
    print(f"idle       {idle:7.2%} of a core, with {sessions} closed sessions", flush=True)
    session = await store.run(opened, next(communes()).code)
    citizens = [Citizen(store, person, session.payload) for person in range(1, PEOPLE + 1)]
    for citizen in citizens:
        await citizen.arrive()
    bench = Bench(store, clock, courier, folder, chance)
    for name in names:
        scenario = SCENARIOS[name](bench)
        await anext(scenario)
        waits, took = await watched(citizens, anext(scenario, None))
        cuts = [1e3 * cut for cut in statistics.quantiles(waits, n=100)]
        told = f"p50 {cuts[49]:6.0f}  p99 {cuts[98]:6.0f}  most {1e3 * max(waits):6.0f} ms"
        verdict = "" if cuts[98] <= 1e3 * AIM else "  TOO LONG"
        print(f"{name:10} {took:7.1f} s {len(waits):6} taps  {told}{verdict}", flush=True)
    await ended(sweeping)
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Whether anything freezes the chat.")
    parser.add_argument("names", nargs="*", help=f"which scenarios: {', '.join(SCENARIOS)}")
    parser.add_argument("--sessions", type=int, default=5_000, help="how many closed ones there are (5,000)")
    given = parser.parse_args()
    set_up_logs(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        uvloop.run(measure(given.names or list(SCENARIOS), given.sessions, Path(folder)))


if __name__ == "__main__":
    main()
