"""Ballots are counted: roughly while their session is open; when it closes, for the release, and they are erased."""

from collections.abc import Sequence

from conversations.sessions.live import Turnout
from scorecard.ballot import Age, Ballot, Gender
from scorecard.disclosure import band
from scorecard.session import UNDER_WAY
from scorecard.tally import count
from storage.results.counts import keep
from storage.results.digests import put_release
from storage.room import AtClosing, Due
from storage.scoring.ballots import ballot, ballots_of
from storage.session import Held, by_id
from storage.sessions.turnout import turnout_counted, uncounted
from storage.unit import Unit


def _read_turnout(unit: Unit, session: int) -> tuple[Turnout, ...] | None:
    """How many phones took part, as roughly as a facilitator may know it; None where nobody can score any more."""
    held = by_id(unit, session)
    if held is None or held.session.state not in UNDER_WAY or not unit.keys.has(held.key):
        return None
    return tuple(_bands(point, given) for point, given in ballots_of(unit, held).items())


def _hand_on_turnout(unit: Unit, session: int, counted: tuple[Turnout, ...] | None) -> bool:
    """Hand on what was counted; it isn't told in the log."""
    held = by_id(unit, session)
    if held is not None and held.session.state in UNDER_WAY:
        turnout_counted(unit, held, counted)
    return False


def _bands(point: int, given: Sequence[Ballot]) -> Turnout:
    women = [one for one in given if one.groups.gender is Gender.WOMAN]
    youth = [one for one in given if one.groups.age is Age.YOUTH]
    return Turnout(point, *(band(len({one.phone for one in some})) for some in (given, women, youth)))


def _count_ballots(unit: Unit, held: Held, _: int | None) -> None:
    """Where the key is lost nothing can be counted: what comes out is that too few took part."""
    session = held.session
    ballots = ballots_of(unit, held) if unit.keys.has(held.key) else {}
    tallies = [
        count(session.id, point.id, tuple(criterion.key for criterion in point.criteria), ballots.get(point.id, ()))
        for point in session.points
    ]
    for release in unit.released([(tally, ()) for tally in tallies]):
        put_release(unit, session.id, release)
    keep(unit, held, tallies)
    unit.db.execute(ballot.delete().where(ballot.c.session == session.id))


COUNTED = AtClosing(_count_ballots)
TURNOUTS = Due(uncounted, _hand_on_turnout, "turnout counted", _read_turnout)
