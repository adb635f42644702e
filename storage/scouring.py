"""Nothing is left on the disk of what was erased: SQLite's own way. Whoever scores waits only a moment for it.

secure_delete writes zeros over erased rows, but leaves copies in the gaps of pages whose rows were moved. So tables in
which people's answers stand, few rows of sessions under way, are emptied, which writes zeros over all their pages,
and filled again with what is still there. Then the journal is emptied. Once a day, in a moment in which nobody is in a
dialogue and nothing is to be sealed, the whole database is written anew, for the gaps in all other tables.
"""

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from storage import tables

WHOLE_EVERY = 24 * 3600.0
"""Seconds."""

_BUSY = """
    SELECT EXISTS (SELECT 1 FROM dialogue) OR EXISTS (SELECT 1 FROM session WHERE state = 'closed' AND NOT sealed)
"""


@dataclass(frozen=True, slots=True)
class Scoured:
    """The state of the database of which nothing erased is left; when the whole was written anew last, if it was."""

    version: int
    whole_at: float | None


def scour(connection: Any, before: Scoured | None) -> Scoured | None:
    """Leave nothing of what was erased; None where it must be tried again: somebody reads or writes.

    before: what this said the last time on the same connection.
    """
    cursor = connection.cursor()
    try:
        (version,) = cursor.execute("PRAGMA data_version").fetchone()
        if before is not None and before.version == version:
            return before
        cursor.execute("PRAGMA temp_store=MEMORY")
        whole_at = None if before is None else before.whole_at
        over = whole_at is None or time.monotonic() - whole_at > WHOLE_EVERY
        if over and not cursor.execute(_BUSY).fetchone()[0]:
            cursor.execute("VACUUM")
            whole_at = time.monotonic()
        else:
            _refill(cursor)
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of the work, and nobody waits for it
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return None if busy else Scoured(version, whole_at)
    except sqlite3.OperationalError:
        return None
    finally:
        cursor.close()


def _refill(cursor: Any) -> None:
    cursor.execute("BEGIN IMMEDIATE")
    try:
        for table in tables.metadata.sorted_tables:
            if table.info == tables.ANSWERS:
                cursor.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM main.{table.name}")  # noqa: S608
                cursor.execute(f"DELETE FROM main.{table.name}")  # noqa: S608 - names of our own
                cursor.execute(f"INSERT INTO main.{table.name} SELECT * FROM kept")  # noqa: S608
                cursor.execute("DROP TABLE kept")
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
