"""A citizen's scores for one service point are sent."""

import json
from collections.abc import Iterable

import sqlalchemy as sa

from conversations.commands import CastBallot, TellGroups
from scorecard.ballot import Purpose, owner, telegram_phone, telegram_voter
from scorecard.session import MAX_SEATS
from storage import tables
from storage.session import Held
from storage.sessions.turnout import turnout_changed
from storage.store import Unit

_B = tables.ballot.c


def cast_ballot(unit: Unit, held: Held, person: int, command: CastBallot) -> bool:
    """Keep one ballot, in the place of the one this voter sent before. What they said of themselves stays.

    Whether the voter has said nothing of themselves, and sends this service's scores for the first time.
    """
    mine = _owner(unit, held, command.point, person, command.seat)
    values = {"scores": json.dumps(command.scores), "repair": command.repair}
    changed = unit.db.execute(tables.ballot.update().where(_B.owner == mine).values(values))
    untold = False
    if not changed.rowcount:
        told = unit.db.execute(
            sa.select(_B.gender, _B.age).where(_B.owner.in_(_owners(unit, held, person, command.seat))).limit(1)
        ).one_or_none()
        gender, age = told or (None, None)
        untold = gender is None and age is None
        unit.db.execute(
            tables.ballot.insert().values(
                owner=mine,
                session=held.session.id,
                point=command.point,
                phone=_phone(unit, held, command.point, person),
                gender=gender,
                age=age,
                **values,
            )
        )
    turnout_changed(unit, held)
    return untold


def tell_groups(unit: Unit, held: Held, person: int, command: TellGroups) -> None:
    """Add what a voter said about themselves to the ballots they sent in this session."""
    unit.db.execute(
        tables.ballot.update()
        .where(_B.owner.in_(_owners(unit, held, person, command.seat)))
        .values(gender=command.groups.gender, age=command.groups.age)
    )
    turnout_changed(unit, held)


def scored_by(unit: Unit, held: Held, person: int) -> dict[int, tuple[int, ...]]:
    """The service points that each seat of a person's phone has scored, by seat."""
    owners = {
        _owner(unit, held, point.id, person, seat): (seat, point.id)
        for seat in range(1, MAX_SEATS + 1)
        for point in held.session.points
    }
    scored: dict[int, tuple[int, ...]] = {}
    for mark in unit.db.scalars(sa.select(_B.owner).where(_B.owner.in_(list(owners)))):
        seat, point = owners[mark]
        scored[seat] = (*scored.get(seat, ()), point)
    return dict(sorted(scored.items()))


def _owners(unit: Unit, held: Held, person: int, seat: int) -> Iterable[bytes]:
    return [_owner(unit, held, point.id, person, seat) for point in held.session.points]


def _phone(unit: Unit, held: Held, point: int, person: int) -> bytes:
    return owner(unit.keys.read(str(held.session.id)), Purpose.PHONE, point, telegram_phone(person))


def _owner(unit: Unit, held: Held, point: int, person: int, seat: int) -> bytes:
    key = unit.keys.read(str(held.session.id))
    return owner(key, Purpose.BALLOT, point, telegram_voter(person, seat))
