"""Which programs hold a file locked, as far as the system says."""

import os
from pathlib import Path

_LOCKS = Path("/proc/locks")
_BESIDE = ("", "-wal", "-shm")
_PID, _FILE = 4, 5
"""Columns of /proc/locks: `1: POSIX ADVISORY WRITE 4711 08:01:131 0 EOF`."""


def holders(path: Path) -> list[str]:
    """The other programs that hold the database in this file, or its journal, by name and number; none where the
    system does not say.
    """
    nodes = {str(file.stat().st_ino) for file in (Path(f"{path}{end}") for end in _BESIDE) if file.exists()}
    try:
        rows = [line.replace("-> ", "").split() for line in _LOCKS.read_text().splitlines()]
    except OSError:
        return []
    pids = {int(row[_PID]) for row in rows if row[_FILE].rpartition(":")[2] in nodes}
    return [f"{_name(pid)} (process {pid})" for pid in sorted(pids - {os.getpid()}) if pid > 0]


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return "a program"
