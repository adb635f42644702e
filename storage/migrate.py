"""Brings a database up to date."""

import logging
from pathlib import Path

import sqlalchemy as sa

from storage.database import own

_SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseNewerError(Exception):
    """The database was written by a later version of Samleng."""


def migrate(engine: sa.Engine) -> bool:
    """Bring the database up to date, under a lock; whether there was anything to do.

    Raises DatabaseNewerError, having changed nothing, for a database that a later version wrote.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    with engine.begin() as connection:
        own(connection.dialect).lock_whole(connection)
        here = MigrationContext.configure(connection).get_current_revision()
        if here is not None and here not in known:
            raise DatabaseNewerError(here)
        if here == scripts.get_current_head():
            return False
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return True
