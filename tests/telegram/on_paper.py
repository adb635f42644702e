"""Calls on paper that a test counts, holds up, or has fail."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from transcripts.chats import Chats

from bot.telegram.call import Call, CallError, LostAnswerError, Params


def sure(chats: Chats) -> Call:
    """Calls on paper that can be sent, whoever tapped: what JSON can't hold fails."""
    there = chats.call

    async def call(method: str, params: Params) -> Any:
        json.dumps(params, ensure_ascii=False, default=repr).encode()
        return True if method == "answerCallbackQuery" else await there(method, params)

    return call


class Line:
    """The line to chats on paper. made: the calls so far."""

    def __init__(self, chats: Chats) -> None:
        self.made: list[tuple[str, Params]] = []
        self.open = asyncio.Event()
        self.open.set()
        self._call = chats.call
        self._faults: dict[str, list[CallError | None]] = defaultdict(list)
        self._lost: list[str] = []

    def fails(self, method: str, faults: Iterable[CallError | None]) -> None:
        """The next calls of a method fail, one with each fault; None lets one pass."""
        self._faults[method] += faults

    def loses(self, method: str) -> None:
        """The next call of a method is carried out, and nobody hears of it."""
        self._lost.append(method)

    def methods(self) -> list[str]:
        return [method for method, _ in self.made]

    async def __call__(self, method: str, params: Params) -> Any:
        self.made.append((method, params))
        await self.open.wait()
        fault = self._faults[method].pop(0) if self._faults[method] else None
        if fault is not None:
            raise fault
        result = await self._call(method, params)
        if method in self._lost:
            self._lost.remove(method)
            raise LostAnswerError
        return result
