"""Run by Alembic: brings the database of the connection it was handed up to date, in one transaction."""

from typing import Literal

from alembic import context

from storage.tables import Time, metadata


def written(kind: str, thing: object, _: object) -> str | Literal[False]:
    """How a column's type is written into a new step: a step must not change with our own types."""
    return "sa.BigInteger()" if kind == "type" and isinstance(thing, Time) else False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True, render_item=written)
with context.begin_transaction():
    context.run_migrations()
