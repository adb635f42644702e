"""One process for each role of a bot: a second one waits a moment, says who is there already, and ends."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

import structlog

from bot.settings import Settings, bot_id, database_name
from bot.trouble import Trouble, database_troubles
from storage.hold import Hold
from storage.store import Store

log = structlog.get_logger("samleng")

ROLES = ("receptionist", "courier")
PATIENCE_SECONDS = 10.0
"""So long a process that is told to end may take for it, while its successor waits."""

_LOOKED_EVERY = 0.25
_WATCHED_EVERY = 5.0


@asynccontextmanager
async def alone(settings: Settings, store: Store, role: str, stop: asyncio.Event) -> AsyncIterator[bool]:
    """Be the only process with this role ("all" has both) of this bot on this database, as long as this lasts;
    False where it is told to stop before it is.

    Raises Trouble where another one is there, and does not go; and at the end where the database's server has let go
    of this one: then it is told to `stop` at once, for another may have begun.
    """
    async with AsyncExitStack() as held:
        holds = []
        for one in ROLES if role == "all" else (role,):
            there = await _taken(settings, store, one, stop)
            if there is None:
                yield False
                return
            held.callback(there.release)
            holds.append(there)
        lost = asyncio.create_task(_watch(holds, stop))
        try:
            yield True
        finally:
            lost.cancel()
            await asyncio.wait([lost])
        if not lost.cancelled():
            raise Trouble(
                f"database {database_name(settings)}: its server let go of this process, and another may have begun. "
                "Start it again."
            )


async def _taken(settings: Settings, store: Store, role: str, stop: asyncio.Event) -> Hold | None:
    """A role that is free, or becomes so in time; None where this process is told to stop meanwhile."""
    until, waits = time.monotonic() + PATIENCE_SECONDS, False
    while not stop.is_set():
        with database_troubles(database_name(settings)):
            there, who = await asyncio.to_thread(store.hold, bot_id(settings), role)
        if there is not None:
            return there
        if time.monotonic() > until:
            raise Trouble(
                f"{role}: another process works for this bot on this database already ({who}). "
                "Stop it first, or leave it alone."
            )
        if not waits:
            log.info("another process works for this bot: waiting until it ends", role=role, who=who)
            waits = True
        await asyncio.sleep(_LOOKED_EVERY)
    return None


async def _watch(holds: list[Hold], stop: asyncio.Event) -> None:
    """Until one is lost, which stops the process."""
    for one in cycle(holds):
        if not await asyncio.to_thread(one.is_there):
            stop.set()
            return
        await asyncio.sleep(_WATCHED_EVERY)
