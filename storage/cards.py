"""Cards as they are kept: whole, and never changed."""

from collections.abc import Iterator

import sqlalchemy as sa
import structlog

from scorecard.card import Card, card_from_json, card_to_json
from storage import tables
from storage.database import upsert
from storage.unit import Unit

log = structlog.get_logger("storage")


def add_cards(unit: Unit, cards: tuple[Card, ...]) -> None:
    """Copy cards into the database whole. One that is there stays as it is, and is whole again where it was damaged."""
    last = unit.db.scalar(sa.select(sa.func.max(tables.card.c.number))) or 0
    for number, card in enumerate(cards, start=last + 1):
        row = {"key": card.key, "version": card.version, "hash": card.hash, "body": card_to_json(card)}
        upsert(unit.db, tables.card, {**row, "number": number}, {"body": row["body"]})


def newest_cards(unit: Unit) -> tuple[Card, ...]:
    """The cards that new sessions use: of each kind the one that was added last, of those that can be read."""
    return tuple({card.key: card for card in _readable(unit)}.values())


def _readable(unit: Unit) -> Iterator[Card]:
    rows = unit.db.execute(sa.select(tables.card.c.key, tables.card.c.body).order_by(tables.card.c.number))
    for key, body in rows.all():
        try:
            yield card_from_json(body)
        except (ValueError, TypeError, KeyError, AttributeError):
            log.error("a card can't be read: the one before it is used", card=key)
