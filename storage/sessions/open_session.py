"""A facilitator opens a session."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from conversations.chat import Screen
from conversations.refusals import FACILITATORS_ONLY, Why
from conversations.sessions.close_session import ALREADY_CLOSED
from conversations.sessions.live import PassOn
from conversations.sessions.open_session import CommuneFacts, OpenFacts, OpenSession, PointChoice, SeeFirst
from conversations.sessions.settings import Settings
from scorecard.card import OVERALL, Service
from scorecard.payload import CODE_BYTES, SECRET_BYTES, Payload, new_code, new_payload
from scorecard.role import Act
from scorecard.session import UNDER_WAY, State, closing_choices, closing_time, reminder_time, round_name
from storage import tables
from storage.access import communes_of
from storage.cards import newest_cards
from storage.keys import KEY_BYTES, NAME_BYTES
from storage.people import Dialogue
from storage.places import add_point, location, villages
from storage.room import Doing, Done
from storage.session import Held, by_code, by_id, change, location_to_json, open_in
from storage.sessions.last_time import last_time
from storage.sessions.pack import put_pack
from storage.sessions.turnout import opened
from storage.unit import Unit

MOST_CODES = 100
"""So many codes are drawn at most: with ten thousand open sessions, one in ten thousand is taken."""


def load_open(unit: Unit, dialogue: Dialogue) -> OpenFacts | Why:
    """The communes, places, service points and closings that a facilitator can choose from, and what is open there."""
    communes = communes_of(unit, dialogue.bot, dialogue.person, Act.OPEN)
    if not communes:
        return FACILITATORS_ONLY
    like = by_id(unit, int(dialogue.about["like"])) if "like" in dialogue.about else None
    if like is not None and like.session.commune in communes:
        communes = (like.session.commune,)
    there = [held.session for held in open_in(unit, dialogue.bot, communes)]
    return OpenFacts(
        tuple(
            CommuneFacts(
                location(unit, code),
                villages(unit, code),
                points_of(unit, code),
                tuple(session for session in there if session.commune == code),
            )
            for code in communes
        ),
        {choice: closing_time(choice, unit.now) for choice in closing_choices(unit.now)},
        {card.service: card for card in newest_cards(unit)},
        last_time(unit, dialogue, communes) if like is None else _settings_of(like),
        () if like is None else tuple(str(point.id) for point in like.session.points),
        unit.now,
    )


def _settings_of(held: Held) -> Settings:
    """What was asked in a session, as far as it was not what the card asks first."""
    asked = {point.service: tuple(criterion.key for criterion in point.criteria) for point in held.session.points}
    chosen = {service: tuple(key for key in keys if key != OVERALL) for service, keys in asked.items()}
    return Settings(held.session.compares, chosen)


def carry_open(unit: Unit, doing: Doing, command: OpenSession) -> Done:
    """Open it, and give its facilitator what to pass on and to print."""
    held = open_session(unit, doing.person.bot, doing.person.id, doing.screen, command)
    put_pack(unit, held, doing.person.id)
    return Done(opened(unit, held), extra=PassOn(held.session, held.payload, held.session.code))


def carry_see_first(unit: Unit, doing: Doing, _: SeeFirst) -> Done | Why:
    """Show a facilitator the session that is open in a place already, in the place of opening another."""
    held: Held = doing.subject
    return Done(opened(unit, held)) if held.session.state in UNDER_WAY else ALREADY_CLOSED


def open_session(unit: Unit, bot: int, person: int, screen: Screen | None, command: OpenSession) -> Held:
    """Open a session now. `screen` is the facilitator's message on which its turnout will be shown."""
    held = put_session(unit, bot, person, command, unit.now)
    return begin_session(unit, held, screen)


def put_session(unit: Unit, bot: int, person: int, command: OpenSession, opens_at: datetime) -> Held:
    """Keep a session that opens then, and is not open yet: it has no key and no code."""
    place = location(unit, command.place)
    session = unit.db.scalar(
        tables.session.insert()
        .values(
            bot=bot,
            place=command.place,
            commune=place.commune.code,
            location=location_to_json(place),
            round=round_name(opens_at),
            state=State.PLANNED,
            payload=new_payload(Payload.SESSION, unit.draw(SECRET_BYTES)),
            code="",
            opened_by=person,
            closes_at=closing_time(command.closing, opens_at),
            compares=command.compares,
            shown_on=command.shown_on,
        )
        .returning(tables.session.c.id)
    )
    assert session is not None
    ids = (*command.points, *(add_point(unit, new) for new in command.new_points))
    ask_of(unit, session, ids, command.criteria)
    held = by_id(unit, session)
    assert held is not None
    return held


def begin_session(unit: Unit, held: Held, screen: Screen | None) -> Held:
    """Let a session take ballots from now on, under a key of its own."""
    return change(
        unit,
        held,
        state=State.OPEN,
        code=_free_code(unit),
        key=unit.keys.create(unit.draw(NAME_BYTES + KEY_BYTES)),
        screen_chat=screen and screen.chat,
        screen=screen and screen.message,
        remind_at=reminder_time(unit.now, held.session.closes_at),
        opens_at=None,
        turn=held.turn + (held.session.opens_at is not None),
    )


def ask_of(unit: Unit, session: int, points: Sequence[int], criteria: Mapping[Service, tuple[str, ...]]) -> None:
    """Let a session be of service points (ids): the criteria of the newest cards, or those that were chosen."""
    cards = {card.key: card for card in newest_cards(unit)}
    for position, id_ in enumerate(dict.fromkeys(points)):
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
                criteria=json.dumps([criterion.key for criterion in card.asking(criteria.get(card.service, ()))]),
            )
        )


def _free_code(unit: Unit) -> str:
    """A code that leads into no other session. Raises RuntimeError where chance gives none: nobody waits for ever."""
    codes = (new_code(unit.draw(CODE_BYTES)) for _ in range(MOST_CODES))
    free = next((code for code in codes if by_code(unit, code) is None), None)
    if free is None:
        raise RuntimeError("no code is free")
    return free


def points_of(unit: Unit, commune: str) -> tuple[PointChoice, ...]:
    c = tables.point.c
    order = sa.case({service.value: place for place, service in enumerate(Service)}, value=c.service)
    rows = unit.db.execute(sa.select(c.id, c.service, c.km, c.en).where(c.commune == commune).order_by(order, c.id))
    return tuple(PointChoice(str(id_), Service(service), km, en) for id_, service, km, en in rows)
