"""The stand-in as a running HTTP server."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.api import BotApi
from sandbox.calls import CallLog
from sandbox.control import Control
from sandbox.world import World

HOST = "127.0.0.1"


class Sandbox:
    """A stand-in for Telegram's servers on this machine; port 0 takes a free one.

    async with Sandbox() as sandbox:
        … sandbox.url …
    """

    def __init__(self, port: int = 0, *, clock: Callable[[], float] = time.time) -> None:
        self._port = port
        self.world = World(clock)
        self.calls = CallLog()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, once started."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method:.*}", BotApi(self.world, self.calls).handle)
        app.router.add_route("*", "/_sandbox/{path:.*}", Control(self.world, self.calls).handle)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, HOST, self._port).start()
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def stop(self) -> None:
        """Polls under way end at once."""
        for bot in self.world.bots.values():
            bot.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
