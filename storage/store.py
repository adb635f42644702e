"""The store: one thread that runs units of work, sharing each commit among all that queued up meanwhile."""

import asyncio
import contextlib
import queue
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from scorecard.silent_hours import SilentHours
from storage.database import own
from storage.house import House
from storage.keys import Keys
from storage.unit import OvertakenError, Unit

MOST_IN_A_COMMIT = 256
MOST_TRIES = 10
"""Of a unit that others are in the way of again and again."""

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
Chance = Callable[[int], bytes]
"""Gives so many random bytes."""


Work = Callable[Concatenate[Unit, P], T]


@dataclass(frozen=True, slots=True)
class _Queued:
    work: Callable[[Unit], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Runs units of work on a thread of its own."""

    def __init__(
        self,
        engine: sa.Engine,
        keys: Keys,
        house: House,
        *,
        language: str = "km",
        languages: frozenset[str] = frozenset({"km", "en"}),
        silent: SilentHours | None = None,
        clock: Clock = utc_now,
        chance: Chance = secrets.token_bytes,
    ) -> None:
        self._engine = engine
        self._own = own(engine.dialect)
        self._reader = self._own.connect_to_read(engine.url)
        self.house = house
        self._keys = keys
        self._language = language
        self._languages = languages
        self._silent = silent
        self._clock = clock
        self._chance = chance
        self._queue: queue.SimpleQueue[_Queued | None] = queue.SimpleQueue()
        self._scouring = threading.Lock()
        self._scourer: sa.PoolProxiedConnection | None = None
        self._scoured: object = None
        self._thread = threading.Thread(target=self._serve, name="storage", daemon=True)
        self._thread.start()

    async def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a unit of work returns, once it is committed; what it raises, once it is rolled back."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put(_Queued(lambda unit: work(unit, *args, **kwargs), loop, future))
        return await future

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a pure read returns, on a connection and a thread of its own; a write raises.

        Nobody who writes waits for it. But the journal can't be emptied meanwhile: what takes longer than a
        moment is read in several goes.
        """
        return await asyncio.to_thread(self._read, lambda unit: work(unit, *args, **kwargs))

    async def scour(self) -> bool:
        """Leave of what was erased what the database's module says; False if it must be tried again."""
        return await asyncio.to_thread(self._scour)

    async def seal(self, names: Iterable[str]) -> bool:
        """Destroy the keys of closed sessions, and scour; False if it must be tried again."""
        for name in names:
            await asyncio.to_thread(self._keys.destroy, name)
        return await self.scour()

    def close(self) -> None:
        """Finish what is queued and let go of the database."""
        self._queue.put(None)
        self._thread.join()
        if self._scourer is not None:
            self._scourer.close()
        self._reader.dispose()
        self._engine.dispose()

    def now(self) -> datetime:
        """The moment, by the clock that units of work go by."""
        return self._clock()

    def unit(self, connection: sa.Connection, now: datetime | None = None) -> Unit:
        """The surroundings of a unit of work on this connection."""
        now = now or self._clock()
        spoken = self._language, self._languages
        return Unit(connection, now, self._chance, self._keys, self.house, *spoken, self._silent)

    def _read(self, work: Callable[[Unit], T]) -> T:
        with self._reader.begin() as connection:
            return work(self.unit(connection))

    def _scour(self) -> bool:
        with self._scouring:
            if self._scourer is None:
                self._scourer, self._scoured = self._engine.raw_connection(), None
            try:
                state = self._own.scour(self._scourer, self._scoured)
            except Exception:
                self._scourer.invalidate()
                self._scourer = None
                raise
            if state is not None:
                self._scoured = state
            return state is not None

    def _serve(self) -> None:
        going = True
        while going:
            batch: list[_Queued] = []
            for queued in self._waiting():
                going = queued is not None
                if queued is None:
                    break
                batch.append(queued)
            if batch:
                self._run_batch(batch)

    def _waiting(self) -> Iterator[_Queued | None]:
        yield self._queue.get()
        with contextlib.suppress(queue.Empty):
            for _ in range(MOST_IN_A_COMMIT - 1):
                yield self._queue.get_nowait()

    def _run_batch(self, batch: Sequence[_Queued], tries: int = MOST_TRIES) -> None:
        try:
            results = self._commit(batch)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it goes to whoever waits
            if self._own.is_lost(fault):
                _answer([(queued, None, fault) for queued in batch])
            elif len(batch) > 1:
                for queued in batch:
                    self._run_batch([queued])
            elif tries > 1 and (isinstance(fault, OvertakenError) or self._own.is_in_the_way(fault)):
                self._run_batch(batch, tries - 1)
            else:
                _answer([(batch[0], None, fault)])
        else:
            _answer([(queued, result, None) for queued, result in zip(batch, results, strict=True)])

    def _commit(self, batch: Sequence[_Queued]) -> list[Any]:
        with self._engine.begin() as connection:
            now = self._clock()
            return [queued.work(self.unit(connection, now)) for queued in batch]


def _answer(answers: Sequence[tuple[_Queued, Any, Exception | None]]) -> None:
    """Hand results to whoever waits for them: one call for each event loop."""
    for loop in {queued.loop for queued, _, _ in answers}:
        mine = [answer for answer in answers if answer[0].loop is loop]
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_resolve, mine)


def _resolve(answers: Sequence[tuple[_Queued, Any, Exception | None]]) -> None:
    for queued, result, fault in answers:
        if queued.future.done():
            continue
        if fault is None:
            queued.future.set_result(result)
        else:
            queued.future.set_exception(fault)
