"""Which process keeps an SQLite file locked, as far as the system tells."""

import fcntl
import os
import struct
import sys
from pathlib import Path

_READING = 0x4000_0000, 512
"""The bytes of the file that whoever keeps others from reading has locked."""

_WRITING = 120, 1
"""The same of whoever writes to the journal, in the file of its index."""

_FLOCK = "hhqqi0q"


def who_holds(path: Path) -> str | None:
    """The process that keeps others from reading or writing this database just now, such as "process 42 (sqlite3)".

    None where there is none, and on systems other than Linux. Only for a process that has no connection to this
    database: by closing a file it lets go of all its locks there.
    """
    if sys.platform != "linux":
        return None
    return _locks(path, *_READING) or _locks(Path(f"{path}-shm"), *_WRITING)


def _locks(path: Path, start: int, length: int) -> str | None:
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        asked = struct.pack(_FLOCK, fcntl.F_RDLCK, os.SEEK_SET, start, length, 0)
        kind, _, _, _, process = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))
    finally:
        os.close(file)
    return None if kind == fcntl.F_UNLCK else f"process {process}{_program(process)}"


def _program(process: int) -> str:
    try:
        return f" ({Path(f'/proc/{process}/comm').read_text(encoding='utf-8', errors='replace').strip()})"
    except OSError:
        return ""
