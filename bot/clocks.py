"""Two clocks: ours, and that of Telegram's servers. What can't be taken back waits until both have passed its time."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import structlog

from bot.settings import Settings

log = structlog.get_logger("samleng")

APART = timedelta(seconds=60)
"""Clocks that differ by no more than this agree."""

LOOKED_EVERY = 1.0
ASKED_AGAIN_AFTER = 5.0
TIMEOUT = 10.0

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


async def telegram_clock(settings: Settings, elapsed: Callable[[], float] = time.monotonic) -> "TelegramClock":
    """Telegram's clock, heard once where it can be; `elapsed` as it takes it."""
    clock = TelegramClock(settings, elapsed)
    await clock.ask()
    return clock


class TelegramClock:
    """The time by Telegram's servers: as they last said it, and so much later as has passed since.

    elapsed: seconds, on a clock that nobody sets. It stands still while the machine sleeps, and then Telegram is asked
    anew.
    """

    def __init__(self, settings: Settings, elapsed: Callable[[], float]) -> None:
        self._url = settings.api_url
        self._elapsed = elapsed
        self._heard: tuple[datetime, float] | None = None
        self._silent = False

    def sure(self, now: datetime) -> datetime:
        """The moment that has passed for sure when our clock says `now`: the earlier one where the clocks disagree.

        Before Telegram was heard no time has passed for sure; where its server says no time, ours alone counts.
        """
        if self._silent:
            return now
        theirs = self._now()
        if theirs is None:
            return _NEVER
        return now if abs(now - theirs) <= APART else min(now, theirs)

    def apart(self, now: datetime) -> timedelta:
        """How far our clock is ahead of Telegram's; nothing where they agree or nobody knows."""
        theirs = self._now()
        ahead = timedelta() if theirs is None else now - theirs
        return ahead if abs(ahead) > APART else timedelta()

    async def ask(self) -> None:
        """Ask Telegram's server what time it is. Where it can't be reached, what is known stays."""
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT) as client:
                said = (await client.head(self._url)).headers.get("Date")
        except httpx.HTTPError:
            return
        try:
            self._heard, self._silent = (parsedate_to_datetime(said).astimezone(UTC), self._elapsed()), False
        except (TypeError, ValueError):
            self._silent = self._heard is None

    async def watch(self, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
        """Until told to stop: where the clocks disagree Telegram is asked anew; what comes of that is logged."""
        doubted = False
        while not stop.is_set():
            apart = self.apart(clock())
            if apart or (self._heard is None and not self._silent):
                await self.ask()
                apart = self.apart(clock())
            if bool(apart) != doubted:
                doubted = bool(apart)
                _tell(apart)
            pause = ASKED_AGAIN_AFTER if doubted else LOOKED_EVERY
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await stop.wait()

    def _now(self) -> datetime | None:
        if self._heard is None:
            return None
        said, at = self._heard
        return said + timedelta(seconds=self._elapsed() - at)


def _tell(apart: timedelta) -> None:
    if apart:
        log.error(
            "this machine's clock and Telegram's disagree: nothing is closed or erased before both have passed its "
            "time. Set the clock (timedatectl set-ntp true)",
            ahead_seconds=round(apart.total_seconds()),
        )
    else:
        log.info("the clocks agree again")
