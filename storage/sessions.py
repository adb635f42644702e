"""Reads sessions as people meet them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from conversations.facts import AtPoint, AtSession
from conversations.notices import Before, Digest
from scorecard.card import Service, card_from_json
from scorecard.disclosure import Release, release_from_json
from scorecard.place import COMMUNE_CODE_LENGTH, Location, Place
from scorecard.session import UNDER_WAY, Session, State
from storage import tables
from storage.store import Unit

_S = tables.session.c
_P = tables.session_point.c


@dataclass(frozen=True, slots=True)
class Found:
    """A session, how people meet it, and what its facilitator needs to know.

    villages: the sessions that were merged into this one, none for one that people scored in.
    """

    session: Session
    at: AtSession
    bot: int
    payload: str
    opened_by: int
    screen: int | None
    last_call: bool
    villages: tuple[int, ...] = ()


_COLUMNS = (
    _S.id,
    _S.place,
    _S.state,
    _S.code,
    _S.closes_at,
    _S.bot,
    _S.payload,
    _S.opened_by,
    _S.screen,
    _S.last_call,
    _S.location,
    _S.round,
    _S.villages,
)
_BY_ID = sa.select(*_COLUMNS).where(_S.id == sa.bindparam("wanted"))
_BY_PAYLOAD = sa.select(*_COLUMNS).where(_S.payload == sa.bindparam("wanted"))
_BY_CODE = (
    sa.select(*_COLUMNS)
    .where(_S.code == sa.bindparam("wanted"), _S.villages.is_(None))
    .order_by(sa.case((_S.state == State.CLOSED, 1), else_=0), _S.id.desc())
    .limit(1)
)
_POINTS = (
    sa.select(_P.point, _P.km, _P.en, _P.criteria, tables.card.c.body)
    .select_from(tables.session_point.join(tables.card))
    .where(_P.session == sa.bindparam("wanted"))
    .order_by(_P.position)
)


def by_id(unit: Unit, id_: int) -> Found | None:
    return _found(unit, unit.db.execute(_BY_ID, {"wanted": id_}).one_or_none())


def by_payload(unit: Unit, payload: str) -> Found | None:
    return _found(unit, unit.db.execute(_BY_PAYLOAD, {"wanted": payload}).one_or_none())


def by_code(unit: Unit, code: str) -> Found | None:
    """The session with this code, an open one before a closed one."""
    return _found(unit, unit.db.execute(_BY_CODE, {"wanted": code}).one_or_none())


def open_in(unit: Unit, bot: int, communes: Iterable[str]) -> tuple[Found, ...]:
    """The sessions of some communes that are not over, oldest first."""
    return _all(unit, _in(bot, communes), _S.state.in_(UNDER_WAY))


def closed_in(unit: Unit, bot: int, communes: Iterable[str], since: datetime) -> tuple[Found, ...]:
    """The sessions of some communes that were closed since a moment, oldest first."""
    return _all(unit, _in(bot, communes), _S.closed_at >= since)


def releases_of(unit: Unit, session: int) -> tuple[Release, ...]:
    """What was released of a session, the newest version for each service point, in the session's order."""
    rows = unit.db.execute(
        sa.select(tables.release.c.point, tables.release.c.body)
        .join(
            tables.session_point,
            (_P.session == tables.release.c.session) & (_P.point == tables.release.c.point),
        )
        .where(tables.release.c.session == session)
        .order_by(_P.position, tables.release.c.version)
    )
    newest = {point: release_from_json(body) for point, body in rows}
    return tuple(newest.values())


def digest_of(unit: Unit, found: Found) -> Digest:
    """What came out of a closed session, beside what was released in the same place in the last round before."""
    releases = releases_of(unit, found.session.id)
    before = (_before(unit, found, release.point) for release in releases)
    merged = {session for release in releases for session in release.merges}
    places = unit.db.execute(sa.select(_S.id, _S.place).where(_S.id.in_(merged))).all() if merged else ()
    village = {row.id: row.place for row in places}
    each_of = tuple(len({village[session] for session in release.merges}) for release in releases)
    villages = len(set(village.values()))
    return Digest(found.at, releases, tuple(last for last in before if last is not None), villages, each_of)


def newest(unit: Unit, found: Found) -> Found:
    """Where a commune's villages were put together again since, what came of that; else the session itself."""
    if not found.villages:
        return found
    again = (_S.bot == found.bot) & (_S.round == found.at.round) & (_S.place == found.session.place)
    last = unit.db.scalar(sa.select(sa.func.max(_S.id)).where(again, _S.villages.is_not(None)))
    return found if last in {None, found.session.id} else by_id(unit, last) or found


def location_to_json(location: Location) -> str:
    return json.dumps(asdict(location), ensure_ascii=False)


def _before(unit: Unit, found: Found, point: int) -> Before | None:
    row = unit.db.execute(
        sa.select(_S.round, tables.release.c.body)
        .join(tables.release, tables.release.c.session == _S.id)
        .where(
            _S.bot == found.bot,
            _S.place == found.session.place,
            _S.round < found.at.round,
            _S.villages.is_not(None) if found.villages else _S.villages.is_(None),
            tables.release.c.point == point,
        )
        .order_by(_S.round.desc(), _S.id.desc(), tables.release.c.version.desc())
        .limit(1)
    ).one_or_none()
    return Before(row.round, release_from_json(row.body)) if row else None


def _in(bot: int, communes: Iterable[str]) -> sa.ColumnElement[bool]:
    return (_S.bot == bot) & sa.func.substr(_S.place, 1, COMMUNE_CODE_LENGTH).in_(list(communes))


def _all(unit: Unit, *which: sa.ColumnElement[bool]) -> tuple[Found, ...]:
    rows = unit.db.execute(sa.select(*_COLUMNS).where(*which).order_by(_S.id)).all()
    return tuple(found for row in rows if (found := _found(unit, row)))


def _found(unit: Unit, row: Any) -> Found | None:
    if row is None:
        return None
    id_, place, state, code, closes_at, bot, payload, opened_by, screen, last_call, location, round_, villages = row
    session = Session(id_, place, State(state), code, closes_at)
    here = _location(location)
    points = tuple(
        _point(here, point, km, en, criteria, body)
        for point, km, en, criteria, body in unit.db.execute(_POINTS, {"wanted": id_})
    )
    at = AtSession(id_, here, points, closes_at, round_)
    merged = tuple(json.loads(villages)) if villages else ()
    return Found(session, at, bot, payload, opened_by, screen, last_call, merged)


@lru_cache(maxsize=256)
def _location(text: str) -> Location:
    return Location(**{level: place and Place(**place) for level, place in json.loads(text).items()})


@lru_cache(maxsize=1024)
def _point(location: Location, id_: int, km: str, en: str, criteria: str, body: str) -> AtPoint:
    """The same rows make the same value; a name that is put right is another row."""
    card = card_from_json(body)
    by_key = {criterion.key: criterion for criterion in card.criteria}
    asked = tuple(by_key[key] for key in json.loads(criteria))
    return AtPoint(id_, Service(card.service), km, en, location, asked)
