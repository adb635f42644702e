"""What a picture costs: the time to draw one, how long the event loop is held meanwhile, and memory in the long run.

python benchmarks/poster.py            a thousand pictures: two or three minutes
python benchmarks/poster.py --quick    two hundred
"""

import argparse
import asyncio
import os
import platform
import sys
import time
from collections.abc import Awaitable, Iterator
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median, quantiles

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "digests"))

from made_digests import made_digest

from digests.poster import Picture, draw, overview, print_pages, service, wall
from digests.typeset import Paper
from scorecard.card import Service

WARM = 40
TICK = 0.001
MOST_MS = 150
MOST_HELD_MS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description="What a picture costs.")
    parser.add_argument("--quick", action="store_true", help="two hundred pictures instead of a thousand")
    many = 200 if parser.parse_args().quick else 1000
    cores = len(os.sched_getaffinity(0))
    print(f"Python {platform.python_version()}, typst {version('typst')}; {cores} cores, {platform.machine()}\n")
    seeds = count()
    first = timed(pictures(seeds, "km").__next__())
    print(f"{'the first picture of a process':44}{first * 1e3:8.0f} ms")
    report_time(seeds)
    asyncio.run(report_held(seeds))
    report_memory(seeds, many)


def pictures(seeds: Iterator[int], language: str, *, whole: bool = False) -> Iterator[Picture]:
    """Pictures without end, of one service or of a `whole` session; no two alike, so that none is remembered."""
    for seed in seeds:
        name = (f"អង្គរ {seed}", f"Angkor {seed}")
        services = tuple(Service) if whole else (Service.HEALTH_CENTRE,)
        digest = made_digest(services=services, name=name, seed=seed)
        yield overview(digest, language)[0] if whole else service(digest, 1, language)[0]


def timed(picture: Picture) -> float:
    before = time.perf_counter()
    draw(picture)
    return time.perf_counter() - before


def report_time(seeds: Iterator[int]) -> None:
    """One after another, each for the first time."""
    medians = []
    for whole, name in ((False, "a service"), (True, "an overview of three")):
        for language in ("km", "en"):
            stream = pictures(seeds, language, whole=whole)
            times = [timed(next(stream)) for _ in range(WARM)]
            medians.append(median(times))
            text = f"{name}, {language}: median, 95th of 100"
            print(f"{text:44}{medians[-1] * 1e3:8.0f} ms{quantiles(times, n=20)[18] * 1e3:8.0f} ms")
    before = time.perf_counter()
    print_pages(wall(made_digest(seed=next(seeds)), "km"), Paper.A4)
    print(f"{'four pages of A4':44}{(time.perf_counter() - before) * 1e3:8.0f} ms")
    print(f"\nA picture may take {MOST_MS} ms: {yes(max(medians) * 1e3 <= MOST_MS)}\n")


async def report_held(seeds: Iterator[int]) -> None:
    """While nothing is drawn, for comparison; then while pictures are drawn in threads, as many as want to be."""
    stream = pictures(seeds, "km")
    wanted = [next(stream) for _ in range(WARM)]
    before = time.perf_counter()
    held = await lateness(asyncio.gather(*(asyncio.to_thread(draw, picture) for picture in wanted)))
    took = time.perf_counter() - before
    idle = await lateness(asyncio.sleep(took))
    print(f"{'drawn in threads, each':44}{took / WARM * 1e3:8.0f} ms")
    for late, name in ((held, "the event loop is late meanwhile: median, most"), (idle, "while nothing is drawn")):
        print(f"{name:48}{median(late) * 1e3:6.1f} ms{max(late) * 1e3:6.1f} ms")
    print(f"\nIt may be held for {MOST_HELD_MS} ms: {yes(max(held) * 1e3 <= MOST_HELD_MS)}\n")


async def lateness(work: Awaitable[object]) -> list[float]:
    """How late a task comes that wants to run every millisecond, as long as the work lasts."""
    late: list[float] = []

    async def tick() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            late.append(time.perf_counter() - before - TICK)

    ticking = asyncio.create_task(tick())
    await work
    ticking.cancel()
    return late


def report_memory(seeds: Iterator[int], many: int) -> None:
    """What the process holds after so many pictures, no two alike."""
    stream = pictures(seeds, "km")
    for drawn in range(1, many + 1):
        draw(next(stream))
        if drawn % (many // 10) == 0:
            print(f"{f'memory after {drawn} more':44}{resident():8.0f} MB")


def resident() -> float:
    """Megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def yes(holds: bool) -> str:
    return "yes" if holds else "NO"


if __name__ == "__main__":
    main()
