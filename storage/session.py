"""Sessions, as they are kept."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa
import structlog

from conversations.chat import Screen
from conversations.refusals import NO_SUCH_CODE, NOT_YOURS, Why
from scorecard.card import Card, Service, card_from_json
from scorecard.place import Location, Place, ServicePoint
from scorecard.session import UNDER_WAY, Session, State
from storage import tables
from storage.people import Person
from storage.subject import Subject, of_session
from storage.unit import OvertakenError, Unit

log = structlog.get_logger("storage")

LONGEST_ID = 18

_S = tables.session.c
_P = tables.session_point.c


class OfSession(Protocol):
    """A command that is about a session, by its id."""

    @property
    def session(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Held:
    """A session with its addresses: who opened it through which bot, on which screen, under which link.

    turn: rises with what a button outside a dialogue does to it, so that one button does it once;
    key: the name of the key under which what people answer is sealed, None for one that was merged, or is planned;
    villages: the sessions that were merged into this one, none for one that people scored in.
    """

    session: Session
    bot: int
    payload: str
    opened_by: int
    screen: Screen | None
    last_call: bool
    turn: int
    key: str | None
    villages: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        return self.session.place

    @property
    def subject(self) -> Subject:
        """It as what a post is about."""
        return of_session(self.session.id)


_COLUMNS = (
    _S.id,
    _S.state,
    _S.code,
    _S.closes_at,
    _S.bot,
    _S.payload,
    _S.opened_by,
    _S.screen_chat,
    _S.screen,
    _S.last_call,
    _S.turn,
    _S.key,
    _S.location,
    _S.round,
    _S.villages,
    _S.compares,
    _S.shown_on,
    _S.opens_at,
)
_ALL = sa.select(*_COLUMNS)
_BY_ID = sa.select(*_COLUMNS).where(_S.id == sa.bindparam("wanted"))
_BY_PAYLOAD = sa.select(*_COLUMNS).where(_S.payload == sa.bindparam("wanted"))
_BY_CODE = (
    sa.select(*_COLUMNS)
    .where(_S.code == sa.bindparam("wanted"), _S.state.in_(UNDER_WAY))
    .order_by(_S.id.desc())
    .limit(1)
)
_POINTS = (
    sa.select(_P.session, _P.point, _P.km, _P.en, _P.criteria, tables.card.c.body)
    .select_from(tables.session_point.join(tables.card))
    .order_by(_P.session, _P.position)
)
_POINTS_OF_ONE = _POINTS.where(_P.session == sa.bindparam("wanted"))


def by_id(unit: Unit, id_: int) -> Held | None:
    """A session by its id; within a unit of work it is read once."""
    if (Held, id_) not in unit.loaded:
        return _held(unit, unit.db.execute(_BY_ID, {"wanted": id_}).one_or_none())
    held: Held | None = unit.loaded[Held, id_]
    return held


def change(unit: Unit, held: Held, **values: object) -> Held:
    """Write some columns of a session; the session as it is then. Raises OvertakenError if its turn is another."""
    as_read = (_S.id == held.session.id) & (_S.turn == held.turn)
    if not unit.db.execute(tables.session.update().where(as_read).values(**values)).rowcount:
        raise OvertakenError
    return again(unit, held.session.id)


def again(unit: Unit, id_: int) -> Held:
    """A session as it is now."""
    unit.loaded.pop((Held, id_), None)
    now = by_id(unit, id_)
    assert now is not None
    return now


def of_id(unit: Unit, _: Person, id_: str) -> Held | Why:
    """The session that an entry names by its id."""
    held = by_id(unit, int(id_)) if id_.isdecimal() and len(id_) <= LONGEST_ID else None
    return NOT_YOURS if held is None else held


def of_payload(unit: Unit, _: Person, payload: str) -> Held | Why:
    """The session that an entry names by its link."""
    held = by_payload(unit, payload)
    return NO_SUCH_CODE if held is None else held


def of_command(unit: Unit, person: Person, command: OfSession) -> Held | Why:
    """The session that a command names by its id."""
    return of_id(unit, person, str(command.session))


def by_ids(unit: Unit, ids: Sequence[int]) -> tuple[Held, ...]:
    """The sessions with these ids, in the order of the ids."""
    places = {id_: place for place, id_ in enumerate(ids)}
    return tuple(sorted(_all(unit, _ALL.where(_S.id.in_(ids))), key=lambda held: places[held.session.id]))


def by_payload(unit: Unit, payload: str) -> Held | None:
    return _held(unit, unit.db.execute(_BY_PAYLOAD, {"wanted": payload}).one_or_none())


def by_code(unit: Unit, code: str) -> Held | None:
    """The session with this code; none where it is closed, with which its code dies."""
    return _held(unit, unit.db.execute(_BY_CODE, {"wanted": code}).one_or_none())


def open_in(unit: Unit, bot: int, communes: Iterable[str]) -> tuple[Held, ...]:
    """The sessions of some communes that are under way, oldest first; without those that can't be read."""
    found = _ALL.where(_in(bot, communes), _S.state.in_(UNDER_WAY)).order_by(_S.id)
    return _all(unit, found, without_unreadable=True)


def listed_in(unit: Unit, bot: int, communes: Iterable[str], most: int, after: int = 0) -> tuple[Held, ...]:
    """The sessions of some communes but cancelled ones, `most` of them after so many; none that can't be read.

    What is under way comes first, oldest first; then plans, the next first; then what is closed, newest first.
    Of villages that were put together again only what came of that last.
    """
    again = tables.session.alias()
    same = (again.c.bot == _S.bot) & (again.c.place == _S.place) & (again.c.round == _S.round)
    newer = sa.exists().where(same, again.c.villages.is_not(None), again.c.id > _S.id)
    closed = (_S.state == State.CLOSED) & (_S.villages.is_(None) | ~newer)
    planned = _S.state == State.PLANNED
    found = _ALL.where(_in(bot, communes), _S.state.in_(UNDER_WAY) | planned | closed)
    order = (
        sa.case((_S.state.in_(UNDER_WAY), 0), (planned, 1), else_=2),
        sa.case((planned, _S.opens_at), else_=None),
        sa.case((_S.state == State.CLOSED, -_S.id), else_=_S.id),
    )
    return _all(unit, found.order_by(*order).limit(most).offset(after), without_unreadable=True)


def some_of(
    unit: Unit, bot: int, communes: Iterable[str], which: sa.ColumnElement[bool], most: int
) -> tuple[Held, ...]:
    """Those sessions of some communes, newest first, whatever became of them but for cancelled ones."""
    found = _ALL.where(_in(bot, communes), _S.state.in_([*UNDER_WAY, State.PLANNED, State.CLOSED]), which)
    return _all(unit, found.order_by(_S.id.desc()).limit(most), without_unreadable=True)


def location_to_json(location: Location) -> str:
    return json.dumps(asdict(location), ensure_ascii=False)


def _in(bot: int, communes: Iterable[str]) -> sa.ColumnElement[bool]:
    return (_S.bot == bot) & _S.commune.in_(list(communes))


def _all(unit: Unit, found: sa.Select[Any], *, without_unreadable: bool = False) -> tuple[Held, ...]:
    rows = unit.db.execute(found).all()
    points: dict[int, list[Any]] = defaultdict(list)
    for point in unit.db.execute(_POINTS.where(_P.session.in_([row.id for row in rows]))) if rows else ():
        points[point.session].append(point)
    made = _readable if without_unreadable else _made
    return tuple(held for row in rows if (held := made(row, points[row.id])) is not None)


def _held(unit: Unit, row: Any) -> Held | None:
    if row is None:
        return None
    held = _made(row, unit.db.execute(_POINTS_OF_ONE, {"wanted": row.id}))
    unit.loaded[Held, held.session.id] = held
    return held


def _readable(row: Any, points: Iterable[Any]) -> Held | None:
    """One that can't be read is logged: it keeps nobody from the others."""
    try:
        return _made(row, points)
    except (ValueError, AttributeError, KeyError, TypeError) as fault:
        log.error("a session can't be read", session=row.id, error=type(fault).__name__)
        return None


def _made(row: Any, points: Iterable[Any]) -> Held:
    (
        id_,
        state,
        code,
        closes_at,
        bot,
        payload,
        opened_by,
        *screen,
        last_call,
        turn,
        key,
        location,
        round_,
        of,
        compares,
        shown_on,
        opens_at,
    ) = row
    here = _location(location)
    asked = tuple(_point(here, *point[1:]) for point in points)
    session = Session(id_, here, asked, round_, State(state), code, closes_at, compares, shown_on, opens_at)
    merged = tuple(json.loads(of)) if of else ()
    shown = None if None in screen else Screen(*screen)
    return Held(session, bot, payload, opened_by, shown, last_call, turn, key, merged)


@lru_cache(maxsize=256)
def _location(text: str) -> Location:
    return Location(**{level: place and Place(**place) for level, place in json.loads(text).items()})


@lru_cache(maxsize=64)
def _card(text: str) -> Card:
    return card_from_json(text)


@lru_cache(maxsize=1024)
def _point(location: Location, id_: int, km: str, en: str, criteria: str, body: str) -> ServicePoint:
    """The same rows make the same value; a name that is put right is another row."""
    card = _card(body)
    by_key = {criterion.key: criterion for criterion in card.criteria}
    asked = tuple(by_key[key] for key in json.loads(criteria))
    return ServicePoint(id_, Service(card.service), km, en, location, asked)
