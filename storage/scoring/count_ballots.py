"""Ballots are counted: roughly while their session is open; when it closes, for the release, and they are erased."""

import sqlalchemy as sa

from conversations.sessions.live import Turnout
from scorecard.ballot import Age, Gender
from scorecard.disclosure import band
from scorecard.tally import count
from storage.results.digests import put_release
from storage.results.tallies import keep
from storage.room import AtClosing, Due
from storage.scoring.ballots import ballot, ballots_of
from storage.session import Held, by_id
from storage.sessions.turnout import turnout_counted, uncounted
from storage.unit import Unit

_B = ballot.c


def _count_turnout(unit: Unit, session: int) -> bool:
    """Count how many took part, and hand on what a facilitator may know of it. It isn't told in the log."""
    held = by_id(unit, session)
    if held is None:
        return False
    rows = unit.db.execute(
        sa.select(
            _B.point,
            sa.func.count(),
            sa.func.count(sa.case((_B.gender == Gender.WOMAN, 1))),
            sa.func.count(sa.case((_B.age == Age.YOUTH, 1))),
        )
        .where(_B.session == session)
        .group_by(_B.point)
    )
    counted = {point: (band(people), band(women), band(youth)) for point, people, women, youth in rows}
    bands = tuple(Turnout(point.id, *counted.get(point.id, (0, 0, 0))) for point in held.session.points)
    turnout_counted(unit, held, bands)
    return False


def _count_ballots(unit: Unit, held: Held, _: int | None) -> None:
    session = held.session
    tallies = [
        count(session.id, point.id, tuple(criterion.key for criterion in point.criteria), ballots)
        for point in session.points
        for ballots in [ballots_of(unit, held, point.id)]
    ]
    for tally, release in zip(tallies, unit.released([(tally, ()) for tally in tallies]), strict=True):
        keep(unit, tally)
        put_release(unit, session.id, release)
    unit.db.execute(ballot.delete().where(ballot.c.session == session.id))


COUNTED = AtClosing(_count_ballots)
TURNOUTS = Due(uncounted, _count_turnout, "turnout counted")
