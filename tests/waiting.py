"""How tests wait: for what is to happen, however long that takes on a busy machine."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

CEILING = 120.0
"""Seconds after which a test that waits for something fails. It is there only to fail: nothing passes by it."""

LOOK_AGAIN = 0.05


async def soon(check: Callable[[], Any] | Callable[[], Awaitable[Any]], *, missing: str = "it did not happen") -> Any:
    """What `check` gives as soon as that is true; fails if it never is, and says what is missing."""
    end = time.monotonic() + CEILING
    while True:
        found = check()
        found = await found if isinstance(found, Awaitable) else found
        if found:
            return found
        assert time.monotonic() < end, f"{missing} within {CEILING:.0f} seconds"
        await asyncio.sleep(LOOK_AGAIN)
