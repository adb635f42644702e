"""Pots of tea, one for each session at most."""

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sample_room.conversations.tea.make_tea import TeaIsReady
from sample_room.conversations.tea.pour_tea import CLEARED_AWAY

from conversations.refusals import Why
from storage import tables
from storage.people import Person
from storage.session import of_id
from storage.unit import Unit

metadata = sa.MetaData()
"""A room of the house adds its tables to `tables.metadata`, and a migration that makes them."""

pots = sa.Table(
    "pot",
    metadata,
    sa.Column("session", sa.ForeignKey(tables.session.c.id), primary_key=True),
    sa.Column("leaf", sa.String(8), nullable=False),
    sa.Column("beside", sa.Text, nullable=False, comment="JSON: codes"),
    sa.Column("word", sa.Text, nullable=False),
    sa.Column("made_by", sa.BigInteger, nullable=False),
    sa.Column("made_at", tables.Time, nullable=False),
    sa.Column("cups", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("told_cold", sa.Boolean, nullable=False),
    sa.Column("cleared_at", tables.Time),
)

_P = pots.c


@dataclass(frozen=True, slots=True)
class Pot:
    """A pot with its tea, and for whom it may be poured."""

    bot: int
    place: str
    session: int
    leaf: str
    beside: tuple[str, ...]
    word: str
    cups: int
    turn: int
    cleared: bool


def pot_of(unit: Unit, person: Person, session: str) -> Pot | Why:
    """The pot that an entry names by its session."""
    held = of_id(unit, person, session)
    if isinstance(held, Why):
        return held
    row = unit.db.execute(sa.select(pots).where(_P.session == held.session.id)).one_or_none()
    if row is None:
        return CLEARED_AWAY
    beside, cleared = tuple(json.loads(row.beside)), row.cleared_at is not None
    return Pot(held.bot, held.place, row.session, row.leaf, beside, row.word, row.cups, row.turn, cleared)


def ready(pot: Pot) -> TeaIsReady:
    """A pot as its facilitator sees it."""
    return TeaIsReady(pot.session, pot.leaf, pot.beside, pot.cups, pot.turn)
