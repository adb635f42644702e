"""The stand-in's time: that of the machine, or of a test, and so many seconds ahead of it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress


class Clock:
    """Gives seconds since 1970 when called."""

    def __init__(self, base: Callable[[], float] = time.time) -> None:
        self._base = base
        self._moved: asyncio.Event | None = None
        self.ahead = 0.0

    def __call__(self) -> float:
        return self._base() + self.ahead

    def move(self, seconds: float) -> None:
        """Set forward; who sleeps longer than that goes on sleeping, the others wake."""
        self.ahead += seconds
        if self._moved is not None:
            self._moved.set()
            self._moved = None

    async def sleep(self, seconds: float) -> None:
        """Wait so long, or until the clock has been set so far forward."""
        end = time.monotonic() + seconds + self.ahead
        while (left := end - self.ahead - time.monotonic()) > 0:
            if self._moved is None:
                self._moved = asyncio.Event()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._moved.wait()
