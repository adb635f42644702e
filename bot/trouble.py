"""What an operator hears when something is wrong that they can put right: one line, never a traceback."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from bot.redaction import one_line, without_tokens

DISK_FULL = "the disk is full. Make room on it, then try again"

_ANOTHER_FILE = "Name another file in SAMLENG_DATABASE_URL, or put a backup in its place"
_ACCESS = "Let this user write to the file and its folder, or name another in SAMLENG_DATABASE_URL"
_HELD = "another program holds it. Wait until that is done, or stop it, then try again"
_SQLITE = {
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_PERM: f"this user may not use it. {_ACCESS}",
    sqlite3.SQLITE_READONLY: f"it can be read but not written. {_ACCESS}",
    sqlite3.SQLITE_CANTOPEN: f"it can't be opened. {_ACCESS}",
    sqlite3.SQLITE_NOTADB: f"it is no SQLite database. {_ANOTHER_FILE}",
    sqlite3.SQLITE_CORRUPT: f"it is damaged. {_ANOTHER_FILE}",
    sqlite3.SQLITE_IOERR: "the disk fails to read or write it. Check the disk, then try again",
}
_PRIMARY_CODE = 0xFF
_MEND = "Start it, or mend SAMLENG_DATABASE_URL"
_RIGHTS = "Let it make and change tables there: GRANT CREATE ON SCHEMA public, or make it the database's owner"
_POSTGRESQL = {
    "25006": f"it can be read but not written. Wait until it is the main server again, or name that one. {_MEND}",
    "42501": f"its user may not do this. {_RIGHTS}",
    "53100": "the server's disk is full. Make room on it, then try again",
    "53300": "its server takes no more connections. Stop other programs, or raise max_connections",
    "55P03": _HELD,
    "57P01": f"its server was stopped. {_MEND}",
    "57P03": "its server is starting or stopping. Wait a moment, then try again",
}
"""By PostgreSQL's own codes of errors."""


class Trouble(Exception):  # noqa: N818 - it is the operator's word, and no fault of the program
    """Something an operator can put right, as one line: "what: why. what to do"."""

    def __init__(self, line: str) -> None:
        super().__init__(one_line(without_tokens(line)))


def revoked_token() -> Trouble:
    """What it means to an operator that Telegram refuses the token of a bot that runs."""
    return Trouble(
        "SAMLENG_BOT_TOKEN: Telegram does not take it any more. Get the present one from @BotFather, then start again."
    )


def unreachable(why: str) -> Trouble:
    """What it means to an operator that Telegram does not answer when the bot begins."""
    return Trouble(f"Telegram: it can't be reached ({why}). Check the network and SAMLENG_API_URL, then start again.")


def database_trouble(fault: BaseException, name: str = "") -> Trouble | None:
    """What a fault of the database, raw or as SQLAlchemy wraps it, means to an operator; None for any other."""
    raw = getattr(fault, "orig", None) or fault
    code = getattr(raw, "sqlite_errorcode", None)
    why = _SQLITE.get(code & _PRIMARY_CODE) if isinstance(code, int) else _of_server(raw)
    return Trouble(f"{f'database {name}'.strip()}: {why}.") if why else None


def _of_server(raw: BaseException) -> str | None:
    """What a fault of PostgreSQL means. Where no server answered there is no code, and libpq says why."""
    if not hasattr(raw, "sqlstate"):
        return None
    if isinstance(raw.sqlstate, str):
        return _POSTGRESQL.get(raw.sqlstate)
    if "OperationalError" not in {kind.__name__ for kind in type(raw).__mro__}:
        return None
    said = [re.sub(r"^.* failed: |^\W*(?:FATAL|ERROR): *", "", line) for line in str(raw).splitlines()]
    last = next((line for line in reversed(said) if line.strip() and not line.startswith("\t")), "no reason given")
    return f"its server can't be used ({re.sub('^[A-Z]+: +', '', last).strip(' .')}). {_MEND}"


def disk_trouble(fault: OSError, what: str, do: str) -> Trouble:
    """What the operating system's refusal means; `do`: how an operator puts it right, unless the disk is full."""
    if is_disk_full(fault):
        return Trouble(f"{what}: {DISK_FULL}.")
    return Trouble(f"{what}: it can't be used ({fault.strerror or type(fault).__name__}). {do}.")


def is_disk_full(fault: BaseException) -> bool:
    return isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT}


def trouble_in(fault: BaseException) -> Trouble | None:
    """The trouble that a fault, or one of a group of faults, is or means; None where nobody foresaw it."""
    if isinstance(fault, Trouble):
        return fault
    if isinstance(fault, BaseExceptionGroup):
        return next(filter(None, map(trouble_in, fault.exceptions)), None)
    if is_disk_full(fault):
        return Trouble(f"samleng's files: {DISK_FULL}.")
    return database_trouble(fault)


@contextmanager
def database_troubles(name: str) -> Iterator[None]:
    """Within it, a foreseeable fault of the database with this name is raised as Trouble."""
    try:
        yield
    except OSError as fault:
        raise disk_trouble(fault, f"database {name}", _ACCESS) from fault
    except Exception as fault:
        trouble = database_trouble(fault, name)
        if trouble is None:
            raise
        raise trouble from fault
