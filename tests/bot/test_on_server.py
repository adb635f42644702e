"""The operator's commands on PostgreSQL: what they do, and the one line in which each trouble with it is told."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from psycopg import sql
from servers import Server

from bot.cli import main
from bot.settings import database_name, read_settings
from bot.trouble import Trouble
from storage.database import connect

POINTS = "commune,service,name_km,name_en\n010201,hc,មណ្ឌលសុខភាពបន្ទាយនាង,\n010201,ps,,Banteay Neang\n"
PASSWORD = "open@sesame"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and to keep keys in."""
    for name in os.environ:
        if name.upper().startswith("SAMLENG_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMLENG_KEYS", str(tmp_path / "keys"))
    return tmp_path


@pytest.fixture
def url(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sa.URL:
    """The address of an empty database, which the settings name."""
    url = server.empty(tmp_path)
    monkeypatch.setenv("SAMLENG_DATABASE_URL", url)
    return sa.make_url(url)


@pytest.fixture
def name_it(monkeypatch: pytest.MonkeyPatch) -> Callable[[sa.URL], None]:
    def name(url: sa.URL) -> None:
        monkeypatch.setenv("SAMLENG_DATABASE_URL", url.render_as_string(hide_password=False))

    return name


def samleng(*args: object) -> tuple[int, str, str]:
    """How the command ended, and what it said."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="samleng")
    assert PASSWORD not in result.output
    return result.exit_code, result.stdout, result.stderr


def fails(*args: object) -> str:
    """The one line that it ends with."""
    code, out, err = samleng(*args)
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    return line


def execute(url: sa.URL, statement: str) -> None:
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(sql.SQL(statement))


def test_an_empty_database_is_made_ready_and_used(url: sa.URL, folder: Path) -> None:
    """Looked at, nothing is made; then it is up to date, places are known, and an export says that none is closed."""
    name = database_name(read_settings(token=False))
    assert f"ok database: {name} will be made by samleng run\n" in samleng("check")[1]
    engine = connect(url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
    assert "there is none yet" in fails("export")
    assert "is now up to date" in samleng("migrate")[1]
    assert "was already up to date" in samleng("migrate")[1]
    assert "is up to date" in samleng("check")[1].splitlines()[1]
    file = folder / "places.csv"
    file.write_text(POINTS, encoding="utf-8")
    assert samleng("places", "add", file)[1] == "2 added, 0 known already\n"
    assert samleng("places", "add", file)[1] == "0 added, 2 known already\n"
    assert "no session is closed yet" in fails("export")


@pytest.mark.fault("a newer database", holds="nothing is done with it")
def test_a_database_of_a_later_version_is_refused(url: sa.URL) -> None:
    """Nothing is done with it, and the line says whose it is."""
    samleng("migrate")
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    for command in ("migrate", "export"):
        assert "a later version of Samleng wrote it" in fails(command)
    assert "FAIL database: " in samleng("check")[1]


def test_who_keeps_a_table_from_being_read_is_named(url: sa.URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of waiting for ever: which process of which program, whose, where, since when, and what it holds."""
    monkeypatch.setattr("bot.database.PATIENCE_SECONDS", 0.01)
    samleng("migrate")
    with psycopg.connect(url.render_as_string(hide_password=False), application_name="psql") as other:
        other.execute("LOCK TABLE alembic_version")
        line = samleng("check")[1].splitlines()[1]
        assert f"process {other.info.backend_pid} of user {url.username} (psql, this machine) " in line
        assert re.search(r"has held alembic_version since \d\d:\d\d\. Wait until that is done, or end it, then", line)
    assert samleng("check")[1].splitlines()[1].startswith("ok database")


def test_another_programs_database_is_left_alone(url: sa.URL) -> None:
    """It is neither migrated nor touched."""
    execute(url, "CREATE TABLE accounts (id int)")
    assert "another program's data is in it" in fails("migrate")
    engine = connect(url)
    assert sa.inspect(engine).get_table_names() == ["accounts"]
    engine.dispose()


def test_who_may_not_make_tables_is_told(url: sa.URL, name_it: Callable[[sa.URL], None]) -> None:
    """A user of its own, whom nobody gave rights: since PostgreSQL 15 that is how it is at first."""
    execute(url, f"DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN PASSWORD '{PASSWORD}'")
    name_it(url.set(username="stranger", password=PASSWORD))
    for line in (fails("migrate"), samleng("check")[1].splitlines()[1]):
        assert "its user may not make tables there. Make it the database's owner" in line
    execute(url, "DROP ROLE stranger")


def test_what_is_not_there_is_named(url: sa.URL, name_it: Callable[[sa.URL], None]) -> None:
    """No such database, no such user, nobody who listens, no such machine: each with why, and what to mend."""
    wrong = {
        "does not exist": url.set(database="nowhere"),
        'role "nobody_knows" does not exist': url.set(username="nobody_knows"),
        "Connection refused": sa.URL.create("postgresql", "u", PASSWORD, "127.0.0.1", 9, "x"),
        "resolve": sa.URL.create("postgresql", "u", PASSWORD, "no-such-machine.invalid", None, "x"),
    }
    for says, given in wrong.items():
        name_it(given)
        line, name = fails("migrate"), database_name(read_settings(token=False))
        assert says in line
        assert line.startswith(f"samleng: database {name}: its server can't be used (")
        assert line.endswith("). Start it, or mend SAMLENG_DATABASE_URL.")


def test_a_wrong_password_is_named(own_server: Server, tmp_path: Path, name_it: Callable[[sa.URL], None]) -> None:
    """A server that asks for passwords refuses it, and the line says so without the password."""
    url = sa.make_url(own_server.empty(tmp_path))
    execute(url, "DROP ROLE IF EXISTS asked; CREATE ROLE asked LOGIN PASSWORD 'another'")
    assert own_server.data is not None
    rules = own_server.data / "pg_hba.conf"
    trusting = rules.read_text()
    rules.write_text(f"local all asked scram-sha-256\n{trusting}")
    execute(url, "SELECT pg_reload_conf()")
    name_it(url.set(username="asked", password=PASSWORD))
    try:
        assert 'password authentication failed for user "asked"' in fails("migrate")
    finally:
        rules.write_text(trusting)
        execute(url, "SELECT pg_reload_conf()")


def test_a_database_of_other_letters_is_refused(url: sa.URL, name_it: Callable[[sa.URL], None]) -> None:
    """Khmer can't be kept in one that was made for Latin letters."""
    latin = f"{url.database}_latin"
    execute(url, f"CREATE DATABASE {latin} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    name_it(url.set(database=latin))
    assert "its letters are LATIN1. Make it anew with ENCODING 'UTF8'" in fails("migrate")
    execute(url, f"DROP DATABASE {latin}")


@pytest.mark.parametrize(
    "wrong",
    [
        "postgresql://host",
        "postgresql://host/",
        "postgresql://h:port/x",
        "postgresql://u:a b@h/x",
        "postgresql+asyncpg://h/x",
    ],
)
def test_an_address_that_names_no_database_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    """The line says how it is written, and repeats nothing of what may hold a password."""
    monkeypatch.setenv("SAMLENG_DATABASE_URL", wrong)
    with pytest.raises(Trouble, match=r"SAMLENG_DATABASE_URL: .*postgresql://user:password@host:5432/name") as caught:
        read_settings(token=False)
    assert wrong not in str(caught.value)


def test_how_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without user and password; and its keys are kept in this user's folder, not on the server."""
    monkeypatch.delenv("SAMLENG_KEYS")
    monkeypatch.setenv("SAMLENG_DATABASE_URL", "postgres://me:open%40sesame@db.example:5433/samleng?sslmode=require")
    settings = read_settings(token=False)
    assert settings.database_url.startswith("postgresql://me:")
    assert database_name(settings) == "postgresql://db.example:5433/samleng"
    assert settings.keys.name == "keys"
    assert "sesame" not in repr(settings)
