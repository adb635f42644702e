"""The database that the settings name: whether it can be used, and how it is made ready."""

from typing import TYPE_CHECKING

from bot.disk import file_revision, prepare_file
from bot.settings import Settings, database_name, database_path
from bot.trouble import Trouble, database_troubles

if TYPE_CHECKING:
    import sqlalchemy as sa

PATIENCE_SECONDS = 10
"""So long the look at a server's database waits for who holds it: as a batch does."""

_ASKED = "SELECT current_setting('server_encoding'), coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)"


def check_database(settings: Settings) -> str | None:
    """The revision of the database, or None where its tables are yet to be made. Changes nothing.

    Raises Trouble for one that can't be used, or that another program's data is in.
    """
    path = database_path(settings)
    return _server_revision(settings) if path is None else file_revision(path)


def prepare_database(settings: Settings) -> None:
    """Make the database's file where it is one and missing. Raises Trouble."""
    path = database_path(settings)
    if path is not None:
        prepare_file(path)
    else:
        check_database(settings)


def engine_of(settings: Settings) -> "sa.Engine":
    """The engine for the bot's batches; nothing is opened yet."""
    import sqlalchemy as sa

    from bot.settings import bot_id
    from storage.database import connect

    path = database_path(settings)
    url = settings.database_url if path is None else sa.URL.create("sqlite", database=str(path))
    return connect(url, bot_id(settings) if settings.bot_token.get_secret_value() else 0)


def _server_revision(settings: Settings) -> str | None:
    import sqlalchemy as sa

    from storage.database import own
    from storage.postgresql import is_held, who_holds

    name = database_name(settings)
    writing = engine_of(settings)
    engine = own(writing.dialect).connect_to_read(writing.url)
    try:
        with database_troubles(name), engine.connect() as connection:
            try:
                return _revision(connection, name)
            except sa.exc.DBAPIError as fault:
                if not is_held(fault):
                    raise
                connection.rollback()
                who = who_holds(connection) or "another program held it just now"
                do = "Wait until that is done, or end it, then try again"
                raise Trouble(f"database {name}: {who}. {do}.") from fault
    finally:
        engine.dispose()


def _revision(connection: "sa.Connection", name: str) -> str | None:
    import sqlalchemy as sa

    what = f"database {name}"
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
    encoding, may_create = connection.execute(sa.text(_ASKED)).one()
    if encoding != "UTF8":
        raise Trouble(f"{what}: its letters are {encoding}. Make it anew with ENCODING 'UTF8'.")
    tables = set(sa.inspect(connection).get_table_names())
    if not tables and not may_create:
        raise Trouble(f"{what}: its user may not make tables there. Make it the database's owner.")
    if not tables:
        return None
    if "alembic_version" not in tables or "ballot" not in tables:
        raise Trouble(f"{what}: another program's data is in it. Name another in SAMLENG_DATABASE_URL.")
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision
