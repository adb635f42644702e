"""What is SQLite's alone: how a file is opened, what a fault means, and how nothing is left of what was erased."""

import fcntl
import os
import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.sqlite import insert as insert  # noqa: PLC0414 - one of each database's own things

from storage.hold import Hold

_PATIENCE_SECONDS = 10
"""So long a batch waits for the one of another process."""

_PATIENCE = f"busy_timeout={1000 * _PATIENCE_SECONDS}"


def connect(url: sa.URL, bot: int) -> sa.Engine:  # noqa: ARG001 - whoever writes holds the whole file
    """The engine for an embedded database: a change is on the disk when its commit returns."""
    engine = sa.create_engine(url, connect_args={"check_same_thread": False})
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
    return _prepared(engine, pragmas, "BEGIN IMMEDIATE")


def connect_to_read(url: sa.URL) -> sa.Engine:
    """An engine that can only read: each connection sees one state of the database, and is closed after use."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    return _prepared(engine, ("query_only=ON", "temp_store=MEMORY"), "BEGIN")


def lock_whole(_: sa.Connection) -> None:
    """Whoever has begun holds the whole database."""


def is_lost(fault: Exception) -> bool:
    """Whether it is the database that fails, and not a unit of work."""
    return isinstance(fault, sa.exc.OperationalError | sa.exc.InterfaceError)


def is_in_the_way(_: Exception) -> bool:
    """Whether another transaction was in the way: none can be, for one waits for the other before it begins."""
    return False


def scour(connection: Any) -> bool:
    """Leave nothing in the journal of rows that were erased; False where somebody reads or writes.

    What stood in pages is overwritten at once (secure_delete), but for gaps in pages whose rows were moved.
    """
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of the work, and nobody waits for it
        return bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.OperationalError:
        return False
    finally:
        cursor.close()


def hold(url: sa.URL, bot: int, role: str) -> tuple[Hold | None, str]:
    """A role of a bot, by a locked file beside the database's; or who has it. Whoever is killed has let go of it."""
    path = f"{url.database}.{bot}.{role}.lock"
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        who = os.read(file, 20).decode("ascii", "replace")
        os.close(file)
        return None, f"process {who}"
    os.truncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    return Hold(lambda: True, lambda: os.close(file)), ""


def _set(connection: Any, pragma: str) -> None:
    """Two that make a new file keep a journal (WAL) at once are in each other's way, and SQLite makes neither wait."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as fault:
            if (
                fault.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
                or time.monotonic() > until
            ):
                raise
            time.sleep(0.05)
        else:
            return


def _prepared(engine: sa.Engine, pragmas: tuple[str, ...], begins: str) -> sa.Engine:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in (_PATIENCE, *pragmas):
            _set(connection, pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begins)

    return engine
