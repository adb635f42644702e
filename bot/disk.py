"""The database file and the folder of session keys, as they stand on the disk."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.trouble import Trouble, database_troubles, disk_trouble

_OWNER_ONLY = 0o700
_OTHERS = 0o077
_KEYS = {".key", ".id"}
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


def prepare_file(path: Path) -> None:
    """Make the database's file and its folder, where they are missing, and close it and its journal to others.

    Raises Trouble.
    """
    file_revision(path)
    with database_troubles(str(path)):
        path.parent.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    _close_to_others(_database_files(path))


def check_sound(path: Path) -> None:
    """Raises Trouble where the database in this file is damaged, or held by another program.

    Changes nothing. Reads the whole file.
    """
    with database_troubles(str(path)), closing(_looking(path)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Trouble(f"database {path}: it is damaged. Put a backup in its place: samleng restore FILE.")
        if Path(f"{path}-wal").exists():
            with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as writing:
                writing.execute("BEGIN IMMEDIATE")
                writing.execute("ROLLBACK")


def check_closed(path: Path, keys: Path) -> None:
    """Raises Trouble for a file of the database or the keys that others on this machine can open. Changes nothing."""
    inside = [keys, *_key_files(keys)] if keys.is_dir() else []
    for file in filter(_is_open_to_others, [*_database_files(path), *inside]):
        raise Trouble(f"{file}: others on this machine can open it. Start samleng run, which closes it to them.")


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
    """Make the folder where it is missing, beside what is there, and close it to others. Raises Trouble."""
    check_keys(folder)
    try:
        folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        if _is_open_to_others(folder):
            folder.chmod(_OWNER_ONLY)
        _close_to_others(_key_files(folder))
    except FileNotFoundError:
        raise Trouble(
            f"keys {folder}: the folder above it doesn't exist. Make that one, or mend SAMLENG_KEYS."
        ) from None
    except OSError as fault:
        raise disk_trouble(fault, f"keys {folder}", _OTHER_KEYS) from fault


def _is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & _OTHERS)


def _database_files(path: Path) -> list[Path]:
    return [file for file in (path, *(Path(f"{path}-{end}") for end in ("wal", "shm", "journal"))) if file.exists()]


def _key_files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.suffix in _KEYS]


def _close_to_others(files: Iterable[Path]) -> None:
    for file in filter(_is_open_to_others, files):
        try:
            file.chmod(0o600)
        except OSError as fault:
            raise disk_trouble(
                fault, str(file), "Others can open it: chmod 600 it as its owner, or chown it"
            ) from fault


def _check_can_be_made(path: Path, do: str) -> None:
    above = next(folder for folder in path.parents if folder.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise Trouble(f"{path}: it can't be made, for {above} is no folder that this user may write to. {do}.")


def _looking(path: Path) -> sqlite3.Connection:
    # Without a journal nobody is writing, and "immutable" keeps SQLite from making one.
    way = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?{way}", uri=True, timeout=2)


def _revision(path: Path) -> str | None:
    with closing(_looking(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" not in tables or "ballot" not in tables:
            raise Trouble(f"database {path}: another program's data is in it. {_OTHER_DATABASE}.")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None
