"""The main job, played before your eyes: stand-in, bot and simulated people, on a database of their own."""

import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot.clocks import telegram_clock
from bot.demo.opinions import score_a_year_ago
from bot.demo.people import (
    COMMUNE,
    NAMES,
    Citizens,
    accept_invitation,
    close_session,
    link_group,
    new_cast,
    open_session,
    plan_session,
    practise,
    score,
)
from bot.demo.proof import expected_digest
from bot.office.invite import invite_somebody
from bot.open_store import open_store
from bot.run import serve
from bot.settings import Settings
from bot.trouble import Trouble
from digests.poster import draw
from sandbox import Sandbox
from sandbox.people import NothingChangedError, People
from sandbox.world import World
from scorecard.card import SCALE
from storage.store import Store

TOKEN = "1000001:" + "demo" * 8 + "abc"
THINKING_SECONDS = 0.3


class NotSeenError(Exception):
    """A step of the demo did not happen as it should."""


def demo(*, headless: bool, citizens: int, seed: int, port: int, fast: bool) -> int:
    """Show the page until Ctrl-C; `headless`: play the whole path, 0 only if every step was seen to have worked."""
    console = Console(highlight=False)
    if headless:
        people = Citizens(citizens, Random(seed), 0 if fast else THINKING_SECONDS)
        return asyncio.run(_headless(console, port, people))
    return asyncio.run(_on_a_page(console, port))


async def _headless(console: Console, port: int, citizens: Citizens) -> int:
    try:
        async with stage(port) as here:
            await _play(console, here, citizens)
    except (NotSeenError, NothingChangedError) as fault:
        console.print(f"[red]✖[/] {escape(str(fault))}")
        return 1
    console.print("Every step was seen to work.")
    return 0


async def _on_a_page(console: Console, port: int) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with stage(port) as here:

        async def cast() -> dict[str, Any]:
            return await new_cast(here.people, await invite_somebody(here.settings, (COMMUNE,), "Demo"))

        first = await cast()
        await score_a_year_ago(here.settings, COMMUNE, NAMES)
        here.world.casting = cast
        await here.people.cast(**first)
        url = here.settings.api_url
        console.print(f"Three phones on one page: [bold]{url}[/]\nCtrl-C ends it; nothing is kept.")
        if sys.platform in {"darwin", "win32"} or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
            await asyncio.to_thread(webbrowser.open, url)
        await stop.wait()
    return 0


@dataclass(frozen=True)
class Stage:
    """Stand-in, bot and people, on a database that goes with them."""

    settings: Settings
    store: Store
    people: People
    world: World


@asynccontextmanager
async def stage(port: int) -> AsyncIterator[Stage]:
    """Everything running; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="samleng-demo-") as folder:
        sandbox = Sandbox(port)
        try:
            await sandbox.start()
        except OSError as fault:
            raise Trouble(f"port {port}: it can't be used ({fault.strerror}). Name another with --port.") from None
        settings = Settings(
            bot_token=SecretStr(TOKEN),
            database_url=f"sqlite:///{Path(folder) / 'demo.sqlite3'}",
            keys=Path(folder) / "keys",
            api_url=sandbox.url,
        )
        theirs, stop = await telegram_clock(settings), asyncio.Event()
        store = await open_store(settings, sure=theirs.sure)
        serving = asyncio.create_task(serve(settings, store, "all", stop, theirs))
        try:
            async with People(sandbox.url) as people:
                yield Stage(settings, store, people, sandbox.world)
        finally:
            stop.set()
            await serving
            store.close()
            await sandbox.stop()


async def _play(console: Console, here: Stage, citizens: Citizens) -> None:
    with _step(console, "a facilitator is invited and accepts"):
        link = await invite_somebody(here.settings, (COMMUNE,), "Demo")
        facilitator = await accept_invitation(here.people, link)
    with _step(console, "the same services were scored a year ago"):
        await score_a_year_ago(here.settings, COMMUNE, NAMES)
    with _step(console, "the commune's group is linked"):
        group = await link_group(here.people, facilitator)
    with _step(console, "the facilitator practises a whole meeting"):
        _see(await practise(facilitator) > len(SCALE), "the practice was over too soon")
    with _step(console, "a session of three services is planned for the next day"):
        await plan_session(facilitator)
    with _step(console, "it is opened before its time"):
        link = await open_session(facilitator)
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("people score", total=citizens.count)
        played = await score(here.people, link, citizens, lambda: progress.advance(bar))
    for what, count in played.seen().items():
        with _step(console, f"{count} {what}"):
            _see(count > 0 or citizens.count < len(played.seen()), f"nobody of those who {what} was seen")
    with _step(console, f"{played.ballots} ballots are sent"):
        _see(not played.errors, "; ".join(played.errors))
    with _step(console, "the session is closed and the digest posted"):
        digest = await close_session(facilitator, group)
    with _step(console, "the digest is what the door makes of these people's scores"):
        caption, picture = await expected_digest(here.store, played)
        _see(digest.text == caption, f"the group received another digest:\n{digest.text}\n\nexpected:\n{caption}")
        _see(digest.pinned, "the digest was not pinned")
    with _step(console, "its picture is drawn from the same figures"):
        received = await here.people.file(digest)
        _see(received == await asyncio.to_thread(draw, picture), "the group received another picture")
    console.rule("what the group received")
    console.print(escape(digest.text))
    console.rule()


@contextmanager
def _step(console: Console, what: str) -> Iterator[None]:
    try:
        yield
    except NothingChangedError as fault:
        raise NotSeenError(f"{what}: {fault}") from None
    console.print(f"[green]✓[/] {what}")


def _see(happened: bool, otherwise: str) -> None:
    if not happened:
        raise NotSeenError(otherwise)
