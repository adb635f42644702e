"""What `samleng check` finds in a database that others use, or that is damaged, and that it changes nothing."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from waiting import CEILING

from bot.cli import main
from bot.disk import prepare_file, prepare_keys
from bot.trouble import Trouble

_NOBODY = 65534
_HOLDS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    connection.execute(statement)
print("held", flush=True)
sys.stdin.read()
"""

Holds = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that is up to date; nothing else is set."""
    for name in os.environ:
        if name.upper().startswith("SAMLENG_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMLENG_DATABASE_URL", f"sqlite:///{tmp_path}/samleng.sqlite3")
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    return tmp_path / "samleng.sqlite3"


@pytest.fixture
def holds(database: Path) -> Iterator[Holds]:
    """Starts another program that does this in the database, and then stays there."""
    started: list[subprocess.Popen[str]] = []

    def start(*statements: str) -> subprocess.Popen[str]:
        command: Sequence[str] = (sys.executable, "-c", _HOLDS, str(database), *statements)
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(program)
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        return program

    yield start
    for program in started:
        end(program)


def end(program: "subprocess.Popen[str]") -> None:
    """Close what it reads, so that it ends, and wait until it has."""
    with program:
        pass


def found(what: str = "database") -> str:
    """The line about this."""
    lines = CliRunner().invoke(main, ["check"]).stdout.splitlines()
    return next(line for line in lines if line.partition(" ")[2].startswith(what))


def state(database: Path) -> dict[Path, tuple[bytes, int]]:
    """What lies in the database's folder; the index of its journal is SQLite's to make again."""
    paths = (path for path in database.parent.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def damage(database: Path) -> None:
    """Write zeros over the first page of each table's and index's rows."""
    with closing(sqlite3.connect(database)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'card'").fetchone()[0]
    with database.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(bytes(size))


@pytest.mark.fault("a damaged database", holds="samleng check finds it")
def test_a_damaged_database_is_found(database: Path) -> None:
    """A page of which nothing is left, in a table that nobody looks at otherwise: told with what to do."""
    assert found().startswith(f"ok database: {database} is up to date")
    damage(database)
    before = state(database)
    assert re.match(
        rf"FAIL database: {database}: it is damaged \(.+\)\. Stop the bot, move .* samleng restore\.", found()
    )
    assert state(database) == before


def test_looking_disturbs_nobody(database: Path, holds: Holds) -> None:
    """While the bot has its journal open all is well, nothing is changed, and the next commit goes through."""
    holds("CREATE TABLE kept (a)", "INSERT INTO kept VALUES (1)")
    before = state(database)
    assert found().startswith(f"ok database: {database} is up to date")
    assert state(database) == before
    with closing(sqlite3.connect(database, timeout=0)) as other:
        other.execute("INSERT INTO kept VALUES (2)")
        other.commit()


def test_what_happens_while_it_is_read_is_no_damage(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that seemed damaged, as somebody began to write to it, is looked at again."""
    faults = iter(["Tree 3 page 3: never used", None])
    monkeypatch.setattr("bot.disk._damage", lambda _: next(faults))
    monkeypatch.setattr("bot.disk._is_written", lambda path: path == database)
    assert found().startswith("ok database")


@pytest.mark.fault("a locked database", holds="samleng check names the program that holds it")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell who it is")
@pytest.mark.parametrize(
    "statements",
    [
        ("BEGIN IMMEDIATE", "CREATE TABLE kept (a)"),
        ("PRAGMA locking_mode = EXCLUSIVE", "CREATE TABLE kept (a)"),
        ("PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"),
    ],
)
def test_who_keeps_it_locked_is_named(
    database: Path, holds: Holds, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    """A transaction that somebody left open, or a program that wants the file for itself: its number and name."""
    monkeypatch.setattr("bot.disk.PATIENCE_SECONDS", 0.0)
    program = holds(*statements)
    who = rf"process {program.pid} \(python[\d.]*\)"
    assert re.match(rf"FAIL database: {database}: {who} keeps it locked\. Wait until that is done, or stop it", found())
    end(program)
    assert found().startswith("ok database")


def test_who_writes_for_a_moment_is_waited_for(database: Path, holds: Holds, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the bot does with each batch."""
    monkeypatch.setattr("bot.disk.PATIENCE_SECONDS", CEILING)
    program = holds("BEGIN IMMEDIATE", "CREATE TABLE kept (a)")
    monkeypatch.setattr("bot.disk.time.sleep", lambda _: end(program))
    assert found().startswith(f"ok database: {database} is up to date")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("samleng.sqlite3", "database"),
        ("samleng.sqlite3-wal", "database"),
        ("samleng.sqlite3-shm", "database"),
        ("keys", "keys"),
        ("keys/0123456789abcdef.key", "keys"),
        ("keys/database.id", "keys"),
    ],
)
def test_what_others_can_read_is_named_and_closed(database: Path, holds: Holds, name: str, what: str) -> None:
    """A file that an earlier version or another program made, or a copy that was put back: seen by looking, closed by
    the next start.
    """
    holds("CREATE TABLE kept (a)")
    path = database.parent / name
    path.touch()
    path.chmod(0o755 if path.is_dir() else 0o644)
    mode = "700" if path.is_dir() else "600"
    before = path.stat().st_mode
    says = f"{what} {path}: others can read it. samleng run closes it; or run: chmod {mode} {path}."
    assert found() == f"FAIL database: {says.removeprefix('database ')}"
    assert path.stat().st_mode == before
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    assert path.stat().st_mode & 0o777 == int(mode, 8)
    assert found().startswith("ok database")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user for a moment")
def test_what_is_another_users_can_not_be_closed() -> None:
    """The line says what root is to do; where the file is this user's, it is closed."""
    with tempfile.TemporaryDirectory(prefix="samleng-") as made:
        keys = Path(made, "keys")
        keys.mkdir()
        database, key = Path(made, "x.sqlite3"), keys / "0123456789abcdef.key"
        for file in (Path(made), keys, database, key):
            file.touch()
            file.chmod(0o666 if file.suffix else 0o777)
        prepare_keys(keys)
        os.chown(keys, _NOBODY, -1)
        key.chmod(0o666)
        for prepare, path, file in ((prepare_file, database, database), (prepare_keys, keys, key)):
            says = rf"{file}: others can read it, .*\. As root, run: chown {_NOBODY} {file} && chmod 600 {file}\.$"
            with as_nobody(), pytest.raises(Trouble, match=says):
                prepare(path)
            assert file.stat().st_mode & 0o777 == 0o666
            os.chown(file, _NOBODY, -1)
            with as_nobody():
                prepare(path)
            assert file.stat().st_mode & 0o777 == 0o600


@contextmanager
def as_nobody() -> Iterator[None]:
    """As a user whom nothing else belongs to."""
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
