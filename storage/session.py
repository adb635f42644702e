"""Reads sessions as people meet them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from scorecard.card import Card, Service, card_from_json
from scorecard.digest import Before, Digest
from scorecard.disclosure import Release, release_from_json
from scorecard.place import COMMUNE_CODE_LENGTH, Location, Place, ServicePoint
from scorecard.session import UNDER_WAY, Session, State
from storage import tables
from storage.store import Unit

_S = tables.session.c
_P = tables.session_point.c
_R = tables.release.c


@dataclass(frozen=True, slots=True)
class Held:
    """A session with its addresses: who opened it through which bot, on which screen, under which link.

    villages: the sessions that were merged into this one, none for one that people scored in.
    """

    session: Session
    bot: int
    payload: str
    opened_by: int
    screen: int | None
    last_call: bool
    villages: tuple[int, ...] = ()


_COLUMNS = (
    _S.id,
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
    sa.select(_P.session, _P.point, _P.km, _P.en, _P.criteria, tables.card.c.body)
    .select_from(tables.session_point.join(tables.card))
    .order_by(_P.session, _P.position)
)
_POINTS_OF_ONE = _POINTS.where(_P.session == sa.bindparam("wanted"))


def by_id(unit: Unit, id_: int) -> Held | None:
    return _found(unit, unit.db.execute(_BY_ID, {"wanted": id_}).one_or_none())


def by_ids(unit: Unit, ids: Sequence[int]) -> tuple[Held, ...]:
    """The sessions with these ids, in the order of the ids."""
    places = {id_: place for place, id_ in enumerate(ids)}
    return tuple(sorted(_all(unit, _S.id.in_(ids)), key=lambda held: places[held.session.id]))


def by_payload(unit: Unit, payload: str) -> Held | None:
    return _found(unit, unit.db.execute(_BY_PAYLOAD, {"wanted": payload}).one_or_none())


def by_code(unit: Unit, code: str) -> Held | None:
    """The session with this code, an open one before a closed one."""
    return _found(unit, unit.db.execute(_BY_CODE, {"wanted": code}).one_or_none())


def open_in(unit: Unit, bot: int, communes: Iterable[str]) -> tuple[Held, ...]:
    """The sessions of some communes that are not over, oldest first."""
    return _all(unit, _in(bot, communes), _S.state.in_(UNDER_WAY))


def closed_in(unit: Unit, bot: int, communes: Iterable[str], since: datetime) -> tuple[Held, ...]:
    """The sessions of some communes that were closed since a moment, oldest first."""
    return _all(unit, _in(bot, communes), _S.closed_at >= since)


def releases_of(unit: Unit, session: int) -> tuple[Release, ...]:
    """What was released of a session, the newest version for each service point, in the session's order."""
    return _releases(unit, [session])[session]


def digest_of(unit: Unit, held: Held) -> Digest:
    """What came out of a closed session, beside what was released in the same place in the last round before."""
    return digests_of(unit, [held])[0]


def digests_of(unit: Unit, held: Sequence[Held]) -> tuple[Digest, ...]:
    """What came out of each of these closed sessions, in as many queries as for one."""
    ids = [one.session.id for one in held]
    releases, before = _releases(unit, ids), _before(unit, ids)
    places = _places(unit, {session for of_one in releases.values() for one in of_one for session in one.merges})
    return tuple(_digest(one.session, releases[one.session.id], before, places) for one in held)


def newest(unit: Unit, held: Held) -> Held:
    """Where a commune's villages were put together again since, what came of that; else the session itself."""
    if not held.villages:
        return held
    again = (_S.bot == held.bot) & (_S.round == held.session.round) & (_S.place == held.session.place)
    last = unit.db.scalar(sa.select(sa.func.max(_S.id)).where(again, _S.villages.is_not(None)))
    return held if last in {None, held.session.id} else by_id(unit, last) or held


def location_to_json(location: Location) -> str:
    return json.dumps(asdict(location), ensure_ascii=False)


def _digest(
    session: Session, releases: tuple[Release, ...], before: Mapping[tuple[int, int], Before], places: Mapping[int, str]
) -> Digest:
    last = tuple(before[session.id, one.point] for one in releases if (session.id, one.point) in before)
    villages = [{places[session] for session in one.merges} for one in releases]
    return Digest(session, releases, last, len(set().union(*villages)), tuple(map(len, villages)))


def _releases(unit: Unit, sessions: Sequence[int]) -> dict[int, tuple[Release, ...]]:
    """What was released of each session, as `releases_of` says."""
    rows = unit.db.execute(
        sa.select(_R.session, _R.point, _R.body)
        .join(tables.session_point, (_P.session == _R.session) & (_P.point == _R.point))
        .where(_R.session.in_(sessions))
        .order_by(_R.session, _P.position, _R.version)
    )
    newest: dict[int, dict[int, str]] = {session: {} for session in sessions}
    for session, point, body in rows:
        newest[session][point] = body
    return {session: tuple(map(release_from_json, bodies.values())) for session, bodies in newest.items()}


def _before(unit: Unit, sessions: Sequence[int]) -> dict[tuple[int, int], Before]:
    """What was released in the same place in the last round before, by session and service point.

    Villages put together stand beside the like, any other session beside one that people scored in.
    """
    now, last = tables.session.alias("now"), tables.session.alias("last")
    like = (
        (last.c.bot == now.c.bot)
        & (last.c.place == now.c.place)
        & (last.c.round < now.c.round)
        & (last.c.villages.is_(None) == now.c.villages.is_(None))
    )
    newest_first = (last.c.round.desc(), last.c.id.desc(), _R.version.desc())
    ranked = (
        sa.select(
            now.c.id.label("session"),
            _R.point,
            last.c.round,
            _R.body,
            sa.func.row_number().over(partition_by=(now.c.id, _R.point), order_by=newest_first).label("rank"),
        )
        .select_from(now.join(last, like).join(tables.release, _R.session == last.c.id))
        .where(now.c.id.in_(sessions))
        .subquery()
    )
    rows = unit.db.execute(sa.select(ranked).where(ranked.c.rank == 1))
    return {(row.session, row.point): Before(row.round, release_from_json(row.body)) for row in rows}


def _places(unit: Unit, sessions: Iterable[int]) -> dict[int, str]:
    """The place of each of these sessions."""
    wanted = list(sessions)
    rows = unit.db.execute(sa.select(_S.id, _S.place).where(_S.id.in_(wanted))) if wanted else ()
    return {row.id: row.place for row in rows}


def _in(bot: int, communes: Iterable[str]) -> sa.ColumnElement[bool]:
    return (_S.bot == bot) & sa.func.substr(_S.place, 1, COMMUNE_CODE_LENGTH).in_(list(communes))


def _all(unit: Unit, *which: sa.ColumnElement[bool]) -> tuple[Held, ...]:
    rows = unit.db.execute(sa.select(*_COLUMNS).where(*which).order_by(_S.id)).all()
    points: dict[int, list[Any]] = defaultdict(list)
    for point in unit.db.execute(_POINTS.where(_P.session.in_([row.id for row in rows]))) if rows else ():
        points[point.session].append(point)
    return tuple(_made(row, points[row.id]) for row in rows)


def _found(unit: Unit, row: Any) -> Held | None:
    return None if row is None else _made(row, unit.db.execute(_POINTS_OF_ONE, {"wanted": row.id}))


def _made(row: Any, points: Iterable[Any]) -> Held:
    id_, state, code, closes_at, bot, payload, opened_by, screen, last_call, location, round_, villages = row
    here = _location(location)
    asked = tuple(_point(here, *point[1:]) for point in points)
    session = Session(id_, here, asked, round_, State(state), code, closes_at)
    merged = tuple(json.loads(villages)) if villages else ()
    return Held(session, bot, payload, opened_by, screen, last_call, merged)


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
