"""Putting right what a session is of, before anybody has sent anything."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from conversations.sessions.open_session import PointChoice, WhichPlace, WhichPoints, located
from scorecard.place import Location, Place
from scorecard.session import Session

PLACE, POINTS, YEAR = "place", "points", "year"
SENT_ALREADY = Why("sent already")
WAS_PUT_RIGHT = Why("was put right")
SERVICE_GONE = Why("service gone")


@dataclass(frozen=True, slots=True)
class PutRightFacts:
    """For `put_right`: a session in which nobody has sent anything, and what it may be of instead."""

    session: Session
    commune: Location
    villages: tuple[Place, ...]
    points: tuple[PointChoice, ...]
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIsWrong(OneOf):
    """What of a session is put right."""

    session: Session
    key: str = "what"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichYear(OneOf):
    """Which round a session belongs to."""

    key: str = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRightNow(OneOf):
    """How a session will be, and whether it shall be so."""

    place: Location
    points: tuple[PointChoice, ...]
    round: str
    key: str = "put_right"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class PutSessionRight(Command):
    """Let a session be of another place, other service points (ids) or another round."""

    session: int
    place: str
    points: tuple[int, ...]
    round: str


def put_right(facts: PutRightFacts) -> Flow:
    """A facilitator puts right the place, the services or the year of a session."""
    session = facts.session
    place, round_ = session.location, session.round
    chosen = tuple(str(point.id) for point in session.points)
    what = yield WhatIsWrong(session=session, options=(*((PLACE,) if facts.villages else ()), POINTS, YEAR))
    if what == PLACE:
        codes = (facts.commune.code, *(village.code for village in facts.villages))
        code = yield WhichPlace(commune=facts.commune, villages=facts.villages, options=codes)
        place = located(facts.commune, facts.villages, str(code))
    elif what == POINTS:
        options = tuple(point.code for point in facts.points)
        some = yield WhichPoints(
            key="points", place=place, points=facts.points, options=options, preset=chosen, at_once=()
        )
        chosen = tuple(code for code in options if code in some)
    else:
        round_ = str((yield WhichYear(options=facts.rounds)))
    picked = tuple(point for point in facts.points if point.code in chosen)
    yield PutRightNow(place=place, points=picked, round=round_)
    return PutSessionRight(session.id, place.code, tuple(map(int, chosen)), round_)
