"""What is SQLite's alone: how a file is opened, what a fault means, and how nothing is left of what was erased."""

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.sqlite import insert as insert  # noqa: PLC0414 - one of each database's own things

_PATIENCE = "busy_timeout=10000"
"""Milliseconds that a batch waits for the one of another process."""


def connect(url: sa.URL, bot: int) -> sa.Engine:  # noqa: ARG001 - whoever writes holds the whole file
    """The engine for an embedded database: a change is on the disk when its commit returns."""
    engine = sa.create_engine(url, connect_args={"check_same_thread": False})
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", _PATIENCE)
    return _prepared(engine, pragmas, "BEGIN IMMEDIATE")


def connect_to_read(url: sa.URL) -> sa.Engine:
    """An engine that can only read: each connection sees one state of the database, and is closed after use."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    return _prepared(engine, ("query_only=ON", "temp_store=MEMORY", _PATIENCE), "BEGIN")


def lock_whole(_: sa.Connection) -> None:
    """Whoever has begun holds the whole database."""


def is_lost(fault: Exception) -> bool:
    """Whether it is the database that fails, and not a unit of work."""
    return isinstance(fault, sa.exc.OperationalError | sa.exc.InterfaceError)


def is_in_the_way(_: Exception) -> bool:
    """Whether another transaction was in the way: none can be, for one waits for the other before it begins."""
    return False


def scour(connection: Any, before: object) -> object:
    """Leave nothing on the disk of what was erased; the state that this is so of, None where somebody reads or writes.

    The database is written anew, for secure_delete leaves copies in the gaps of pages that were rebalanced; then the
    journal is emptied. before: the state that it was so of last time, on the same connection.
    """
    cursor = connection.cursor()
    try:
        state: object = cursor.execute("PRAGMA data_version").fetchone()
        if state == before:
            return state
        for step in ("PRAGMA temp_store=MEMORY", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(step)
        return state if cursor.fetchone()[0] == 0 else None
    except sqlite3.OperationalError:
        return None
    finally:
        cursor.close()


def _prepared(engine: sa.Engine, pragmas: tuple[str, ...], begins: str) -> sa.Engine:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begins)

    return engine
