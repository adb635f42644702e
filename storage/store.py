"""The store: one thread that runs units of work, sharing each commit among all that queued up meanwhile."""

import asyncio
import contextlib
import queue
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from scorecard.silent_hours import SilentHours
from storage.house import House
from storage.keys import Keys
from storage.reckoning import Reckoned, UnreckonedError
from storage.scouring import Scoured, scour
from storage.unit import Unit

MOST_IN_A_COMMIT = 256
MOST_RECKONINGS = 5
"""Of a unit whose figures change again and again while they are reckoned."""

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
Chance = Callable[[int], bytes]
"""Gives so many random bytes."""


Work = Callable[Concatenate[Unit, P], T]


@dataclass(frozen=True, slots=True)
class _Queued:
    work: Callable[[Unit], Any]
    reckoned: Reckoned | None
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


def utc_now() -> datetime:
    return datetime.now(UTC)


def connect(path: Path) -> sa.Engine:
    """The engine for an embedded database: a change is on the disk when its commit returns."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "busy_timeout=10000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def connect_to_read(url: sa.URL) -> sa.Engine:
    """An engine that can only read: each connection sees one state of the database, and is closed after use."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in ("query_only=ON", "temp_store=MEMORY", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


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
        self._reader = connect_to_read(engine.url)
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
        self._scoured: Scoured | None = None
        self._thread = threading.Thread(target=self._serve, name="storage", daemon=True)
        self._thread.start()

    async def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a unit of work returns, once it is committed; what it raises, once it is rolled back."""
        reckoned = Reckoned()
        for _ in range(MOST_RECKONINGS):
            try:
                return await self._queued(lambda unit: work(unit, *args, **kwargs), reckoned)
            except UnreckonedError as missing:
                await asyncio.to_thread(reckoned.reckon, missing.cases)
        return await self._queued(lambda unit: work(unit, *args, **kwargs), None)

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a pure read returns, on a connection and a thread of its own; a write raises.

        Nobody who writes waits for it. But the journal can't be emptied meanwhile: what takes longer than a
        moment is read in several goes.
        """
        return await asyncio.to_thread(self._read, lambda unit: work(unit, *args, **kwargs))

    async def scour(self) -> bool:
        """Leave nothing on the disk of what was erased; False if it must be tried again: somebody reads or writes."""
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
        return Unit(connection, now, self._chance, self._keys, self.house, *spoken, self._silent)

    async def _queued(self, work: Callable[[Unit], T], reckoned: Reckoned | None) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put(_Queued(work, reckoned, loop, future))
        return await future

    def _read(self, work: Callable[[Unit], T]) -> T:
        with self._reader.begin() as connection:
            return work(self.unit(connection))

    def _scour(self) -> bool:
        with self._scouring:
            if self._scourer is None:
                self._scourer = self._engine.raw_connection()
            scoured = scour(self._scourer, self._scoured)
            self._scoured = scoured or self._scoured
            return scoured is not None

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

    def _run_batch(self, batch: Sequence[_Queued]) -> None:
        try:
            results = self._commit(batch)
        except (sa.exc.OperationalError, sa.exc.InterfaceError) as lost:
            _answer([(queued, None, lost) for queued in batch])
        except Exception as fault:  # noqa: BLE001 - whatever it is, it goes to whoever waits
            if len(batch) == 1:
                _answer([(batch[0], None, fault)])
            else:
                for queued in batch:
                    self._run_batch([queued])
        else:
            _answer([(queued, result, None) for queued, result in zip(batch, results, strict=True)])

    def _commit(self, batch: Sequence[_Queued]) -> list[Any]:
        with self._engine.begin() as connection:
            now = self._clock()
            return [queued.work(self._unit(connection, now, queued.reckoned)) for queued in batch]

    def _unit(self, connection: sa.Connection, now: datetime, reckoned: Reckoned | None) -> Unit:
        unit = self.unit(connection, now)
        return unit if reckoned is None else replace(unit, released=reckoned)


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
