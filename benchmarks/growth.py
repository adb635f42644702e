"""How costs grow: with the ballots of a session, with the sessions there are, with villages, and with posts due.

python benchmarks/growth.py            prints the curves, beside those of before: five minutes
python benchmarks/growth.py --quick    without the largest
python benchmarks/growth.py --docs     writes them into docs/performance.md, and draws them
python benchmarks/growth.py --save F   writes them to a file

Times are milliseconds of CPU: waiting for a disk or a busy machine is no part of them. Of the process for a tap,
sealing and an export; for all else the most for which one unit holds the storage thread.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

from country import (
    BOT,
    FACILITATOR,
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
from curves import Curves, table, write

from conversations.chat import Screen
from conversations.entries import SESSIONS
from conversations.scoring.score import CastBallot
from files.places import villages_of
from scorecard.place import Location
from scorecard.session import round_name
from storage.enter import enter
from storage.outbox import claim
from storage.reply import Arrival
from storage.results.closed_digests import closed_digests
from storage.results.merge_villages import merge_villages
from storage.scoring.cast_ballot import cast_ballot
from storage.sealing import doomed
from storage.sessions.close_session import close_session
from storage.store import Store
from storage.unit import Unit


async def held(store: Store, work: Callable[..., Any], *args: Any, times: int = 1) -> float:
    """The most milliseconds of CPU for which a unit of work holds the storage thread; the median of several times."""
    each = []
    for _ in range(times):
        took: list[float] = []

        def timed(unit: Unit, took: list[float] = took) -> Any:
            begun = time.thread_time()
            try:
                return work(unit, *args)
            finally:
                took.append(time.thread_time() - begun)

        await store.run(timed)
        each.append(max(took))
    return statistics.median(each) * 1e3


def sweep(unit: Unit) -> None:
    """All that is looked for twice a second."""
    for due in unit.house.due:
        due.find(unit, BOT)
    doomed(unit)
    claim(unit, BOT, "nobody")


async def taps(store: Store, payload: str, chance: random.Random) -> float:
    """The median CPU of the process for one tap."""
    citizen = Citizen(store, chance.randrange(10**9), payload)
    await citizen.arrive()
    each = []
    for _ in range(100):
        begun = time.process_time()
        await citizen.tap()
        each.append(time.process_time() - begun)
    return statistics.median(each) * 1e3


async def by_ballots(number: int, folder: Path) -> dict[str, float]:
    chance = random.Random(number)
    store = await founded(folder, Clock())
    place = next(communes()).code
    await store.run(close_session, await store.run(opened, place))  # no SQL is compiled for the first time below
    session = await store.run(opened, place)
    await store.run(ballots, session, number, chance)
    await store.run(dialogues, session.session.id, number // 2, chance)
    took = {"tap": await taps(store, session.payload, chance)}
    point = session.session.points[0]
    person = iter(range(10_000))

    def cast(unit: Unit) -> None:
        scores = {criterion.key: 4 for criterion in point.criteria}
        cast_ballot(unit, session, next(person), CastBallot(session.session.id, point.id, 1, scores, None, None))

    took["ballot"] = await held(store, cast, times=21)
    took["size"] = size(folder)
    took["close"] = await held(store, close_session, session)
    took["seal"] = await cpu(store.destroy([str(session.key)]))
    store.close()
    return took


async def by_sessions(number: int, folder: Path) -> dict[str, float]:
    chance = random.Random(number)
    store = await founded(folder, Clock())
    await store.run(closed_sessions, number, chance)
    place = next(communes()).code
    session = await store.run(opened, place)
    took = {"tap": await taps(store, session.payload, chance)}
    took["sweep"] = await held(store, sweep, times=21)
    update = iter(range(10**6))

    def ask(unit: Unit) -> None:
        enter(unit, Arrival(BOT, FACILITATOR, SESSIONS(), next(update), Screen(FACILITATOR, 7)))

    took["/sessions"] = await held(store, ask, times=5)
    await store.run(score_all, session, chance)
    took["close"] = await held(store, close_session, session)
    took["seal"] = await cpu(store.destroy([str(session.key)]))
    took["export"] = await cpu(closed_digests(store))
    took["size"] = size(folder)
    store.close()
    return took


async def by_villages(number: int, folder: Path) -> dict[str, float]:
    store = await founded(folder, Clock())
    first, last = islice(communes(VILLAGES), 2)
    await put_together(store, first, 2)  # no SQL is compiled for the first time below
    took = await put_together(store, last, number)
    store.close()
    return {"merge": took}


async def put_together(store: Store, location: Location, number: int) -> float:
    chance = random.Random(number)
    await store.run(make_facilitator, location, FACILITATOR)
    for village in villages_of(location.code)[:number]:
        session = await store.run(opened, village.code)
        await store.run(score_all, session, chance)
        await store.run(close_session, session)
    return await held(store, merge_villages, BOT, FACILITATOR, location.code, round_name(store.now()))


async def by_posts(number: int, folder: Path) -> dict[str, float]:
    store = await founded(folder, Clock())
    await store.run(posts, number, "wipe")
    took = await held(store, claim, BOT, "nobody", times=3)
    store.close()
    return {"claim": took}


async def cpu(doing: Any) -> float:
    begun = time.process_time()
    await doing
    return (time.process_time() - begun) * 1e3


def size(folder: Path) -> float:
    """Megabytes of the database and its journal."""
    return sum(path.stat().st_size for path in folder.glob("samleng.sqlite3*")) / 1e6


def measured(quick: bool) -> Curves:
    """Every curve, by name, each point by what it grows with."""
    curves: Curves = {}
    for what, (measure, numbers) in GROWING.items():
        for number in numbers[: -1 if quick else None]:
            with tempfile.TemporaryDirectory() as folder:
                took = asyncio.run(measure(number, Path(folder)))
            for name, value in took.items():
                curves.setdefault(f"{what}: {name}", {})[str(number)] = round(value, 2)
            print(f"{number} {what}", file=sys.stderr, flush=True)
    return curves


GROWING = {
    "ballots in the session": (by_ballots, (10, 100, 1_000, 10_000)),
    "closed sessions": (by_sessions, (10, 100, 1_000, 5_000)),
    "villages": (by_villages, (2, 6, 12, 24)),
    "posts due": (by_posts, (10, 100, 1_000, 5_000)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="How costs grow.")
    parser.add_argument("--quick", action="store_true", help="without the largest")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md and its pictures")
    parser.add_argument("--save", type=Path, help="a file to write them to, as JSON")
    given = parser.parse_args()
    curves = measured(given.quick)
    print("\n".join(table(curves)))
    if given.docs:
        write(curves)
    if given.save:
        given.save.write_text(json.dumps(curves, indent=1) + "\n")


if __name__ == "__main__":
    main()
