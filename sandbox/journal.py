"""What changed, for a page that shows it all: one number that rises, and what has moved since."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

C = TypeVar("C")

CALLS = 200
"""Calls that one look at the journal gives at most."""


@dataclass(frozen=True)
class News(Generic[C]):
    """What happened after a number: the chats that changed, numbers of calls, whether anything else changed."""

    seq: int
    chats: list[C]
    calls: list[int]
    world: bool


class Journal(Generic[C]):
    """Bounded by how many chats there are: of each, only the last change counts."""

    def __init__(self) -> None:
        self.seq = 0
        self._moved: dict[C, int] = {}
        self._calls: deque[tuple[int, int]] = deque(maxlen=CALLS)
        self._world = 0
        self._event: asyncio.Event | None = None

    def moved(self, chat: C) -> None:
        """A chat looks different now."""
        # Taken out and put in again, it stands last: `since` reads from the end.
        self._moved.pop(chat, None)
        self._moved[chat] = self._next()

    def called(self, number: int) -> None:
        """A bot called the Bot API."""
        self._calls.append((self._next(), number))

    def world_changed(self) -> None:
        """People, groups, bots, standings, menus, faults or the clock changed."""
        self._world = self._next()

    def since(self, seq: int) -> News[C]:
        chats = []
        for chat, when in reversed(self._moved.items()):
            if when <= seq:
                break
            chats.append(chat)
        calls = [number for when, number in self._calls if when > seq]
        return News(self.seq, chats[::-1], calls, self._world > seq)

    async def wait(self, seq: int, seconds: float) -> None:
        """Until something happened after this number; not longer than `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.seq <= seq:
                    if self._event is None:
                        self._event = asyncio.Event()
                    await self._event.wait()

    def _next(self) -> int:
        self.seq += 1
        if self._event is not None:
            self._event.set()
            self._event = None
        return self.seq
