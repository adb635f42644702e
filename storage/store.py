"""The store: one thread that runs units of work, sharing each commit among all that queued up meanwhile."""

import asyncio
import contextlib
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from scorecard.silent_hours import SilentHours
from storage.database import own
from storage.hold import Hold
from storage.house import House
from storage.keys import Keys
from storage.releasing import Released, UnreleasedError
from storage.unit import OvertakenError, Unit

MOST_IN_A_COMMIT = 256
LONGEST_BATCH = 0.03
"""Seconds after which a batch takes in no other unit: what has come in meanwhile may go before those that are left."""

MOST_TRIES = 10
"""Of a unit that others are in the way of again and again."""

MOST_RELEASES = 5
"""Of a unit whose tallies change again and again while their releases are worked out."""

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
Chance = Callable[[int], bytes]
"""Gives so many random bytes."""


Work = Callable[Concatenate[Unit, P], T]


@dataclass(frozen=True, slots=True)
class _Queued:
    work: Callable[[Unit], Any]
    released: Released | None
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


_Place = tuple[int, int, _Queued | None]
"""A rank, a number in the order of coming, and who stands there: nobody, when no more will come."""

_FIRST, _IN_TURN, _LAST = range(3)


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
        sure: Callable[[datetime], datetime] = lambda now: now,
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
        self._sure = sure
        self._chance = chance
        self._queue: queue.PriorityQueue[_Place] = queue.PriorityQueue()
        self._numbers = count()
        self._scouring = threading.Lock()
        self._scourer: sa.PoolProxiedConnection | None = None
        self.commits = self.units = 0
        self._thread = threading.Thread(target=self._serve, name="storage", daemon=True)
        self._thread.start()

    async def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a unit of work returns, once it is committed; what it raises, once it is rolled back."""
        return await self._run(_IN_TURN, lambda unit: work(unit, *args, **kwargs))

    async def run_first(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, before all that waits its turn: for what many people do at once, and each is done in a moment."""
        return await self._run(_FIRST, lambda unit: work(unit, *args, **kwargs))

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a pure read returns, on a connection and a thread of its own; a write raises.

        Nobody who writes waits for it. But the journal can't be emptied meanwhile: what takes longer than a
        moment is read in several goes.
        """
        return await asyncio.to_thread(self._read, lambda unit: work(unit, *args, **kwargs))

    async def scour(self) -> bool:
        """Leave as little as there can be of who took part; False if it must be tried again, for somebody reads."""
        return await asyncio.to_thread(self._scour)

    async def destroy(self, names: Iterable[str]) -> bool:
        """Destroy keys: what is sealed under them is gone wherever it is kept. False if it must be tried again."""
        for name in names:
            await asyncio.to_thread(self._keys.destroy, name)
        return await self.scour()

    def hold(self, bot: int, role: str) -> tuple[Hold | None, str]:
        """A role of a bot that no other process has; or who has it. Waits for the database alone."""
        return self._own.hold(self._engine.url, bot, role)

    def close(self) -> None:
        """Finish what is queued and let go of the database."""
        self._queue.put((_LAST, next(self._numbers), None))
        self._thread.join()
        with self._scouring:
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
        return Unit(connection, now, self._sure(now), self._chance, self._keys, self.house, *spoken, self._silent)

    async def _run(self, rank: int, work: Callable[[Unit], T]) -> T:
        released = Released()
        for _ in range(MOST_RELEASES):
            try:
                return await self._queued(rank, work, released)
            except UnreleasedError as missing:
                await asyncio.to_thread(released.prepare, missing.cases)
        return await self._queued(rank, work, None)

    async def _queued(self, rank: int, work: Callable[[Unit], T], released: Released | None) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put((rank, next(self._numbers), _Queued(work, released, loop, future)))
        return await future

    def _read(self, work: Callable[[Unit], T]) -> T:
        with self._reader.begin() as connection:
            return work(self.unit(connection))

    def _scour(self) -> bool:
        with self._scouring:
            if self._scourer is None:
                self._scourer = self._engine.raw_connection()
            try:
                return self._own.scour(self._scourer)
            except Exception:
                self._scourer.invalidate()
                self._scourer = None
                raise

    def _serve(self) -> None:
        while batch := self._waiting():
            done = self._run_batch([queued for _, _, queued in batch])
            for place in batch[done:]:
                self._queue.put(place)

    def _waiting(self) -> list[tuple[int, int, _Queued]]:
        """What is to be done next; nothing when all is done and no more will come."""
        batch: list[tuple[int, int, _Queued]] = []
        place = self._queue.get()
        with contextlib.suppress(queue.Empty):
            while (queued := place[2]) is not None:
                batch.append((place[0], place[1], queued))
                if len(batch) == MOST_IN_A_COMMIT:
                    return batch
                place = self._queue.get_nowait()
            if batch:
                self._queue.put(place)
        return batch

    def _run_batch(self, batch: Sequence[_Queued], tries: int = MOST_TRIES) -> int:
        """Run units, and answer those who wait for them; how many of them, from the first on."""
        try:
            results = self._commit(batch)
        except UnreleasedError as missing:
            others = [queued for queued in batch if queued.released is not missing.by]
            _answer([(queued, None, missing) for queued in batch if queued not in others])
            for queued in others:
                self._run_batch([queued])
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
            _answer([(queued, result, None) for queued, result in zip(batch, results, strict=False)])
            return len(results)
        return len(batch)

    def _commit(self, batch: Sequence[_Queued]) -> list[Any]:
        """What units returned, in one commit: all of them, or as many as could be run in LONGEST_BATCH."""
        with self._engine.begin() as connection:
            now, until, results = self._clock(), time.monotonic() + LONGEST_BATCH, []
            for queued in batch:
                results.append(queued.work(self._unit(connection, now, queued.released)))
                if time.monotonic() > until:
                    break
        self.commits += 1
        self.units += len(results)
        return results

    def _unit(self, connection: sa.Connection, now: datetime, released: Released | None) -> Unit:
        unit = self.unit(connection, now)
        return unit if released is None else replace(unit, released=released)


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
