"""Rows are erased some at a time: whoever taps waits for some only."""

import sqlalchemy as sa

from storage.unit import Unit

MOST_AT_ONCE = 500


def erase_some(unit: Unit, table: sa.Table, old: sa.ColumnElement[bool]) -> int:
    """Erase rows that are old, MOST_AT_ONCE at the most; how many those were."""
    key = tuple(table.primary_key.columns)
    some = sa.select(*key).where(old).limit(MOST_AT_ONCE)
    found = key[0].in_(some) if len(key) == 1 else sa.tuple_(*key).in_(some)
    return unit.db.execute(table.delete().where(found)).rowcount
