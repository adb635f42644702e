"""What a tap costs: CPU of the bot's process for each durable tap, beside a bare bot and a framework's own way.

python benchmarks/tap.py            five runs of each, in turns: two or three minutes
python benchmarks/tap.py --quick    one run of each
"""

import argparse
import asyncio
import gc
import json
import os
import platform
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

import uvloop
from crowd import FACES, Crowd, Seen
from screen import FILE

from sandbox import Sandbox

HERE = Path(__file__).resolve().parent
BOT_ID = 12345
TOKEN = f"{BOT_ID}:{'a' * 35}"
PEOPLE = 200
TAPS = 20
RUNS = 5
MOST = 1.5
"""How many times a bare bot's CPU a durable tap may take."""

CORES = sorted(os.sched_getaffinity(0))
BOT_CORE, LOAD_CORE = CORES[0], CORES[-1]

SAMLENG = "bot_samleng.py"
BARE = "bot_bare.py"
FSM = "bot_fsm.py"
BOTS = {
    SAMLENG: "Samleng: a dialogue, each tap on the disk",
    BARE: "bare aiogram: the same two calls, nothing kept",
    FSM: "aiogram's FSM on SQLite, each tap on the disk",
}


@dataclass(frozen=True)
class Run:
    """One run of one bot. `cpu`: seconds of its process; `errors`: calls that the stand-in refused."""

    cpu: float
    seen: Seen
    errors: int

    @property
    def tap(self) -> float:
        """Microseconds of CPU for each tap."""
        return self.cpu / len(self.seen.waits) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description="What a tap costs.")
    parser.add_argument("--quick", action="store_true", help="one run of each bot")
    times = 1 if parser.parse_args().quick else RUNS
    os.sched_setaffinity(0, {LOAD_CORE})
    gc.freeze()
    runs: dict[str, list[Run]] = {bot: [] for bot in BOTS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(times):
            for bot, mine in runs.items():
                mine.append(uvloop.run(measure(bot, Path(tempfile.mkdtemp(dir=folder)))))
                print(f"run {number + 1} of {times}  {bot:16}{mine[-1].tap:6.0f} µs of CPU a tap", file=sys.stderr)
    report(runs)


async def measure(bot: str, folder: Path) -> Run:
    """Start a bot in an empty folder, let everybody arrive, and measure their taps."""
    async with Sandbox(limits=False) as sandbox, started(bot, sandbox.url, folder) as (process, payload):
        crowd = Crowd(sandbox, BOT_ID, PEOPLE)
        await crowd.arrive(payload)
        if bot == SAMLENG:
            (folder.parent / FILE).write_text(question(sandbox))
        errors, cpu = sandbox.calls.errors.total(), cpu_seconds(process)
        seen = await crowd.tap(TAPS)
        return Run(cpu_seconds(process) - cpu, seen, sandbox.calls.errors.total() - errors)


@asynccontextmanager
async def started(bot: str, url: str, folder: Path) -> AsyncIterator[tuple[int, str]]:
    """A bot's process on a core of its own: its id, and the payload of the link that people open."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, HERE / bot, url, TOKEN, folder),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(HERE.parent)},
    )
    try:
        os.sched_setaffinity(process.pid, {BOT_CORE})
        assert process.stdout is not None
        yield process.pid, (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


def question(sandbox: Sandbox) -> str:
    """The last question with faces that Samleng drew, as it was sent: the bare bots show the same."""
    for call in reversed(sandbox.calls.since(0)):
        if call.method == "editMessageText":
            markup = call.parameters["reply_markup"]
            keyboard = json.loads(markup) if isinstance(markup, str) else markup
            if len(keyboard["inline_keyboard"][0]) == FACES:
                return json.dumps({"text": call.parameters["text"], "reply_markup": keyboard})
    raise LookupError("no question with faces was drawn")


def cpu_seconds(process: int) -> float:
    """User and system time of a process, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(runs: dict[str, list[Run]]) -> None:
    """A row for each bot; what is beside the bare bot compares runs of the same turn."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("aiogram", "sqlalchemy", "uvloop"))
    print(f"\nPython {platform.python_version()}, {libraries}; cores {BOT_CORE} (bot) and {LOAD_CORE} (load)")
    print(f"{PEOPLE} people, {TAPS} taps each, median of {len(runs[BARE])} runs\n")
    print(f"{'':48}{'beside bare':>12}{'µs CPU/tap':>12}{'taps/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'errors':>8}")
    for bot, mine in runs.items():
        ratio = median(run.tap / bare.tap for run, bare in zip(mine, runs[BARE], strict=True))
        cuts = [quantiles(run.seen.waits, n=20) for run in mine]
        print(
            f"{BOTS[bot]:48}{ratio:>12.2f}{median(run.tap for run in mine):>12.0f}"
            f"{median(len(run.seen.waits) / run.seen.wall for run in mine):>8.0f}"
            f"{median(cut[9] for cut in cuts) * 1e3:>8.0f}{median(cut[18] for cut in cuts) * 1e3:>8.0f}"
            f"{sum(run.errors for run in mine):>8}"
        )
    ratio = median(run.tap / bare.tap for run, bare in zip(runs[SAMLENG], runs[BARE], strict=True))
    print(f"\nA durable tap may take {MOST} times a bare one's CPU: {'yes' if ratio <= MOST else 'NO'}, {ratio:.2f}.")


if __name__ == "__main__":
    main()
