"""When a session closes its ballots are counted, what may be told is released, and they are erased."""

from scorecard.disclosure import release
from scorecard.tally import count
from storage.results.digests import put_release
from storage.results.tallies import keep
from storage.room import AtClosing
from storage.scoring.ballots import ballot, ballots_of
from storage.session import Held
from storage.unit import Unit


def _count_ballots(unit: Unit, held: Held, _: int | None) -> None:
    session = held.session
    for point in session.points:
        asked = tuple(criterion.key for criterion in point.criteria)
        tally = count(session.id, point.id, asked, ballots_of(unit, held, point.id))
        keep(unit, tally)
        put_release(unit, session.id, release(tally))
    unit.db.execute(ballot.delete().where(ballot.c.session == session.id))


COUNTED = AtClosing(_count_ballots)
