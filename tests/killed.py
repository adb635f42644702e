"""A bot in a process of its own, that can be killed (SIGKILL) at any moment and started again."""

import asyncio
import sys
import time
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Self

import certificates  # noqa: F401 - read once in each process
import httpx
import sqlalchemy as sa
from forked import forked

import bot.run
from bot.open_store import open_store
from bot.settings import Settings
from bot.telegram import receptionist
from storage.store import utc_now

CLAIMED = timedelta(seconds=21)
"""A post that was on its way when the power failed is tried again after 20 seconds."""

_COMMIT_SECONDS = 0.05
"""A commit takes as long as on a memory card: it is under way at many a moment."""


class Bot:
    """`samleng run`, on a slow disk, with a clock that can be set forward at a start, so that nothing is waited for."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings = settings
        self._log = log
        self._ahead = timedelta()
        self._process: ForkServerProcess

    async def start(self) -> None:
        await asyncio.to_thread(self._tell_time)
        self._process = await forked(_run, self._settings, self._ahead, self._log)

    def _tell_time(self) -> None:
        """The stand-in goes by the same clock."""
        clock = f"{self._settings.api_url}/_sandbox/clock"
        ahead = self._ahead.total_seconds() - httpx.get(clock).raise_for_status().json()["ahead"]
        httpx.post(clock, json={"ahead": ahead}).raise_for_status()

    async def kill(self) -> None:
        self._process.kill()
        await asyncio.to_thread(self._process.join)

    async def fail(self, ahead: timedelta = timedelta()) -> None:
        """A power cut, and the power is back so much later."""
        await self.kill()
        self._ahead += ahead
        await self.start()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()


def _run(settings: Settings, ahead: timedelta, log: Path) -> None:
    with log.open("a", encoding="utf-8") as sys.stdout, sys.stdout as sys.stderr:
        bot.run.open_store = partial(open_store, clock=lambda: utc_now() + ahead)
        receptionist.PAUSE_SECONDS = 0.2
        sa.event.listen(sa.Engine, "commit", lambda _: time.sleep(_COMMIT_SECONDS))
        bot.run.run(settings, "all")
