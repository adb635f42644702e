"""The database file and the folder of session keys, as they stand on the disk."""

import os
import shlex
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from bot.trouble import Trouble, database_troubles, disk_trouble
from bot.who_holds import who_holds

PATIENCE_SECONDS = 2.0
"""So long what is locked is looked at again and again: a batch of the bot's is done sooner."""

_OWNER_ONLY = 0o700
_OTHERS = 0o077
_KEYS = (".key", ".id")
_MOST = 100
_OTHER_KEYS = "Name a folder of its own in SAMLENG_KEYS"
_OTHER_DATABASE = "Name another file in SAMLENG_DATABASE_URL"


def file_revision(path: Path) -> str | None:
    """The revision of the database in this file, or None where it is yet to be made. Changes nothing.

    Raises Trouble for a file that can't be used, or that another program's data is in.
    """
    with database_troubles(str(path)):
        if not path.exists():
            _check_can_be_made(path, _OTHER_DATABASE)
            return None
        if not path.is_file() or not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
            raise Trouble(f"database {path}: it is no file that this user may write. {_OTHER_DATABASE}.")
        return _revision(path)


def check_free(path: Path) -> None:
    """Raises Trouble, with who it is, where another program keeps this file locked. Changes nothing."""
    until = time.monotonic() + PATIENCE_SECONDS
    with database_troubles(str(path)):
        while who_holds(path):
            if time.monotonic() > until:
                raise _held(path)
            time.sleep(0.02)


def check_whole(path: Path) -> None:
    """Raises Trouble for a database file that is damaged; it is read from end to end. Changes nothing."""
    with database_troubles(str(path)):
        fault = _damage(path)
        if fault and _is_written(path):
            fault = _damage(path)  # if somebody began to write while it was read, it was no fault
    if fault:
        do = "Stop the bot, move the file away with its -wal, and put a copy back: samleng restore"
        raise Trouble(f"database {path}: it is damaged ({fault[:_MOST]}). {do}.")


def prepare_file(path: Path) -> None:
    """Make the database's file and its folder where they are missing, and close what is there to others.

    Raises Trouble.
    """
    file_revision(path)
    with database_troubles(str(path)):
        path.parent.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        _close(_database_files(path), "database")


def check_keys(folder: Path) -> None:
    """Raises Trouble where session keys could not be kept in this folder. Changes nothing."""
    try:
        if not folder.exists():
            _check_can_be_made(folder, _OTHER_KEYS)
            return
        if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise Trouble(f"keys {folder}: it is no folder that this user may write to. {_OTHER_KEYS}.")
        if not _is_open_to_others(folder):
            return
        if any(path.suffix not in _KEYS for path in folder.iterdir()):
            raise Trouble(f"keys {folder}: others can open it, and it holds other things than keys. {_OTHER_KEYS}.")
        if os.geteuid() not in {0, folder.stat().st_uid}:
            raise Trouble(f"keys {folder}: others can open it, and it is another user's. {_OTHER_KEYS}.")
    except OSError as fault:
        raise disk_trouble(fault, f"keys {folder}", _OTHER_KEYS) from fault


def prepare_keys(folder: Path) -> None:
    """Make the folder where it is missing, beside what is there, and close it and its keys to others.

    Raises Trouble.
    """
    check_keys(folder)
    try:
        folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        _close(_key_files(folder), "keys")
    except FileNotFoundError:
        raise Trouble(
            f"keys {folder}: the folder above it doesn't exist. Make that one, or mend SAMLENG_KEYS."
        ) from None
    except OSError as fault:
        raise disk_trouble(fault, f"keys {folder}", _OTHER_KEYS) from fault


def check_closed(path: Path | None, keys: Path) -> None:
    """Raises Trouble for a file of the database or of the keys that others can read. Changes nothing."""
    for what, files in (("database", _database_files(path) if path else []), ("keys", _key_files(keys))):
        for file in filter(_is_open_to_others, files):
            raise _open(what, file)


def _close(files: list[Path], what: str) -> None:
    """Let nobody else read or write these."""
    for file in filter(_is_open_to_others, files):
        try:
            file.chmod(_closed(file))
        except FileNotFoundError:
            continue  # whose journal it was has ended
        except PermissionError as fault:
            raise _open(what, file) from fault


def _database_files(path: Path) -> list[Path]:
    return [Path(f"{path}{ending}") for ending in ("", "-wal", "-shm")]


def _key_files(folder: Path) -> list[Path]:
    return [folder, *(path for ending in _KEYS for path in folder.glob(f"*{ending}"))]


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except FileNotFoundError:
        return False


def _closed(path: Path) -> int:
    return _OWNER_ONLY if path.is_dir() else _OWNER_ONLY & ~0o111


def _open(what: str, path: Path) -> Trouble:
    name, mode = shlex.quote(str(path)), f"{_closed(path):o}"
    if os.geteuid() in {0, path.stat().st_uid}:
        return Trouble(f"{what} {path}: others can read it. samleng run closes it; or run: chmod {mode} {name}.")
    do = f"As root, run: chown {os.geteuid()} {name} && chmod {mode} {name}"
    return Trouble(f"{what} {path}: others can read it, and it is another user's. {do}.")


def _check_can_be_made(path: Path, do: str) -> None:
    above = next(folder for folder in path.parents if folder.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise Trouble(f"{path}: it can't be made, for {above} is no folder that this user may write to. {do}.")


def _revision(path: Path) -> str | None:
    with _looked_at(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" not in tables or "ballot" not in tables:
            raise Trouble(f"database {path}: another program's data is in it. {_OTHER_DATABASE}.")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None


def _damage(path: Path) -> str | None:
    """What SQLite finds first that is wrong."""
    with _looked_at(path) as connection:
        try:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            return str(fault)
    return None if found == "ok" else str(found)


@contextmanager
def _looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    # Without a journal nobody is writing, and "immutable" keeps SQLite from making one.
    way = "mode=ro" if _is_written(path) else "immutable=1"
    url = f"file:{quote(str(path))}?{way}"
    with closing(sqlite3.connect(url, uri=True, timeout=PATIENCE_SECONDS)) as connection:
        try:
            yield connection
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise _held(path) from fault


def _is_written(path: Path) -> bool:
    return Path(f"{path}-wal").exists()


def _held(path: Path) -> Trouble:
    who = who_holds(path) or "another program"
    return Trouble(f"database {path}: {who} keeps it locked. Wait until that is done, or stop it, then try again.")
