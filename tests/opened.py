"""What is kept sealed, opened: two states of a database are compared by what is in them, not by how it is sealed."""

import sqlalchemy as sa

from storage import tables
from storage.scoring.ballots import ballot
from storage.unit import Unit

ROWS = {tables.dialogue: ("id", "turn"), ballot: ("owner",)}
"""The tables with something sealed, and what each row is named by."""


def rows_of(unit: Unit, table: sa.Table) -> list[tuple[object, ...]]:
    """All rows of a table, in an order of their own, each with its body opened where it is sealed."""
    keys = dict(unit.db.execute(sa.select(tables.session.c.id, tables.session.c.key)).all())
    rows = []
    for row in unit.db.execute(sa.select(table)).mappings():
        values = dict(row)
        if table in ROWS and values["session"] is not None:
            named = (values[name] for name in ROWS[table])
            name = "\0".join([table.name, *(one.hex() if isinstance(one, bytes) else str(one) for one in named)])
            values["body"] = unit.keys.read(keys[values["session"]]).open(name, values["body"])
        rows.append(tuple(values.values()))
    return sorted(rows, key=repr)
