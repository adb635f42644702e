"""What is to be done outside the database, after its commit: keys are destroyed, and with them what they sealed."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from scorecard.session import UNDER_WAY
from storage import tables
from storage.unit import Unit

NUMBER_BYTES = 8
ORPHANED_AFTER = timedelta(hours=1)

_S = tables.session.c
_K = tables.doomed_key.c


def keyless(unit: Unit) -> tuple[int, ...]:
    """The sessions under way whose key is not where it should be: nobody can score in them."""
    under_way = unit.db.execute(sa.select(_S.id, _S.key).where(_S.state.in_(UNDER_WAY)).order_by(_S.id)).all()
    there = unit.keys.names()
    return tuple(session for session, key in under_way if key not in there)


def own_folder(unit: Unit) -> bool:
    """Whether the folder of keys is this database's; one that is new, or holds no key yet, becomes so."""
    number, there = unit.db.scalar(sa.select(tables.key_folder.c.database)), unit.keys.database()
    if number is not None and there is not None:
        return bool(number == there)
    if number is None:
        if unit.keys.names():
            return False
        number = there or unit.draw(NUMBER_BYTES).hex()
        unit.db.execute(tables.key_folder.insert().values(database=number))
    if there is None:
        unit.keys.belong_to(number)
    return True


def doom(unit: Unit, key: str) -> None:
    """Have a key destroyed once this unit of work is committed."""
    unit.db.execute(tables.doomed_key.insert().values(name=key))


def doom_each(unit: Unit, keys: sa.Select[Any]) -> None:
    """The same of each key that is selected."""
    unit.db.execute(tables.doomed_key.insert().from_select(["name"], keys))


def doomed(unit: Unit) -> tuple[str, ...]:
    """The keys that may still be on the disk though what they seal is over."""
    return tuple(unit.db.scalars(sa.select(_K.name)))


def destroyed(unit: Unit, keys: Collection[str]) -> tuple[int, ...]:
    """These keys are gone, and the journal is empty: the sessions that are sealed by that."""
    unit.db.execute(tables.doomed_key.delete().where(_K.name.in_(keys)))
    sealed = tables.session.update().where(_S.key.in_(keys)).values(sealed=True).returning(_S.id)
    return tuple(unit.db.scalars(sealed))


def sweep_orphans(unit: Unit) -> int:
    """Destroy the keys that seal nothing here: a unit of work that made one was rolled back; how many those were.

    Those that were made a moment ago stay: another bot's unit of work may be about to commit what they seal.
    """
    known = set(unit.db.scalars(sa.select(_S.key).where(_S.state.in_(UNDER_WAY))))
    known |= set(unit.db.scalars(sa.select(_S.counts_key).where(_S.counts_key.is_not(None))))
    orphans = unit.keys.names(made_before=unit.sure_now - ORPHANED_AFTER) - known
    for name in orphans:
        unit.keys.destroy(name)
    return len(orphans)
