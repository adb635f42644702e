"""The updates of one bot: queued, fetched or delivered, confirmed, and put in again for a redelivery."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sandbox.hook import Hook
from sandbox.refusals import conflict, hook_is_set

CONFIRMED = 1000
"""Confirmed updates that are kept, so that they can be delivered again."""

KEPT_SECONDS = 24 * 3600
"""Seconds for which Telegram keeps what a bot does not fetch."""

LATE_SECONDS = 0.5
"""Seconds after which a late update comes at last, if nothing else overtakes it."""

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

FIRST_UPDATE = 500_000_001


class Update(NamedTuple):
    """What happened, as JSON, when, and in which chat: what happens in one chat is delivered in order."""

    id: int
    text: str
    kind: str
    chat: int
    at: float


class UpdateQueue:
    """Each update is written as JSON once, when it happens.

    `strikes` says whether a fault of a kind (duplicate_update, late_update) strikes an update of a kind.
    """

    def __init__(self, clock: Callable[[], float], strikes: Callable[[str, str], bool] = lambda _, __: False) -> None:
        self._clock = clock
        self._strikes = strikes
        self._waiting: dict[int, Update] = {}
        self._confirmed: deque[tuple[int, str]] = deque(maxlen=CONFIRMED)
        self._again: list[Update] = []
        self._late: list[Update] = []
        self._last = FIRST_UPDATE - 1
        self._poll: asyncio.Future[bool] | None = None
        self.allowed: frozenset[str] | None = None
        self.hook: Hook | None = None
        self.arrived: Callable[[], None] = lambda: None
        """Called when there is something to deliver to a webhook."""

    def __len__(self) -> int:
        self._forget()
        return len(self._waiting)

    def put(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue what happened; the update's id, or None where the bot does not want that kind."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        self._forget()
        self._last += 1
        text = json.dumps({"update_id": self._last, kind: content}, ensure_ascii=False)
        where = content["message"] if kind == "callback_query" else content
        update = Update(self._last, text, kind, where["chat"]["id"], self._clock())
        if self._strikes("late_update", kind):
            self._late.append(update)
            asyncio.get_running_loop().call_later(LATE_SECONDS, self._late_comes)
            return update.id
        self._waiting[update.id] = update
        self._rouse()
        return update.id

    def redeliver(self, update_id: int | None) -> int | None:
        """Put a confirmed update in again (None: the last one); its id, or None if there is none such.

        The next poll hands it out whatever its offset.
        """
        for known, text in reversed(self._confirmed):
            if update_id in {None, known}:
                self._again.append(Update(known, text, "", 0, 0))
                self._rouse()
                return known
        return None

    async def poll(self, offset: int | None, limit: int, wait: float) -> str:
        """One getUpdates; the updates as a JSON array, after `wait` seconds at the latest.

        A second poll ends the first with a conflict.
        """
        if self.hook is not None:
            raise hook_is_set()
        self._end_poll(conflicting=True)
        self._forget()
        self._confirm(offset)
        if wait > 0 and not self._waiting and not self._again:
            self._poll = poll = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(wait):
                    conflicting = await poll
            except TimeoutError:
                conflicting = False
            if conflicting:
                raise conflict("other getUpdates" if self.hook is None else "setWebhook")
        return self._batch(limit)

    def to_deliver(self) -> Iterator[Update]:
        """What waits for a webhook, in order."""
        self._forget()
        return iter([*self._again, *self._waiting.values()])

    def delivered(self, update: Update) -> None:
        """A webhook took an update."""
        if update in self._again:
            self._again.remove(update)
        elif self._waiting.pop(update.id, None) is not None:
            self._confirm_one(update)
        self._late_comes()

    def bring_to(self, hook: Hook | None) -> None:
        """A webhook is set or taken away: it and polls exclude each other."""
        self.hook = hook
        self.arrived = lambda: None
        if hook is not None:
            self._end_poll(conflicting=True)

    def drop_all(self) -> None:
        self._waiting.clear()
        self._again.clear()
        self._late.clear()

    def close(self) -> None:
        """Let a poll that waits end at once."""
        self._end_poll()

    def _rouse(self) -> None:
        self._end_poll()
        self.arrived()

    def _end_poll(self, *, conflicting: bool = False) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(conflicting)
        self._poll = None

    def _confirm(self, offset: int | None) -> None:
        if offset is None:
            return
        if offset < 0:
            offset = self._last + 1 + offset
        while self._waiting and (first := next(iter(self._waiting))) < offset:
            self._confirm_one(self._waiting.pop(first))

    def _confirm_one(self, update: Update) -> None:
        self._confirmed.append((update.id, update.text))
        if self._strikes("duplicate_update", update.kind):
            self._again.append(update)

    def _forget(self) -> None:
        """What nobody fetched for a day is gone."""
        while self._waiting:
            update = next(iter(self._waiting.values()))
            if update.at >= self._clock() - KEPT_SECONDS:
                return
            del self._waiting[update.id]

    def _batch(self, limit: int) -> str:
        again, self._again = self._again[:limit], self._again[limit:]
        batch = [*again, *islice(self._waiting.values(), limit - len(again))]
        if self._waiting:
            self._late_comes()
        return "[" + ",".join(update.text for update in batch) + "]"

    def _late_comes(self) -> None:
        """Those held back come with the next batch, whatever its offset: later ones have gone before."""
        if self._late:
            self._again += self._late
            self._confirmed.extend((update.id, update.text) for update in self._late)
            self._late.clear()
            self._rouse()
