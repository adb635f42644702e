"""What an export of many sessions costs: the time it takes in each format, and the most memory.

python benchmarks/export.py                a thousand sessions of three services: two or three minutes
python benchmarks/export.py --sessions N   so many
"""

import argparse
import asyncio
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).resolve().parents[1]))

from bot.database import engine_of
from bot.office.export import export_digests
from bot.open_store import open_store
from bot.settings import read_settings
from conversations.scoring.about_you import NoteGroups
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from digests.export import Format
from files.places import SOURCE, find_location
from scorecard.ballot import Age, Gender, Groups
from scorecard.card import Service
from scorecard.payload import payload_hash
from scorecard.place import Location, NewPoint
from scorecard.session import Closing
from storage.house import House
from storage.keys import Keys
from storage.results.closed_digests import closed_digests
from storage.roles.invitations import accept_invitation, invite
from storage.rooms import ROOMS
from storage.scoring.cast_ballot import cast_ballot, note_groups
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.unit import Unit

SESSIONS = 1000
PEOPLE = 24
RUNS = 3
BOT, FACILITATOR = 1000, 50
ROUNDS = tuple(datetime(year, 11, 24, 2, tzinfo=UTC) for year in (2025, 2026))
MOODS = ((1, 2, 10, 30, 57), (5, 20, 50, 20, 5), (60, 25, 10, 4, 1))
"""How likely each score is, from content to angry."""

READING = "reading alone"


@dataclass(frozen=True)
class Run:
    """What one export took: seconds, the most megabytes of its process, and megabytes of its file."""

    seconds: float
    memory: float
    size: float


def main() -> None:
    parser = argparse.ArgumentParser(description="What an export of many sessions costs.")
    parser.add_argument("--sessions", type=int, default=SESSIONS, metavar="N", help=f"how many ({SESSIONS})")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(run(given.one))))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ |= {"SAMLENG_DATABASE_URL": f"sqlite:///{folder}/samleng.sqlite3", "SAMLENG_KEYS": f"{folder}/keys"}
        asyncio.run(make_sessions(given.sessions))
        turns = [{what: in_a_process(what) for what in (READING, *Format)} for _ in range(RUNS)]
    report(given.sessions, turns)


async def make_sessions(number: int) -> None:
    """So many closed sessions of three services, half of them a year before the others, in the same communes."""
    chance = random.Random(number)
    for now, many in zip(ROUNDS, (number // 2, number - number // 2), strict=True):
        store = await open_store(read_settings(token=False), clock=lambda now=now: now)
        for location in islice(communes(), many):
            await store.run(make_session, location, chance)
        store.close()


def communes() -> Iterator[Location]:
    codes = (f"{code:06}" for code in range(10000, 260000))
    return (location for code in codes if (location := find_location(code)) is not None)


def make_session(unit: Unit, location: Location, chance: random.Random) -> None:
    """Open a session, have people score all its services and tell their groups, and close it."""
    code = location.commune.code
    places = (location.province, location.district, location.commune)
    accept_invitation(unit, BOT, FACILITATOR, payload_hash(invite(unit, BOT, (code,), places, SOURCE, None)))
    services = (Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL)
    new = tuple(NewPoint(code, service, location.commune.km, location.commune.en) for service in services)
    office = NewPoint(code, Service.COMMUNE_OFFICE, "", "")
    found = open_session(unit, BOT, FACILITATOR, None, OpenSession(code, (), (office, *new), Closing.ONE_HOUR))
    for person in range(PEOPLE):
        for point in found.session.points:
            keys = [criterion.key for criterion in point.criteria]
            scores = {key: chance.choices((1, 2, 3, 4, 5), MOODS[i % len(MOODS)])[0] for i, key in enumerate(keys)}
            ballot = CastBallot(found.session.id, point.id, 1, scores, chance.choice(keys), None)
            cast_ballot(unit, found, person, ballot)
        groups = Groups(chance.choice((Gender.WOMAN, Gender.MAN)), chance.choice(tuple(Age)))
        note_groups(unit, found, person, NoteGroups(found.session.id, 1, groups))
    close_session(unit, found)


def in_a_process(what: str) -> Run:
    """One export in a process of its own, so that nothing is warm and its memory is nobody else's."""
    done = subprocess.run([sys.executable, __file__, "--one", what], check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def run(what: str) -> Run:
    """Read everything; or export it as `samleng export` does."""
    settings, file = read_settings(token=False), Path(f"export-{os.getpid()}")
    before = time.perf_counter()
    if what == READING:
        asyncio.run(read())
    else:
        export_digests(settings, format_=what, output=file)
    seconds = time.perf_counter() - before
    size = file.stat().st_size / 1e6 if file.exists() else 0
    return Run(seconds, most_memory(), size)


def most_memory() -> float:
    """The most megabytes that this process had in memory; what getrusage tells begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


async def read() -> None:
    settings = read_settings(token=False)
    store = Store(engine_of(settings), Keys(settings.keys), House(ROOMS))
    await closed_digests(store)
    store.close()


def report(sessions: int, turns: list[dict[str, Run]]) -> None:
    """A row for each format; what is beside the table (CSV) compares runs of the same turn."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("sqlalchemy", "xlsxwriter"))
    print(
        f"Python {platform.python_version()}, {libraries}; {len(os.sched_getaffinity(0))} cores, {platform.machine()}"
    )
    print(
        f"{sessions} sessions of 3 services, {PEOPLE} people each; a process for each export; median of {RUNS} runs\n"
    )
    print(f"{'':20}{'beside csv':>12}{'s':>8}{'MB memory':>12}{'MB file':>10}")
    for what in turns[0]:
        mine = [turn[what] for turn in turns]
        ratio = median(turn[what].seconds / turn[Format.CSV].seconds for turn in turns)
        seconds, memory = median(one.seconds for one in mine), median(one.memory for one in mine)
        print(f"{what:20}{ratio:>12.2f}{seconds:>8.1f}{memory:>12.0f}{mine[0].size:>10.1f}")


if __name__ == "__main__":
    main()
