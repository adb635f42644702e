"""Migrations: what they make is what the tables say, and a newer database is refused."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from storage import migrate as module
from storage.migrate import DatabaseNewerError, migrate
from storage.store import connect
from storage.tables import metadata

SCRIPTS = Path(module.__file__).with_name("migrations")


def test_a_migrated_database_is_what_the_tables_say(tmp_path: Path) -> None:
    """Alembic finds no difference; what it can't see (rowids, autoincrement) is the same in SQLite's own words."""
    migrated, made = connect(tmp_path / "migrated"), connect(tmp_path / "made")
    assert migrate(migrated)
    with made.begin() as connection:
        metadata.create_all(connection)
    with migrated.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [step for step in found if step[0] not in {"add_constraint", "remove_constraint"}] == []
    assert _parts(migrated) == _parts(made)


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """The second time there is nothing to do."""
    engine = connect(tmp_path / "twice")
    assert migrate(engine)
    assert not migrate(engine)


def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    """A database that a later version wrote is left as it is."""
    engine = connect(tmp_path / "newer")
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    before = _parts(engine)
    with pytest.raises(DatabaseNewerError):
        migrate(engine)
    assert _parts(engine) == before


def _parts(engine: sa.Engine) -> dict[str, set[str]]:
    """What each table and index is made of, in whatever order."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text("select name, sql from sqlite_master where sql is not null")).all()
    made = {name: " ".join(sql.replace('"', "").split()) for name, sql in rows if name != "alembic_version"}
    return {name: {part.strip() for part in re.split(r"[(),]", sql)} for name, sql in made.items()}


def test_what_the_release_before_had_under_way_is_wiped(tmp_path: Path) -> None:
    """Its dialogues are about things that are kept otherwise now: they end, and their screens say so."""
    engine = connect(tmp_path / "before")
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        about = """('abc', 1, 2, 'score', '[[1], 1, false, ""]', null, null, '{}', 7, 3, 100)"""
        connection.execute(sa.text(f"INSERT INTO dialogue VALUES {about}".replace(":", r"\:")))
    assert migrate(engine)
    with engine.connect() as connection:
        posts = connection.execute(sa.text("SELECT kind, chat, replaces, state FROM post")).all()
        assert posts == [("wipe", 2, 7, "waiting")]
        assert connection.scalar(sa.text("SELECT count(*) FROM dialogue")) == 0


def test_posts_of_the_release_before_are_kept_with_their_subject(tmp_path: Path) -> None:
    """What was sent is not sent again, what waits goes out, and each is found by what it is about."""
    engine = connect(tmp_path / "before")
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    rows = (
        (1, -5, "digest", '{"session": 7, "detail": ""}', "digest:7:-5", "sent"),
        (1, 9, "poster", '{"session": 7, "detail": "3"}', "poster:7:3:9", "waiting"),
        (1, -5, "linked", '{"session": null, "detail": ""}', "linked:abc", "sent"),
    )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for bot, chat, kind, payload, dedup, state in rows:
            connection.exec_driver_sql(
                "INSERT INTO post (bot, chat, kind, payload, language, dedup, not_before, state, attempts) "
                "VALUES (?, ?, ?, ?, 'km', ?, 0, ?, 0)",
                (bot, chat, kind, payload, dedup, state),
            )
    assert migrate(engine)
    with engine.connect() as connection:
        posts = connection.exec_driver_sql(
            "SELECT chat, kind, subject, subject_id, detail, dedup, state FROM post ORDER BY id"
        ).all()
    assert posts == [
        (-5, "digest", "session", 7, "", "digest:session:7", "sent"),
        (9, "poster", "session", 7, "3", "poster:session:7:3", "waiting"),
        (-5, "linked", None, None, "", "linked:abc", "sent"),
    ]
