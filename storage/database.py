"""The databases that there can be: what one of them does otherwise than the others stands in a module of its own."""

from collections.abc import Mapping
from typing import Any, Protocol

import sqlalchemy as sa

from storage import postgresql, sqlite
from storage.hold import Hold


class Own(Protocol):
    """What such a module has. Each of its functions says what it does."""

    @property
    def insert(self) -> Any: ...

    def connect(self, url: sa.URL, bot: int, /) -> sa.Engine: ...

    def connect_to_read(self, url: sa.URL, /) -> sa.Engine: ...

    def lock_whole(self, connection: sa.Connection, /) -> None: ...

    def is_lost(self, fault: Exception, /) -> bool: ...

    def is_in_the_way(self, fault: Exception, /) -> bool: ...

    def scour(self, connection: Any, /) -> bool: ...

    def hold(self, url: sa.URL, bot: int, role: str, /) -> tuple[Hold | None, str]: ...


_OWN: dict[str, Own] = {"sqlite": sqlite, "postgresql": postgresql}


def own(dialect: sa.Dialect) -> Own:
    """The module of a database."""
    return _OWN[dialect.name]


def connect(url: str | sa.URL, bot: int = 0) -> sa.Engine:
    """An engine on the database at this address, `sqlite:///…` or `postgresql://…`, for the batches of a bot.

    0 is for what is no bot's; nothing is opened yet.
    """
    whole = sa.make_url(url)
    if whole.drivername == "postgresql":
        whole = whole.set(drivername="postgresql+psycopg")
    return _OWN[whole.get_backend_name()].connect(whole, bot)


def upsert(
    db: sa.Connection, table: sa.Table, row: Mapping[str, Any], changes: Mapping[str, Any] | None = None
) -> bool:
    """Write a row; where there is one like it already, only these columns of that. Whether anything was written.

    changes: a row like it is one with the same primary key; without, it is one that the table has no room for beside
    it, and stays as it was.
    """
    insert = own(db.dialect).insert(table).values(**row)
    if changes is None:
        insert = insert.on_conflict_do_nothing()
    else:
        insert = insert.on_conflict_do_update(index_elements=table.primary_key.columns, set_=changes)
    return db.execute(insert.execution_options(preserve_rowcount=True)).rowcount == 1
