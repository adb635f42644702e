"""The main job, played before your eyes: stand-in, bot and simulated people, on a database of their own."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot.demo_people import (
    COMMUNE,
    Citizens,
    accept_invitation,
    close_session,
    link_group,
    open_session,
    score,
)
from bot.demo_proof import expected_digest
from bot.invite import invite_facilitator
from bot.open_store import open_store
from bot.run import serve
from bot.settings import Settings
from bot.trouble import Trouble
from sandbox import Sandbox
from sandbox.people import NothingChangedError, People
from storage.store import Store

TOKEN = "1000001:" + "demo" * 8 + "abc"
THINKING_SECONDS = 0.3


class NotSeenError(Exception):
    """A step of the demo did not happen as it should."""


def demo(*, headless: bool, citizens: int, seed: int, port: int, fast: bool) -> int:
    """Play the whole path; 0 only if every step was seen to have worked. `headless`: there is no page yet."""
    del headless
    return asyncio.run(_demo(citizens, seed, port, THINKING_SECONDS if not fast else 0))


async def _demo(citizens: int, seed: int, port: int, think: float) -> int:
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="samleng-demo-") as folder:
        try:
            sandbox = Sandbox(port)
            await sandbox.start()
        except OSError as fault:
            raise Trouble(f"port {port}: it can't be used ({fault.strerror}). Name another with --port.") from None
        try:
            settings = Settings(
                bot_token=SecretStr(TOKEN),
                database_url=f"sqlite:///{Path(folder) / 'demo.sqlite3'}",
                keys=Path(folder) / "keys",
                api_url=sandbox.url,
            )
            store, stop = await open_store(settings), asyncio.Event()
            serving = asyncio.create_task(serve(settings, store, "all", stop))
            try:
                async with People(sandbox.url) as people:
                    await _play(console, settings, store, people, Citizens(citizens, Random(seed), think))
            finally:
                stop.set()
                await serving
                store.close()
        except (NotSeenError, NothingChangedError) as fault:
            console.print(f"[red]✖[/] {escape(str(fault))}")
            return 1
        finally:
            await sandbox.stop()
    console.print("Every step was seen to work.")
    return 0


async def _play(console: Console, settings: Settings, store: Store, people: People, citizens: Citizens) -> None:
    with _step(console, "a facilitator is invited and accepts"):
        link = await invite_facilitator(settings, (COMMUNE,), "Demo")
        facilitator = await accept_invitation(people, link)
    with _step(console, "the commune's group is linked"):
        group = await link_group(people, facilitator)
    with _step(console, "a session of three services is opened"):
        link = await open_session(facilitator)
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("people score", total=citizens.count)
        played = await score(people, link, citizens, lambda: progress.advance(bar))
    for what, count in played.seen().items():
        with _step(console, f"{count} {what}"):
            _see(count > 0 or citizens.count < len(played.seen()), f"nobody of those who {what} was seen")
    with _step(console, f"{played.ballots} ballots are sent"):
        _see(not played.errors, "; ".join(played.errors))
    with _step(console, "the session is closed and the digest posted"):
        digest = await close_session(facilitator, group)
    with _step(console, "the digest is what the door makes of these people's scores"):
        expected = await expected_digest(store, played)
        _see(digest.text == expected, f"the group received another digest:\n{digest.text}\n\nexpected:\n{expected}")
        _see(digest.pinned, "the digest was not pinned")
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
