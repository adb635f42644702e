"""Cards as they are kept: whole, and never changed."""

import sqlalchemy as sa

from scorecard.card import Card, card_from_json, card_to_json
from storage import tables
from storage.database import upsert
from storage.unit import Unit


def add_cards(unit: Unit, cards: tuple[Card, ...]) -> None:
    """Copy cards into the database whole; those that are there stay as they are."""
    last = unit.db.scalar(sa.select(sa.func.max(tables.card.c.number))) or 0
    for number, card in enumerate(cards, start=last + 1):
        row = {"key": card.key, "version": card.version, "hash": card.hash, "body": card_to_json(card)}
        upsert(unit.db, tables.card, {**row, "number": number})


def newest_cards(unit: Unit) -> tuple[Card, ...]:
    """The cards that new sessions use: of each kind the one that was added last."""
    rows = unit.db.execute(sa.select(tables.card.c.key, tables.card.c.body).order_by(tables.card.c.number))
    return tuple({key: card_from_json(body) for key, body in rows}.values())
