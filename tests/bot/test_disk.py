"""What an operator hears when the disk, the database or the key folder are not as they should be."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.disk import check_keys, file_revision, prepare_file, prepare_keys
from bot.open_store import migrate_database, open_store
from bot.settings import Settings
from bot.trouble import Trouble, database_trouble, trouble_in
from storage.cards import newest_cards


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/data/samleng.sqlite3")


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_a_store_opens_where_nothing_was(tmp_path, settings):
    """Folders, database and cards are made, for this user alone; a second start finds them and adds nothing."""
    data = tmp_path / "data"
    for _ in range(2):
        store = await open_store(settings)
        assert {_mode(path) for path in data.rglob("*") if path.is_file()} == {0o600}
        assert {card.key for card in await store.run(newest_cards)} == {"ca", "hc", "ps"}
        store.close()
    assert (_mode(data), _mode(data / "keys"), _mode(data / "samleng.sqlite3")) == (0o700, 0o700, 0o600)
    with closing(sqlite3.connect(data / "samleng.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM card").fetchone() == (3,)


def test_migrating_twice_changes_nothing(settings):
    """The first time makes the database, the second has nothing to do."""
    assert migrate_database(settings)
    assert not migrate_database(settings)


@pytest.mark.fault("a newer database", holds="it is left as it is, and the line says so")
async def test_a_newer_database_is_refused(tmp_path, settings):
    """A database of a later version is left as it is, and the line says so."""
    migrate_database(settings)
    file = tmp_path / "data" / "samleng.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(Trouble, match="later version of Samleng"):
        await open_store(settings)


def test_another_programs_database_is_left_alone(tmp_path):
    """A database that holds something else is neither migrated nor touched."""
    file = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE accounts (id)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(Trouble, match="another program's data"):
        migrate_database(Settings(database_url=f"sqlite:///{file}"))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.fault("a file that is no database", holds="it is named in one line")
def test_no_database_at_all_is_named(tmp_path):
    """A file that is no database is called that."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear facilitator,\n" * 99, encoding="utf-8")
    with pytest.raises(Trouble, match="no SQLite database"):
        migrate_database(Settings(database_url=f"sqlite:///{file}"))


@pytest.mark.parametrize("path", ["{tmp}/file/x/samleng.sqlite3", "/proc/samleng/samleng.sqlite3", "{tmp}"])
def test_a_database_that_cannot_be_written_is_named(tmp_path, path):
    """Below a file, where no files can be made, or in a folder's place: one line with the way out."""
    (tmp_path / "file").touch()
    url = f"sqlite:///{path.format(tmp=tmp_path)}"
    with pytest.raises(Trouble, match=r"samleng.sqlite3|database.*SAMLENG_DATABASE_URL"):
        migrate_database(Settings(database_url=url, keys=tmp_path / "keys"))


def test_looking_changes_nothing(tmp_path, settings):
    """What is only looked at stays as it was, in the middle of somebody's writing too."""
    assert file_revision(tmp_path / "data" / "samleng.sqlite3") is None
    check_keys(settings.keys)
    assert list(tmp_path.iterdir()) == []
    migrate_database(settings)
    file = tmp_path / "data" / "samleng.sqlite3"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert file_revision(file)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    with closing(sqlite3.connect(file)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        assert file_revision(file)


def test_keys_are_closed_to_others(tmp_path):
    """A folder of keys that others could open is closed; one that holds other things isn't touched."""
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o755)
    (keys / "1.key").touch()
    prepare_keys(keys)
    assert _mode(keys) == 0o700
    keys.chmod(0o755)
    (keys / "letter.txt").touch()
    with pytest.raises(Trouble, match="holds other things than keys"):
        prepare_keys(keys)
    assert _mode(keys) == 0o755


@pytest.mark.parametrize("path", ["file", "file/keys", "nowhere/keys", "/proc/keys"])
def test_a_key_folder_that_cannot_be_used_is_named(tmp_path, path):
    """Keys need a folder of their own beside something that is there; the line names it and the variable."""
    (tmp_path / "file").touch()
    folder = tmp_path / path
    with pytest.raises(Trouble) as caught:
        prepare_keys(folder)
    assert str(folder) in str(caught.value)
    assert "SAMLENG_KEYS" in str(caught.value)


@pytest.mark.fault("a locked database", holds="the operator hears who holds it")
def test_a_locked_database_is_named(tmp_path):
    """Another program that holds the database is what the operator hears of."""
    file = tmp_path / "x.sqlite3"
    engine = sa.create_engine(f"sqlite:///{file}", connect_args={"timeout": 0})
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sa.exc.OperationalError) as caught, engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE a (b)")
    engine.dispose()
    assert "another program holds it" in str(database_trouble(caught.value, str(file)))


@pytest.mark.fault("a full disk", holds="it is named in one line")
def test_a_full_disk_is_named(tmp_path):
    """A full disk is called that, whether SQLite or the operating system meets it, and inside a group too."""
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.executescript("CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f)")
    assert "the disk is full" in str(trouble_in(caught.value))
    full = OSError(errno.ENOSPC, "No space left on device")
    assert "the disk is full" in str(trouble_in(ExceptionGroup("", [full])))


def test_what_nobody_foresaw_is_no_trouble(tmp_path):
    """Only what an operator can put right is told as if they could."""
    assert trouble_in(ValueError("x")) is None
    assert trouble_in(sqlite3.OperationalError("no such table: x")) is None
    prepare_file(tmp_path / "x.sqlite3")
    prepare_file(tmp_path / "x.sqlite3")
