"""Ballots: kept while their session is open, each under its owner's mark, and sealed."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
import structlog

from scorecard.ballot import Age, Ballot, Compared, Gender, Groups, Purpose, owner, telegram_phone, telegram_voter
from scorecard.session import MAX_SEATS
from storage import tables
from storage.keys import Key, SealBrokenError
from storage.session import Held
from storage.unit import Unit

log = structlog.get_logger("storage")

BODY_BYTES = 512
"""What is sealed of a ballot is padded to this: eight criteria of the longest keys fit."""

PHONE_BYTES = 16
"""So much of a phone's mark is kept with a ballot: two of a session's phones never share it."""

ballot = sa.Table(
    "ballot",
    tables.metadata,
    sa.Column("owner", sa.LargeBinary(32), primary_key=True),
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    info=tables.TOOK_PART,
)

_B = ballot.c


def goes_on(unit: Unit, held: Held) -> bool:
    """Whether people may come into a session: it goes on, paused or not, and its key is there."""
    return held.session.goes_on(unit.sure_now) and unit.keys.has(held.key)


def accepts(unit: Unit, held: Held) -> bool:
    """Whether a session takes ballots now: while it is open, its time is not over, and its key is there."""
    return held.session.accepts_ballots(unit.sure_now) and unit.keys.has(held.key)


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


def ballots_of(unit: Unit, held: Held) -> dict[int, list[Ballot]]:
    """The ballots of a session, by service point."""
    rows = unit.db.execute(sa.select(_B.owner, _B.body).where(_B.session == held.session.id)).all()
    found: dict[int, list[Ballot]] = {point.id: [] for point in held.session.points}
    for _, point, given in _opened(key_of(unit, held), rows):
        found[point].append(given)
    return found


def find_ballots(unit: Unit, held: Held, marks: Iterable[bytes]) -> dict[bytes, tuple[int, Ballot]]:
    """The ballots with these owners' marks, each with its service point, by mark."""
    rows = unit.db.execute(sa.select(_B.owner, _B.body).where(_B.owner.in_(list(marks)))).all()
    return {mark: (point, given) for mark, point, given in _opened(key_of(unit, held), rows)}


def put_ballot(unit: Unit, held: Held, point: int, mark: bytes, given: Ballot) -> None:
    """Keep a ballot for a service point under its owner's mark, in the place of the one that is there."""
    phone = "" if given.phone is None else given.phone.hex()
    what = [point, given.scores, given.repair, given.groups.gender, given.groups.age, phone, given.compared]
    plain = json.dumps(what, separators=(",", ":")).encode()
    body = key_of(unit, held).seal(_row(mark), plain, BODY_BYTES)
    changed = unit.db.execute(ballot.update().where(_B.owner == mark).values(body=body))
    if not changed.rowcount:
        unit.db.execute(ballot.insert().values(owner=mark, session=held.session.id, body=body))


def owner_of(unit: Unit, held: Held, point: int, person: int, seat: int) -> bytes:
    """The mark of the voter on a seat of a person's phone."""
    return owner(key_of(unit, held).owner, Purpose.BALLOT, point, telegram_voter(person, seat))


def owners_of(unit: Unit, held: Held, person: int, seat: int) -> Iterable[bytes]:
    """The marks of the same voter for all service points."""
    return [owner_of(unit, held, point.id, person, seat) for point in held.session.points]


def phone_of(unit: Unit, held: Held, point: int, person: int) -> bytes:
    """The mark that a person's phone leaves on the ballots for one service point."""
    return owner(key_of(unit, held).owner, Purpose.PHONE, point, telegram_phone(person))[:PHONE_BYTES]


def key_of(unit: Unit, held: Held) -> Key:
    """A session's key. Raises FileNotFoundError once it is destroyed."""
    assert held.key is not None, "nobody scores in what was merged"
    return unit.keys.read(held.key)


def _opened(key: Key, rows: Iterable[Any]) -> Iterator[tuple[bytes, int, Ballot]]:
    """Rows by mark, service point and ballot, without those that somebody changed by hand; that is logged.

    They are read in one go, for one by one takes twice as long.
    """
    marks, plain = [], []
    for mark, body in rows:
        try:
            plain.append(key.open(_row(mark), body))
        except SealBrokenError:
            log.error("a ballot was changed by hand, and does not count")
        else:
            marks.append(mark)
    found = json.loads(b"[%b]" % b",".join(plain))
    for mark, (point, scores, repair, gender, age, phone, compared) in zip(marks, found, strict=True):
        yield (
            mark,
            point,
            Ballot(scores, repair, _groups(gender, age), bytes.fromhex(phone) or None, _compared(compared)),
        )


@cache
def _groups(gender: str | None, age: str | None) -> Groups:
    return Groups(None if gender is None else Gender(gender), None if age is None else Age(age))


def _compared(said: str | None) -> Compared | None:
    return None if said is None else Compared(said)


def _row(mark: bytes) -> str:
    return f"ballot\0{mark.hex()}"
