"""Scores that were sent are given anew."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.commands import Follow
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.prompts import OneOf
from conversations.scoring.paused import wait_while_paused
from conversations.scoring.score import score
from scorecard.session import Session

CORRECT = EntryName("correct")


@dataclass(frozen=True, slots=True)
class CorrectFacts:
    """For `correct`: the service points that each seat of this phone has scored."""

    session: Session
    scored: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichSeat(OneOf):
    """Whose scores are corrected, where several people shared the phone."""

    key: str = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWhich(OneOf):
    """Which service is scored anew."""

    session: Session
    key: str = "point"


def correct(facts: CorrectFacts) -> Flow:
    """A citizen who has sent scores chooses which service to score anew, from empty."""
    yield from wait_while_paused(facts.session)
    seats = tuple(str(seat) for seat in facts.scored)
    seat = seats[0] if len(seats) == 1 else (yield WhichSeat(options=seats))
    points = tuple(str(point.id) for point in facts.session.points)
    point = yield CorrectWhich(session=facts.session, options=points)
    return Follow(score, {"points": [int(str(point))], "seat": int(str(seat)), "correcting": True})
