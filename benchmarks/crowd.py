"""The people of the benchmark. They live inside the stand-in: nothing but the bot stands between two taps."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sandbox import Sandbox
from sandbox.happenings import tap, write
from sandbox.world import Bot, Message, World

WARM_UP_TAPS = 5
STUCK_SECONDS = 60
FACES = 5
ANSWERS = ("✅", "☐")
"""What the buttons begin with that are tapped where no faces stand, the most wanted last."""

Button = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """What the people saw: seconds from the first tap to the last edit, and from each tap to its edit."""

    wall: float
    waits: tuple[float, ...]


class Crowd:
    """People who tap again as soon as their screen has changed."""

    def __init__(self, sandbox: Sandbox, bot_id: int, size: int) -> None:
        bot = sandbox.world.bot(bot_id)
        self._citizens = [_Citizen(sandbox.world, bot, number) for number in range(size)]

    async def arrive(self, payload: str) -> None:
        """Everybody opens the link, and taps until the first question with faces."""
        async with asyncio.timeout(STUCK_SECONDS):
            await asyncio.gather(*(citizen.arrive(payload) for citizen in self._citizens))

    async def tap(self, times: int) -> Seen:
        """Everybody taps so many times."""
        start = time.perf_counter()
        async with asyncio.timeout(STUCK_SECONDS):
            waits = await asyncio.gather(*(citizen.tap(times) for citizen in self._citizens))
        return Seen(time.perf_counter() - start, tuple(chain.from_iterable(waits)))


class _Citizen:
    def __init__(self, world: World, bot: Bot, number: int) -> None:
        self._world = world
        self._person = world.add_person(None, None, "km")
        self._chat = world.private_chat(bot, self._person)
        self._number = number

    async def arrive(self, payload: str) -> None:
        write(self._world, self._chat, self._person, f"/start {payload}")
        while not self._screen.keyboard:
            await self._chat.bell.wait()
        await self.tap(WARM_UP_TAPS)
        while not faces(self._screen):
            await self.tap(1)

    async def tap(self, times: int) -> list[float]:
        return [await self._tap() for _ in range(times)]

    async def _tap(self) -> float:
        start, shown = time.perf_counter(), self._chat.shown
        tap(self._world, self._chat, self._person, self._screen, self._choose()["callback_data"])
        while self._chat.shown == shown:
            await self._chat.bell.wait()
        return time.perf_counter() - start

    def _choose(self) -> Button:
        """A face, each time another one; else an open toggle, what goes on, or the first of several answers."""
        self._number += 1
        if row := faces(self._screen):
            return row[self._number % FACES]
        buttons = list(_buttons(self._screen))
        return max(buttons, key=lambda button: ANSWERS.index(button["text"][0]) if button["text"][0] in ANSWERS else -1)

    @property
    def _screen(self) -> Message:
        return next(reversed(self._chat.messages.values()))


def faces(screen: Message) -> list[Button]:
    """The row of five scores, where there is one."""
    return next((row for row in screen.keyboard or () if len(row) == FACES), [])


def _buttons(screen: Message) -> Iterator[Button]:
    return chain.from_iterable(screen.keyboard or ())
