"""The updates of one bot: queued, polled for, confirmed, and put in again when a test wants a redelivery."""

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Any

from sandbox.refusals import conflict

CONFIRMED = 1000
"""Confirmed updates that are kept, so that they can be delivered again."""

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

FIRST_UPDATE = 500_000_001


class UpdateQueue:
    """Each update is written as JSON once, when it happens."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[int, str]] = deque()
        self._confirmed: deque[tuple[int, str]] = deque(maxlen=CONFIRMED)
        self._again: list[tuple[int, str]] = []
        self._last = FIRST_UPDATE - 1
        self._poll: asyncio.Future[bool] | None = None
        self.allowed: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue what happened; the update's id, or None where the bot does not want that kind."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        self._last += 1
        text = json.dumps({"update_id": self._last, kind: content}, ensure_ascii=False)
        self._waiting.append((self._last, text))
        self._end_poll()
        return self._last

    def redeliver(self, update_id: int | None) -> int | None:
        """Put a confirmed update in again (None: the last one); its id, or None if there is none such.

        The next poll hands it out whatever its offset.
        """
        for known, text in reversed(self._confirmed):
            if update_id in {None, known}:
                self._again.append((known, text))
                self._end_poll()
                return known
        return None

    async def poll(self, offset: int | None, limit: int, wait: float) -> str:
        """One getUpdates; the updates as a JSON array, after `wait` seconds at the latest.

        A second poll ends the first with a conflict.
        """
        self._end_poll(conflicting=True)
        self._confirm(offset)
        if wait > 0 and not self._waiting and not self._again:
            self._poll = poll = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(wait):
                    conflicting = await poll
            except TimeoutError:
                conflicting = False
            if conflicting:
                raise conflict()
        return self._batch(limit)

    def drop_all(self) -> None:
        self._waiting.clear()

    def close(self) -> None:
        """Let a poll that waits end at once."""
        self._end_poll()

    def _end_poll(self, *, conflicting: bool = False) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(conflicting)
        self._poll = None

    def _confirm(self, offset: int | None) -> None:
        if offset is None:
            return
        if offset < 0:
            offset = self._last + 1 + offset
        while self._waiting and self._waiting[0][0] < offset:
            self._confirmed.append(self._waiting.popleft())

    def _batch(self, limit: int) -> str:
        again, self._again = self._again[:limit], self._again[limit:]
        batch: Sequence[tuple[int, str]] = [*again, *islice(self._waiting, limit - len(again))]
        return "[" + ",".join(text for _, text in batch) + "]"
