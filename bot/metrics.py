"""/health and /metrics, on an address of their own, for whoever looks after the bot. Nothing there is about people."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.clocks import TelegramClock
from bot.settings import Settings
from bot.trouble import Trouble
from bot.vitals import TOLD, Vitals

if TYPE_CHECKING:
    from aiohttp import web

    from storage.outbox import Waiting
    from storage.store import Store

SILENT_SECONDS = 120.0
"""Telegram answers a poll after ten seconds, and the courier sweeps twice a second."""

LATE = timedelta(minutes=15)
"""A post that has been due for so long does not get through."""

READ_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at. theirs: Telegram's clock; role: "all", "receptionist" or "courier"; bot: its number."""

    store: "Store"
    theirs: TelegramClock
    vitals: Vitals
    role: str
    bot: int

    @property
    def doubted(self) -> bool:
        """Whether our clock and Telegram's disagree, whichever is ahead."""
        return bool(self.theirs.apart(self.store.now()))


@asynccontextmanager
async def shown(settings: Settings, looked: Looked) -> AsyncIterator[None]:
    """As long as this lasts both are there, where SAMLENG_METRICS names an address. Raises Trouble if that is taken."""
    if settings.metrics is None:
        yield
        return
    from aiohttp import web

    async def health(_: web.Request) -> web.Response:
        faults = await faults_of(looked)
        return web.Response(text="\n".join(faults or ["ok"]) + "\n", status=503 if faults else 200)

    async def metrics(_: web.Request) -> web.Response:
        return await _metrics(looked)

    app = web.Application()
    app.add_routes([web.get("/health", health), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, port = settings.metrics
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as fault:
            raise Trouble(
                f"SAMLENG_METRICS: {host}:{port} can't be used ({fault.strerror}). Name another address."
            ) from None
        yield
    finally:
        await runner.cleanup()


async def faults_of(looked: Looked) -> list[str]:
    """What is wrong, a line each."""
    now, vitals = time.monotonic(), looked.vitals
    faults = []
    if looked.role != "courier" and now - (vitals.answered or vitals.began) > SILENT_SECONDS:
        faults.append("telegram: it has not answered for two minutes")
    if looked.role != "receptionist" and now - (vitals.swept or vitals.began) > SILENT_SECONDS:
        faults.append("courier: it has not swept for two minutes")
    waiting = await _waiting(looked)
    if waiting is None:
        faults.append(f"database: no answer within {READ_SECONDS:.0f} seconds")
    elif waiting.oldest > LATE:
        faults.append(f"outbox: a post has been due for {waiting.oldest.total_seconds() / 60:.0f} minutes")
    if looked.doubted:
        faults.append("clock: it disagrees with Telegram's. Set it (timedatectl set-ntp true)")
    return faults


async def _waiting(looked: Looked) -> "Waiting | None":
    """What waits in the outbox; None where the database does not say so soon."""
    from storage.outbox import waiting

    try:
        async with asyncio.timeout(READ_SECONDS):
            return await looked.store.read(waiting, looked.bot)
    except Exception:  # noqa: BLE001 - whatever keeps the database from saying it
        return None


async def _metrics(looked: Looked) -> "web.Response":
    from aiohttp import web
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

    metrics = list(_collected(looked, await _waiting(looked)))

    class Collected:
        def collect(self) -> Iterator[Any]:
            return iter(metrics)

    registry = CollectorRegistry()
    registry.register(Collected())
    return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _collected(looked: Looked, waiting: "Waiting | None") -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    vitals, store, now = looked.vitals, looked.store, time.monotonic()
    for name, what, value in (
        ("samleng_updates", "Updates that Telegram brought", vitals.updates),
        ("samleng_taps", "Taps on buttons among them", vitals.taps),
        ("samleng_commits", "Commits of the database", store.commits),
        ("samleng_units", "Units of work in them; units by commits is the size of a batch", store.units),
    ):
        yield CounterMetricFamily(name, what, value)
    unreadable = CounterMetricFamily("samleng_unreadable_updates", "Updates passed over, by kind", labels=["kind"])
    for kind, number in vitals.unreadable.items():
        unreadable.add_metric([kind], number)
    yield unreadable
    told = CounterMetricFamily("samleng_log_events", "Errors and warnings in the log", labels=["level", "event"])
    for labels, number in sorted(TOLD.items()):
        told.add_metric(labels, number)
    yield told
    if vitals.updated is not None:
        what = "Time since Telegram brought the last update"
        yield GaugeMetricFamily("samleng_since_last_update_seconds", what, now - vitals.updated)
    yield GaugeMetricFamily("samleng_clock_doubted", "1 while our clock and Telegram's disagree", float(looked.doubted))
    if waiting is not None:
        yield GaugeMetricFamily("samleng_outbox_posts", "Posts that are due", waiting.due)
        held = "Posts that Telegram refuses until somebody in the chat allows them"
        yield GaugeMetricFamily("samleng_outbox_held_posts", held, waiting.held)
        oldest = "How long the oldest of them has been due"
        yield GaugeMetricFamily("samleng_outbox_age_seconds", oldest, waiting.oldest.total_seconds())
