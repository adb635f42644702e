"""What is PostgreSQL's alone: how its server is reached, who waits for whom, and what a fault means."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as insert  # noqa: PLC0414 - one of each database's own things

from storage import tables
from storage.hold import Hold

_PATIENCE = ("lock_timeout = '10s'", "idle_in_transaction_session_timeout = '60s'")
"""So long a batch waits for the one of another process; so long that one is waited for which lost its machine."""

_REACH = {"connect_timeout": 10, "client_encoding": "utf8"}
_IN_THE_WAY = frozenset({"40001", "40P01"})
"""Serialization failure, deadlock."""

_WHO_HOLDS = """
    SELECT 'process at ' || coalesce(host(client_addr), 'this machine')
        || ' since ' || to_char(backend_start, 'HH24:MI')
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND objsubid = 1
    AND (classid::bigint << 32 | objid::bigint) = hashtextextended(:name, 0)
"""
"""By the two halves of its number, as the server keeps them."""

_HOLDS = """
    SELECT concat('process ', pid, ' of user ', usename, ' (', nullif(application_name, '') || ', ',
        coalesce(host(client_addr), 'this machine'), ') has held ', relname, to_char(xact_start, '" since "HH24:MI'))
    FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN pg_class ON pg_class.oid = relation
    WHERE granted AND mode = 'AccessExclusiveLock' AND relnamespace = current_schema()::regnamespace
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY xact_start LIMIT 1
"""
"""Who keeps others from reading a table: no weaker lock does."""

_HELD = "55P03"

_WHOLE = 0
"""The lock of whoever changes what tables there are; the others have the number of their bot."""


def connect(url: sa.URL, bot: int) -> sa.Engine:
    """The engine for a server's database: of one bot's batches one begins when the last is committed.

    So each sees all that those before it did, as READ COMMITTED reads what is committed when a statement begins.
    """
    engine = sa.create_engine(url, pool_pre_ping=True, connect_args=_reach(url))

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        for setting in _PATIENCE:
            connection.execute(f"SET {setting}")
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        _lock(connection, bot)

    return engine


def connect_to_read(url: sa.URL) -> sa.Engine:
    """An engine that can only read: each transaction sees one state of the database."""
    engine = sa.create_engine(
        url, isolation_level="REPEATABLE READ", pool_size=1, pool_pre_ping=True, connect_args=_reach(url)
    )
    return engine.execution_options(postgresql_readonly=True)


def lock_whole(connection: sa.Connection) -> None:
    """Let no other process change what tables there are until this transaction is over."""
    _lock(connection, _WHOLE)


def is_lost(fault: Exception) -> bool:
    """Whether it is the server or the way to it that fails, and not a unit of work."""
    if isinstance(fault, sa.exc.DBAPIError) and fault.connection_invalidated:
        return True
    return isinstance(fault, sa.exc.OperationalError | sa.exc.InterfaceError) and not is_in_the_way(fault)


def is_in_the_way(fault: Exception) -> bool:
    """Whether another transaction was in the way, so that the same may well succeed when it is tried again."""
    return isinstance(fault, sa.exc.DBAPIError) and getattr(fault.orig, "sqlstate", None) in _IN_THE_WAY


def is_held(fault: Exception) -> bool:
    """Whether a statement waited for a lock as long as it may."""
    return isinstance(fault, sa.exc.DBAPIError) and getattr(fault.orig, "sqlstate", None) == _HELD


def who_holds(connection: sa.Connection) -> str | None:
    """Who keeps a table from being read, since when; None where nobody does any more."""
    who = connection.scalar(sa.text(_HOLDS))
    return str(who) if who else None


def scour(connection: Any) -> bool:
    """Let no erased row of who took part lie in its table, as far as nobody can still see it.

    Gaps in pages, the server's journal, its backups and copies keep what they held until it is written over.
    """
    connection.driver_connection.autocommit = True
    took_part = (table.name for table in tables.metadata.sorted_tables if table.info == tables.TOOK_PART)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(took_part)}")
    return True


def hold(url: sa.URL, bot: int, role: str) -> tuple[Hold | None, str]:
    """A role of a bot, by a lock of a connection of its own; or who has it. Whoever is killed has let go of it."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT", connect_args=_reach(url))
    connection = engine.connect()
    name = {"name": f"{bot} {role}"}
    if connection.scalar(sa.text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))"), name):

        def is_there() -> bool:
            try:
                return bool(connection.scalar(sa.text("SELECT 1")))
            except sa.exc.SQLAlchemyError:
                return False

        return Hold(is_there, connection.close), ""
    who = connection.scalar(sa.text(_WHO_HOLDS), name)
    connection.close()
    return None, str(who or "it has just ended")


def _reach(url: sa.URL) -> dict[str, object]:
    return {name: value for name, value in _REACH.items() if name not in url.query}


def _lock(connection: sa.Connection, number: int) -> None:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (number,))
