"""A facilitator opens a session."""

import json

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from conversations.commands import OpenSession
from scorecard.ballot import SESSION_KEY_BYTES
from scorecard.card import Card, card_from_json, card_to_json
from scorecard.payload import Payload, new_code, new_payload
from scorecard.place import NewPoint
from scorecard.session import State, closing_time, round_name
from storage import tables
from storage.places import location
from storage.session import Held, by_id, location_to_json
from storage.store import Unit


def open_session(unit: Unit, bot: int, person: int, screen: int | None, command: OpenSession) -> Held:
    """Open a session now. `screen` is the facilitator's message on which its turnout will be shown."""
    place = location(unit, command.place)
    session = unit.db.scalar(
        tables.session.insert()
        .values(
            bot=bot,
            place=command.place,
            location=location_to_json(place),
            round=round_name(unit.now),
            state=State.OPEN,
            payload=new_payload(Payload.SESSION, unit.random[8:24]),
            code=new_code(unit.random[24:40]),
            opened_by=person,
            screen=screen,
            closes_at=closing_time(command.closing, unit.now),
        )
        .returning(tables.session.c.id)
    )
    assert session is not None
    unit.keys.create(str(session), unit.random[40 : 40 + SESSION_KEY_BYTES])
    cards = {card.key: card for card in newest_cards(unit)}
    ids = (*command.points, *(add_point(unit, new) for new in command.new_points))
    for position, id_ in enumerate(dict.fromkeys(ids)):
        point = unit.db.execute(sa.select(tables.point).where(tables.point.c.id == id_)).one()
        card = cards[point.service]
        unit.db.execute(
            tables.session_point.insert().values(
                session=session,
                position=position,
                point=id_,
                km=point.km,
                en=point.en,
                card=card.key,
                version=card.version,
                hash=card.hash,
                criteria=json.dumps([criterion.key for criterion in card.asked]),
            )
        )
    held = by_id(unit, session)
    assert held is not None
    return held


def add_point(unit: Unit, new: NewPoint) -> int:
    """The id of a service point, made known if it was not."""
    unit.db.execute(
        insert(tables.point)
        .values(commune=new.commune, service=new.service, km=new.km, en=new.en)
        .on_conflict_do_nothing()
    )
    c = tables.point.c
    same = (c.commune == new.commune) & (c.service == new.service) & (c.km == new.km)
    return int(unit.db.execute(sa.select(c.id).where(same)).scalar_one())


def add_cards(unit: Unit, cards: tuple[Card, ...]) -> None:
    """Copy cards into the database whole; those that are there stay as they are."""
    for card in cards:
        unit.db.execute(
            insert(tables.card)
            .values(key=card.key, version=card.version, hash=card.hash, body=card_to_json(card))
            .on_conflict_do_nothing()
        )


def newest_cards(unit: Unit) -> tuple[Card, ...]:
    """The cards that new sessions use: of each kind the one that was added last."""
    rows = unit.db.execute(sa.select(tables.card.c.key, tables.card.c.body).order_by(sa.text("rowid")))
    return tuple({key: card_from_json(body) for key, body in rows}.values())
