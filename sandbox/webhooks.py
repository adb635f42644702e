"""Updates brought to bots that set a webhook: one chat's in order, again after growing pauses until they are taken."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from sandbox.body import parameters
from sandbox.hook import Hook
from sandbox.refusals import RefusedError
from sandbox.updates import Update
from sandbox.world import Bot, World

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds until an update that was not taken is sent again; each pause is twice the one before."""

PATIENCE = 60
"""Seconds for which a bot may think about an update."""

Call = Callable[[Bot, str, dict[str, Any]], Awaitable[None]]
"""Carries out a method that a bot names in its answer; what comes of it, nobody hears."""


class Postman:
    """Brings every bot's updates to where it wants them."""

    def __init__(self, world: World, call: Call) -> None:
        self._world = world
        self._call = call
        self._rounds: dict[int, asyncio.Task[None]] = {}

    def follow(self, bot: Bot) -> None:
        """A bot set or took away its webhook."""
        running = self._rounds.pop(bot.id, None)
        if running is not None:
            running.cancel()
        if bot.updates.hook is not None:
            self._rounds[bot.id] = asyncio.create_task(_Round(self._world, bot, bot.updates.hook, self._call).run())

    async def stop(self) -> None:
        rounds = list(self._rounds.values())
        for running in rounds:
            running.cancel()
        await asyncio.gather(*rounds, return_exceptions=True)


class _Round:
    """The deliveries of one bot, as long as it keeps its webhook."""

    def __init__(self, world: World, bot: Bot, hook: Hook, call: Call) -> None:
        self._world = world
        self._bot = bot
        self._hook = hook
        self._call = call
        self._chats: set[int] = set()
        self._at_once = asyncio.Semaphore(hook.max_connections)
        self._arrived = asyncio.Event()

    async def run(self) -> None:
        queue = self._bot.updates
        queue.arrived = self._arrived.set
        # Without trust_env no proxy is asked: the address is on this machine.
        timeout = aiohttp.ClientTimeout(PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as client, asyncio.TaskGroup() as group:
            while True:
                self._arrived.clear()
                for chat in {update.chat for update in queue.to_deliver()} - self._chats:
                    self._chats.add(chat)
                    group.create_task(self._deliver_all(client, chat))
                await self._arrived.wait()

    async def _deliver_all(self, client: aiohttp.ClientSession, chat: int) -> None:
        """One chat's updates, each until it is taken or too old."""
        pause = FIRST_PAUSE
        while (update := self._next(chat)) is not None:
            async with self._at_once:
                problem = await self._deliver(client, update)
            if problem is None:
                pause = FIRST_PAUSE
                self._bot.updates.delivered(update)
            else:
                self._hook.failed(self._world.now(), problem)
                await self._world.clock.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        self._chats.discard(chat)

    def _next(self, chat: int) -> Update | None:
        return next((update for update in self._bot.updates.to_deliver() if update.chat == chat), None)

    async def _deliver(self, client: aiohttp.ClientSession, update: Update) -> str | None:
        """Send one update; what went wrong, as getWebhookInfo will say it."""
        headers = {"Content-Type": "application/json"}
        if self._hook.secret is not None:
            headers[SECRET] = self._hook.secret
        try:
            async with client.post(
                self._hook.url, data=update.text.encode(), headers=headers, allow_redirects=False
            ) as answer:
                if not 200 <= answer.status < 300:  # noqa: PLR2004 (what HTTP calls well)
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                await self._obey(answer)
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, OSError):
            return "Connection closed unexpectedly"
        return None

    async def _obey(self, answer: aiohttp.ClientResponse) -> None:
        """An answer may name one method to be carried out."""
        header = answer.headers.get("Content-Type", "")
        try:
            given = await parameters(answer.content_type, header, answer.content)
        except RefusedError:
            return
        method = given.pop("method", None)
        if isinstance(method, str):
            await self._call(self._bot, method, given)
