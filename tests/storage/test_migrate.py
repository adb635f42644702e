"""Migrations: what they make is what the tables say, one process makes it, and a newer database is refused."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from made import host

from storage.database import connect
from storage.migrate import DatabaseNewerError, migrate
from storage.tables import metadata

Parts = dict[str, set[str]]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Callable[[str], sa.Engine]]:
    """Makes an engine on a new database in which there is nothing, for a bot; by name, so that there can be several."""
    engines = []

    def make(name: str, bot: int = 0) -> sa.Engine:
        (tmp_path / name).mkdir(exist_ok=True)
        engines.append(connect(host().empty(tmp_path / name), bot))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


def test_a_migrated_database_is_what_the_tables_say(empty) -> None:
    """Alembic finds no difference; what it can't see (rowids, autoincrement, defaults) is the same all the same."""
    migrated, made = empty("migrated"), empty("made")
    assert migrate(migrated)
    with made.begin() as connection:
        metadata.create_all(connection)
    with migrated.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [step for step in found if step[0] not in {"add_constraint", "remove_constraint"}] == []
    assert parts(migrated) == parts(made)


def test_migrating_twice_changes_nothing(empty) -> None:
    """The second time there is nothing to do."""
    engine = empty("twice")
    assert migrate(engine)
    assert not migrate(engine)


@pytest.mark.fault("two processes", holds="a database is brought up to date once")
def test_of_many_who_migrate_at_once_one_does(empty) -> None:
    """Two roles of two bots that are started together on an empty database: the others find that it is done."""
    engines = [empty("at once", bot) for bot in (1, 1, 2, 2)]
    with ThreadPoolExecutor(len(engines)) as at_once:
        done = list(at_once.map(migrate, engines))
    assert sorted(done) == [False, False, False, True]


@pytest.mark.fault("a newer database", holds="it is left as it is")
def test_a_newer_database_is_refused_untouched(empty) -> None:
    """A database that a later version wrote is left as it is."""
    engine = empty("newer")
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    before = parts(engine)
    with pytest.raises(DatabaseNewerError):
        migrate(engine)
    assert parts(engine) == before


def parts(engine: sa.Engine) -> Parts:
    """What each table and index is made of, in whatever order."""
    with engine.connect() as connection:
        made = {name: " ".join(sql.split()) for name, sql in connection.execute(sa.text(_ASKED[engine.dialect.name]))}
    return {
        name: {part.strip() for part in re.split(r"[(),]", sql)}
        for name, sql in made.items()
        if "alembic_version" not in name
    }


_ASKED = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT table_name || '.' || column_name, concat_ws(' ', data_type, character_maximum_length,
        is_nullable, column_default, col_description(table_name::regclass, ordinal_position::int))
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
}
"""How each database tells what it holds."""
