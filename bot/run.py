"""Runs the bot: the receptionist, the courier, or both, until told to stop."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog

from bot.clocks import TelegramClock, telegram_clock
from bot.drawing.look import check_looks
from bot.drawing.rooms import DRAWS
from bot.get_me import bot_name
from bot.metrics import Looked, shown
from bot.one_process import alone
from bot.open_store import open_store
from bot.settings import Settings, bot_id
from bot.vitals import Vitals
from storage.sealing import keyless
from storage.store import Store

log = structlog.get_logger("samleng")

LAST_SECONDS = 1.2
"""So long the bot goes on, once it is told to stop, with what is on its way."""


def run(settings: Settings, role: str) -> None:
    """Run a role ("all", "receptionist" or "courier") until SIGINT or SIGTERM. Raises Trouble if it can't start."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_run(settings, role))


async def serve(settings: Settings, store: Store, role: str, stop: asyncio.Event, theirs: TelegramClock) -> None:
    """Serve on an open store until told to stop; if one half fails, so does the whole. theirs: Telegram's clock, by
    which the store is sure of a moment.
    """
    name = await bot_name(settings)
    await asyncio.to_thread(_import_all, role)
    check_looks(store.house, DRAWS)
    vitals = Vitals()
    async with shown(settings, Looked(store, theirs, vitals, role, bot_id(settings))), asyncio.TaskGroup() as halves:
        halves.create_task(theirs.watch(store.now, stop))
        if role != "courier":
            halves.create_task(_receive(settings, store, name, stop, vitals))
        if role != "receptionist":
            halves.create_task(_deliver(settings, store, stop, vitals))


def _import_all(role: str) -> None:
    """What a role needs is imported and stays: the collector need not walk it again and again."""
    if role != "courier":
        import bot.telegram.by_aiogram
        import bot.telegram.receptionist
    if role != "receptionist":
        import bot.telegram.courier  # noqa: F401
    gc.freeze()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop, where there is one for this machine."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _run(settings: Settings, role: str) -> None:
    """Told to stop, what hangs is left wherever it is: what was committed is kept, and all else comes again."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    working = asyncio.create_task(_work(settings, role, stop))
    async with _beside(stop.wait()) as told:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.wait({working}, timeout=LAST_SECONDS)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    log.info("stopped")


async def _work(settings: Settings, role: str, stop: asyncio.Event) -> None:
    theirs = await telegram_clock(settings)
    store = await open_store(settings, sure=theirs.sure)
    try:
        async with alone(settings, store, role, stop) as there:
            if there:
                if lost := await store.run(keyless):
                    log.error("keys missing: put the key folder back, or close these sessions", sessions=lost)
                await serve(settings, store, role, stop, theirs)
    finally:
        store.close()


async def _receive(settings: Settings, store: Store, name: str, stop: asyncio.Event, vitals: Vitals) -> None:
    from bot.drawing.drawer import Drawer
    from bot.telegram.by_aiogram import call_by_aiogram, client
    from bot.telegram.desk import Desk
    from bot.telegram.receptionist import LATE_SECONDS, POLL_SECONDS, offer_commands, receive
    from bot.telegram.screens import Screens

    bot = client(settings.bot_token.get_secret_value(), settings.api_url)
    try:
        call = call_by_aiogram(bot)
        drawer = Drawer(name, settings.referral, DRAWS)
        desk = Desk(bot.id, store, drawer, Screens(call, bot.id, store, drawer), vitals=vitals)
        log.info("receiving", bot=name)
        async with _beside(offer_commands(call, desk)):  # nobody waits for a list that Telegram does not take
            await receive(desk, call_by_aiogram(bot, timeout=POLL_SECONDS + LATE_SECONDS), stop)
    finally:
        await bot.session.close()


async def _deliver(settings: Settings, store: Store, stop: asyncio.Event, vitals: Vitals) -> None:
    from bot.telegram.by_ptb import application
    from bot.telegram.courier import deliver

    log.info("delivering")
    await deliver(application(settings.bot_token.get_secret_value(), settings.api_url), store, settings, stop, vitals)


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, object]) -> AsyncIterator[asyncio.Task[object]]:
    """Work that goes on beside something else, and ends with it at the latest."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})
