"""Ballots: kept while their session is open, each under its owner's mark."""

import json
from collections.abc import Iterable
from functools import cache

import sqlalchemy as sa

from scorecard.ballot import Age, Ballot, Gender, Groups, Purpose, owner, telegram_phone, telegram_voter
from scorecard.session import MAX_SEATS
from storage import tables
from storage.session import Held
from storage.unit import Unit

ballot = sa.Table(
    "ballot",
    tables.metadata,
    sa.Column("owner", sa.LargeBinary(32), primary_key=True),
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), nullable=False, index=True),
    sa.Column("point", sa.BigInteger, nullable=False),
    sa.Column("phone", sa.LargeBinary(32), nullable=False),
    sa.Column("scores", sa.Text, nullable=False),
    sa.Column("repair", sa.String(24)),
    sa.Column("gender", sa.String(8)),
    sa.Column("age", sa.String(8)),
    sqlite_with_rowid=False,
    info=tables.ANSWERS,
)

_B = ballot.c


def scored_by(unit: Unit, held: Held, person: int) -> dict[int, tuple[int, ...]]:
    """The service points that each seat of a person's phone has scored, by seat."""
    owners = {
        owner_of(unit, held, point.id, person, seat): (seat, point.id)
        for seat in range(1, MAX_SEATS + 1)
        for point in held.session.points
    }
    there = set(unit.db.scalars(sa.select(_B.owner).where(_B.owner.in_(list(owners)))))
    scored: dict[int, tuple[int, ...]] = {}
    for mark, (seat, point) in owners.items():
        if mark in there:
            scored[seat] = (*scored.get(seat, ()), point)
    return scored


def ballots_of(unit: Unit, held: Held, point: int) -> list[Ballot]:
    """The ballots of a session for one service point."""
    rows = unit.db.execute(
        sa.select(_B.scores, _B.repair, _B.gender, _B.age, _B.phone).where(
            _B.session == held.session.id, _B.point == point
        )
    ).all()
    scores = json.loads(f"[{','.join(row.scores for row in rows)}]")  # one by one takes twice as long
    return [
        Ballot(given, row.repair, _groups(row.gender, row.age), row.phone)
        for given, row in zip(scores, rows, strict=True)
    ]


@cache
def _groups(gender: str | None, age: str | None) -> Groups:
    return Groups(None if gender is None else Gender(gender), None if age is None else Age(age))


def owner_of(unit: Unit, held: Held, point: int, person: int, seat: int) -> bytes:
    """The mark of the voter on a seat of a person's phone."""
    key = unit.keys.read(str(held.session.id))
    return owner(key, Purpose.BALLOT, point, telegram_voter(person, seat))


def owners_of(unit: Unit, held: Held, person: int, seat: int) -> Iterable[bytes]:
    """The marks of the same voter for all service points."""
    return [owner_of(unit, held, point.id, person, seat) for point in held.session.points]


def phone_of(unit: Unit, held: Held, point: int, person: int) -> bytes:
    """The mark that a person's phone leaves on the ballots for one service point."""
    return owner(unit.keys.read(str(held.session.id)), Purpose.PHONE, point, telegram_phone(person))
