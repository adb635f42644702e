"""What the villages of a commune said in one round is put together: on request, or by itself (`last_villages.py`)."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.results.merge_villages import (
    VILLAGES_APART,
    VILLAGES_FEW,
    VILLAGES_OPEN,
    VILLAGES_SMALL,
    MergeVillages,
)
from conversations.results.post_digest import ON_ITS_WAY
from scorecard.card import Service, card_from_json
from scorecard.disclosure import Release, release_from_json
from scorecard.payload import Payload, new_payload
from scorecard.session import UNDER_WAY, State, round_name
from scorecard.showing import day_of
from scorecard.tally import Tally, merge
from storage import tables
from storage.people import Person
from storage.places import location
from storage.results import digests
from storage.results.counts import kept
from storage.results.digests import put_release, releases_of
from storage.results.post_digest import (
    by_itself,
    closed_notice,
    just_closed,
    put_digests,
    show_closed,
    withdraw,
)
from storage.room import Doing, Done
from storage.session import Held, by_id, by_ids, change, location_to_json
from storage.unit import Unit

_S = tables.session.c
_P = tables.session_point.c
_R = digests.release.c


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune whose villages can be put together. `turn`: rises with each that closes, and each time that is done."""

    bot: int
    place: str
    round: str
    turn: int


def of_commune(unit: Unit, person: Person, code: str) -> Commune:
    """The commune that an entry names, in its latest round."""
    round_ = latest_round(unit, person.bot, code)
    here = (_S.bot == person.bot) & (_S.round == round_) & (_S.state == State.CLOSED)
    of = here & (_in_a_village(code) | ((_S.place == code) & _S.villages.is_not(None)))
    turn = unit.db.scalar(sa.select(sa.func.count()).select_from(tables.session).where(of))
    return Commune(person.bot, code, round_, turn or 0)


def of_merging(unit: Unit, person: Person, command: MergeVillages) -> Commune:
    """The commune that a command names."""
    return of_commune(unit, person, command.commune)


def carry_merge(unit: Unit, doing: Doing, _: MergeVillages) -> Done | Why:
    """Put a commune's villages together, and show what its group will see of that."""
    commune: Commune = doing.subject
    bot, person = commune.bot, doing.person.id
    before = {one.session.id for one in _merged(unit, bot, commune.place, commune.round)}
    merged = merge_villages(unit, bot, person, commune.place, commune.round)
    if isinstance(merged, Why):
        return merged
    if merged.session.id in before:
        return Done(closed_notice(unit, merged))
    return Done(just_closed(unit, merged), note=ON_ITS_WAY)


def merged_of(unit: Unit, commune: Commune) -> Held | Why | None:
    """What was put together last, or why nothing can be; None where nothing was, and it can be now."""
    earlier = _merged(unit, commune.bot, commune.place, commune.round)
    if earlier:
        return earlier[-1]
    sessions = closed_villages(unit, commune.bot, commune.place, commune.round)
    return why_not_merged(unit, commune.bot, commune.place, commune.round, sessions)


def merge_villages(unit: Unit, bot: int, person: int, commune: str, round_: str) -> Held | Why:
    """What the closed village sessions of a round say together, as a closed session of the whole commune.

    Made anew, for `person`, only where something has come since the last time; else it is that one. A new one takes
    the place of an earlier one that was not posted yet; it is shown to `person`, and its digest goes to the commune's
    groups by itself on the latest day of its villages, or after a day, like any other. Whether `person` may act in the
    commune is for the caller to see.
    """
    sessions = closed_villages(unit, bot, commune, round_)
    why_not = why_not_merged(unit, bot, commune, round_, sessions)
    if why_not is not None:
        return why_not
    earlier = _merged(unit, bot, commune, round_)
    if earlier and set(earlier[-1].villages) == set(sessions):
        return earlier[-1]
    points = _points(unit, sessions)
    releases = unit.released([_case(unit, point, earlier) for point in points])
    if earlier and _said(unit, earlier[-1]) == {replace(one, session=earlier[-1].session.id) for one in releases}:
        # what was closed since adds nothing that may be told: it isn't to be asked for again
        return change(unit, earlier[-1], villages=json.dumps(tuple(sessions)))
    if len({sessions[session] for one in releases for session in one.merges}) < 2:  # noqa: PLR2004
        return VILLAGES_SMALL
    held = _insert(unit, bot, person, commune, round_, tuple(sessions))
    for position, (point, one) in enumerate(zip(points, releases, strict=True)):
        row = {**point.newest, "criteria": json.dumps(point.asked), "session": held, "position": position}
        unit.db.execute(tables.session_point.insert().values(**row))
        put_release(unit, held, replace(one, session=held))
    merged = by_id(unit, held)
    assert merged is not None
    for former in earlier:
        withdraw(unit, former)
    put_digests(unit, merged, by_itself(unit, unit.now, merged.session.shown_on))
    show_closed(unit, merged, person)
    return merged


def latest_round(unit: Unit, bot: int, commune: str) -> str:
    """The round in which villages of a commune were scored last; the present one where none were."""
    rounds = sa.select(sa.func.max(_S.round)).where(_S.bot == bot, _S.villages.is_(None), _in_a_village(commune))
    return unit.db.scalar(rounds) or round_name(unit.now)


def mergeable(unit: Unit, bot: int, communes: Collection[str]) -> tuple[Commune, ...]:
    """Those of some communes that can be put together anew in their latest round, by code.

    Villages were closed there that are not put together yet, enough of them, and none is under way or kept apart.
    """
    among = (_S.bot == bot) & _S.commune.in_(list(communes))
    scored = among & _S.villages.is_(None) & (_S.place != _S.commune)
    latest = sa.select(_S.commune, sa.func.max(_S.round).label("round")).where(scored).group_by(_S.commune).subquery()
    rows = unit.db.execute(
        sa.select(_S.id, _S.commune, _S.round, _S.place, _S.state, _S.villages, _S.apart)
        .join(latest, (_S.commune == latest.c.commune) & (_S.round == latest.c.round))
        .where(among, _S.villages.is_not(None) | (_S.place != _S.commune))
        .order_by(_S.commune, _S.id)
    ).all()
    found = []
    for (commune, round_), of_one in groupby(rows, key=lambda row: (row.commune, row.round)):
        here = list(of_one)
        merged = [json.loads(row.villages) for row in here if row.villages]
        villages = {row.id: row.place for row in here if not row.villages and row.state == State.CLOSED}
        held_back = any(row.state in UNDER_WAY or row.apart for row in here)
        anew = not merged or set(merged[-1]) != set(villages)
        if not held_back and len(set(villages.values())) > 1 and anew:
            found.append(Commune(bot, commune, round_, len(villages) + len(merged)))
    return tuple(found)


def closed_villages(unit: Unit, bot: int, commune: str, round_: str) -> dict[int, str]:
    """The closed sessions of a commune's villages in a round, oldest first, each with its village's code."""
    rows = unit.db.execute(
        sa.select(_S.id, _S.place).where(*_in_villages(bot, commune, round_), _S.state == State.CLOSED).order_by(_S.id)
    )
    return {row.id: row.place for row in rows}


def _in_villages(bot: int, commune: str, round_: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _S.bot == bot, _S.round == round_, _S.villages.is_(None), _in_a_village(commune)


def _in_a_village(commune: str) -> sa.ColumnElement[bool]:
    return (_S.commune == commune) & (_S.place != commune)


def why_not_merged(unit: Unit, bot: int, commune: str, round_: str, sessions: dict[int, str]) -> Why | None:
    """Why villages can't be put together, where they can't: `sessions` are those that are closed there."""
    under_way = sa.select(_S.id).where(*_in_villages(bot, commune, round_), _S.state.in_(UNDER_WAY)).limit(1)
    if unit.db.scalar(under_way) is not None:
        return VILLAGES_OPEN
    apart = sa.select(_S.id).where(*_in_villages(bot, commune, round_), _S.apart).limit(1)
    if unit.db.scalar(apart) is not None:
        return VILLAGES_APART
    return None if len(set(sessions.values())) > 1 else VILLAGES_FEW


def _merged(unit: Unit, bot: int, commune: str, round_: str) -> tuple[Held, ...]:
    """What was put together of a commune in a round so far, oldest first."""
    here = (_S.bot == bot) & (_S.round == round_) & (_S.place == commune) & _S.villages.is_not(None)
    return by_ids(unit, unit.db.scalars(sa.select(_S.id).where(here).order_by(_S.id)).all())


@dataclass(frozen=True, slots=True)
class _Point:
    """A service point of a merged session: the newest row that names it, what was asked, and in which sessions."""

    newest: dict[str, Any]
    asked: tuple[str, ...]
    asked_in: dict[int, tuple[str, ...]]


def _points(unit: Unit, sessions: Iterable[int]) -> list[_Point]:
    """The service points of some sessions, in the order of `/open`."""
    rows = unit.db.execute(
        sa.select(tables.session_point, tables.card.c.body)
        .select_from(tables.session_point.join(tables.card))
        .where(_P.session.in_(list(sessions)))
        .order_by(_P.session)
    ).mappings()
    points: dict[tuple[int, int], list[sa.RowMapping]] = defaultdict(list)
    for row in rows:
        points[[*Service].index(Service(row["card"])), row["point"]].append(row)
    return [_point(of_point) for _, of_point in sorted(points.items())]


def _point(rows: Sequence[sa.RowMapping]) -> _Point:
    asked_in = {row["session"]: tuple(json.loads(row["criteria"])) for row in rows}
    ever = {key for asked in asked_in.values() for key in asked}
    newest = rows[-1]
    asked = tuple(criterion.key for criterion in card_from_json(newest["body"]).criteria if criterion.key in ever)
    named = {name: newest[name] for name in ("point", "km", "en", "card", "version", "hash")}
    return _Point(named, asked, asked_in)


def _case(unit: Unit, point: _Point, earlier: Sequence[Held]) -> tuple[Tally, list[Release]]:
    """A service point's counts, and all that was released of them."""
    id_ = point.newest["point"]
    sources = [*point.asked_in, *(one.session.id for one in earlier)]
    bodies = sa.select(_R.body).where(_R.point == id_, _R.session.in_(sources)).order_by(_R.session, _R.version)
    before = [release_from_json(body) for body in unit.db.scalars(bodies)]
    told = {session for one in before for session in one.merges}
    parts = kept(unit, id_, point.asked_in)
    # one whose counts are gone is left out, but not where what was told counts on it
    there = [part for part in parts if not part.erased or part.session in told] or parts[:1]
    return merge(0, point.asked, there), before


def _said(unit: Unit, merged: Held) -> set[Release]:
    return set(releases_of(unit, merged.session.id))


def _insert(unit: Unit, bot: int, person: int, commune: str, round_: str, sessions: tuple[int, ...]) -> int:
    """A session that nobody can score in: closed from the start, without key or code. Its link leads to the digest."""
    id_ = unit.db.scalar(
        tables.session.insert()
        .values(
            bot=bot,
            place=commune,
            commune=commune,
            location=location_to_json(location(unit, commune)),
            round=round_,
            state=State.CLOSED,
            payload=new_payload(Payload.SESSION, unit.draw(16)),
            code="",
            opened_by=person,
            closes_at=unit.db.scalar(sa.select(sa.func.max(_S.closes_at)).where(_S.id.in_(sessions))),
            closed_at=unit.now,
            shown_on=_latest_day(unit, sessions),
            sealed=True,
            looked_at=True,
            villages=json.dumps(sessions),
        )
        .returning(_S.id)
    )
    assert id_ is not None
    return int(id_)


def _latest_day(unit: Unit, sessions: Sequence[int]) -> date | None:
    """The latest day on which one of these is shown, where that is still to come."""
    latest = unit.db.scalar(sa.select(sa.func.max(_S.shown_on)).where(_S.id.in_(sessions)))
    return latest if latest is not None and latest > day_of(unit.now) else None
