"""What came out of closed sessions: releases as they are kept, and the digests that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from scorecard.attendance import Attendance
from scorecard.digest import Before, Digest
from scorecard.disclosure import Release, release_from_json, release_to_json
from scorecard.session import Session
from scorecard.showing import day_of
from storage import tables
from storage.session import Held, by_id
from storage.unit import Unit

release = sa.Table(
    "release",
    tables.metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("point", sa.BigInteger, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

attendance = sa.Table(
    "attendance",
    tables.metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True, autoincrement=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("women", sa.Integer),
    sa.Column("youth", sa.Integer),
    sa.Column("minority", sa.Integer),
    sa.Column("id_poor", sa.Integer),
    sa.Column("disability", sa.Integer),
)
"""How many were present, as their facilitator counted them; null for what was not counted."""

_S = tables.session.c
_P = tables.session_point.c
_R = release.c


def put_release(unit: Unit, session: int, released: Release) -> None:
    """Keep what was released of a session's service point."""
    body = release_to_json(released)
    unit.db.execute(release.insert().values(session=session, point=released.point, version=1, body=body))


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
    present = attendances(unit, ids)
    return tuple(
        replace(_digest(one.session, releases[one.session.id], before, places), present=present.get(one.session.id))
        for one in held
    )


def attendances(unit: Unit, sessions: Sequence[int]) -> dict[int, Attendance]:
    """How many were present at each of these sessions, as far as that was noted."""
    rows = unit.db.execute(sa.select(attendance).where(attendance.c.session.in_(sessions)))
    return {session: Attendance(*counted) for session, *counted in rows}


def newest(unit: Unit, held: Held) -> Held:
    """Where a commune's villages were put together again since, what came of that; else the session itself."""
    if not held.villages:
        return held
    again = (_S.bot == held.bot) & (_S.round == held.session.round) & (_S.place == held.session.place)
    last = unit.db.scalar(sa.select(sa.func.max(_S.id)).where(again, _S.villages.is_not(None)))
    return held if last in {None, held.session.id} else by_id(unit, last) or held


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

    Villages put together stand beside the like, any other session beside one that people scored in; nothing beside
    one whose day is still to come, for nobody has seen that yet.
    """
    now, last = tables.session.alias("now"), tables.session.alias("last")
    like = (
        (last.c.bot == now.c.bot)
        & (last.c.place == now.c.place)
        & (last.c.round < now.c.round)
        & (last.c.villages.is_(None) == now.c.villages.is_(None))
        & (last.c.shown_on.is_(None) | (last.c.shown_on <= day_of(unit.sure_now)))
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
        .select_from(now.join(last, like).join(release, _R.session == last.c.id))
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
