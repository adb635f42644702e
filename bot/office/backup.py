"""Makes a copy of the database to keep elsewhere, and puts one back.

Keys are in no copy: what people answered in a scoring that closes later is gone from the copy too. Nor are dialogues,
or anything else that tells who has a screen open.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.disk import file_revision
from bot.open_store import open_store
from bot.settings import Settings, database_name, database_path
from bot.trouble import Trouble, database_troubles, disk_trouble

PASSING = ("dialogue", "ended_dialogue", "seen_update", "doomed_key")
"""The tables that a copy has without their rows."""

_SERVER = " ".join(f"--exclude-table-data={table}" for table in PASSING)


def back_up(settings: Settings, file: Path, *, force: bool) -> int:
    """Copy the database to a file, while the bot runs; its size in bytes. Raises Trouble."""
    path = database_path(settings)
    if path is None:
        raise Trouble(
            f"database {database_name(settings)}: a server's is copied by its own program. "
            f"Run: pg_dump {_SERVER} --file={file} with its address."
        )
    if file_revision(path) is None:
        raise Trouble(f"database {path}: there is none yet. Run samleng run first, or mend SAMLENG_DATABASE_URL.")
    if file.exists() and not force:
        raise Trouble(f"{file}: it is there already. Name another file, or add --force.")
    with _beside(file) as copy, database_troubles(str(path)):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy, isolation_level=None)) as there:
            there.execute("PRAGMA secure_delete = ON")
            for table in PASSING:
                there.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            there.execute("DELETE FROM post WHERE wiping")
            there.execute("VACUUM")
    return file.stat().st_size


async def restore(settings: Settings, file: Path | None) -> tuple[int, ...]:
    """Put a copy in the place of a database that is not there, and settle what can't go on; the sessions cancelled.

    On a server, whose own program has put it back, there is no file to name. Raises Trouble.
    """
    path = database_path(settings)
    if path is not None and file is not None:
        _put(file, path)
    elif path is not None:
        raise Trouble("restore: it needs the file that samleng backup made. Name it.")
    elif file is not None:
        raise Trouble(
            f"database {database_name(settings)}: put the copy back with psql first, then run samleng restore alone."
        )
    from storage.scoring.cancel_session import settle_restored

    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            return await store.run(settle_restored)
    finally:
        store.close()


def _put(file: Path, path: Path) -> None:
    if not file.is_file():
        raise Trouble(f"{file}: there is no such file. Name the one that samleng backup made.")
    if path.exists():
        raise Trouble(f"database {path}: there is one already. Stop the bot and move it away first, with its -wal.")
    if file_revision(file) is None:
        raise Trouble(f"{file}: it is no copy that samleng backup made. Name another.")
    with database_troubles(str(file)), closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise Trouble(f"{file}: it is damaged. Take an earlier copy.")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _beside(path) as there:
            copy.execute("VACUUM INTO ?", (str(there),))


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file for this user alone that takes another's place, whole, once it has reached the disk."""
    making = file.with_name(file.name + ".making")
    try:
        making.unlink(missing_ok=True)
        os.close(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield making
        with making.open("rb") as whole:
            os.fsync(whole.fileno())
        making.replace(file)
    except OSError as fault:
        raise disk_trouble(fault, str(file), "Name another file") from fault
    finally:
        making.unlink(missing_ok=True)
