"""What a facilitator chose when they opened a session last: so it stands when they open another."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from conversations.sessions.settings import Settings
from scorecard.card import OVERALL, Service, card_from_json
from storage import tables
from storage.people import Dialogue
from storage.unit import Unit

_S = tables.session.c
_P = tables.session_point.c


def last_time(unit: Unit, dialogue: Dialogue, communes: Sequence[str]) -> Settings:
    """What this facilitator chose last in some communes; at first, what is usual."""
    by_them = (_S.bot == dialogue.bot) & (_S.opened_by == dialogue.person)
    own = _S.commune.in_(communes) & by_them & _S.villages.is_(None)
    last = sa.select(sa.func.max(_S.id)).where(own).scalar_subquery()
    compares = unit.db.scalar(sa.select(_S.compares).where(_S.id == last)) is not False
    return Settings(compares, _criteria(unit, own))


def _criteria(unit: Unit, own: sa.ColumnElement[bool]) -> dict[Service, tuple[str, ...]]:
    """Of each kind of service the criteria that were asked in the last of these sessions that had it.

    Where those were the usual ones, today's usual ones are asked: a new card may have others. A card that can't be
    read says nothing.
    """
    of_each = sa.select(sa.func.max(_P.session)).join(tables.session, _S.id == _P.session).where(own).group_by(_P.card)
    asked = sa.select(_P.criteria, tables.card.c.body).select_from(tables.session_point.join(tables.card))
    chosen: dict[Service, tuple[str, ...]] = {}
    for text, body in unit.db.execute(asked.where(_P.session.in_(of_each)).order_by(_P.session, _P.position)):
        try:
            keys, card = tuple(json.loads(text)), card_from_json(body)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        usual = keys == tuple(criterion.key for criterion in card.asked)
        chosen[card.service] = () if usual else tuple(key for key in keys if key != OVERALL)
    return {service: keys for service, keys in chosen.items() if keys}
