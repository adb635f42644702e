"""The stand-in as a running HTTP server."""

import time
from collections.abc import Callable
from email.utils import formatdate
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from sandbox.api import BotApi
from sandbox.calls import CallLog
from sandbox.control import Control
from sandbox.executor import Executor, shown
from sandbox.page import mount as mount_page
from sandbox.refusals import RefusedError
from sandbox.webhooks import Postman
from sandbox.world import Bot, World

HOST = "127.0.0.1"

Mount = Callable[[web.Application, World], object]
"""Adds routes of its own, before those of the stand-in."""


class Sandbox:
    """A stand-in for Telegram's servers on this machine; port 0 takes a free one.

    async with Sandbox() as sandbox:
        … sandbox.url …

    clock: seconds since 1970; limits: whether a bot may send 30 messages a second, and 20 a minute in a group.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = HOST,
        clock: Callable[[], float] = time.time,
        limits: bool = True,
        mount: Mount | None = mount_page,
    ) -> None:
        self._host = host
        self._port = port
        self._mount = mount
        self.world = World(clock, limits=limits)
        self.calls = CallLog()
        self._postman = Postman(self.world, self._call)
        self._executor = Executor(self.world, self._postman)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, once started."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        app = web.Application()
        app.on_response_prepare.append(self._say_when)
        if self._mount is not None:
            self._mount(app, self.world)
        api, control = BotApi(self.world, self.calls, self._executor), Control(self.world, self.calls)
        app.router.add_route("*", "/bot{token}/{method:.*}", api.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", api.file)
        app.router.add_get("/_sandbox/file/{unique}", control.file)
        app.router.add_route("*", "/_sandbox/{path:.*}", control.handle)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, self._host, self._port).start()
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def stop(self) -> None:
        """Polls and deliveries under way end at once."""
        await self._postman.stop()
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

    async def _say_when(self, _: web.Request, response: web.StreamResponse) -> None:
        """Every answer says what time it is here."""
        response.headers["Date"] = formatdate(self.world.clock(), usegmt=True)

    async def _call(self, bot: Bot, name: str, given: dict[str, Any]) -> None:
        """A method that a bot names in its answer to a webhook."""
        method, error = name, None
        try:
            method = self._executor.name(name)
            await self._executor.execute(bot, method, given)
        except RefusedError as refused:
            error = f"{refused.code} {refused.description}"
        self.world.journal.called(self.calls.add(bot.id, method, shown(given), error))
