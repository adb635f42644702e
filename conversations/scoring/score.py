"""Scoring one service point."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.commands import Command, Follow
from conversations.engine import Flow
from conversations.prompts import DONT_KNOW, SKIP, YES, OneOf
from conversations.scoring.about_you import about_you
from scorecard import ballot
from scorecard.ballot import Compared
from scorecard.card import SCALE, Criterion
from scorecard.place import ServicePoint
from scorecard.session import Session


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """For `score`: the service point in hand, those still to come after it, and whose seat it is."""

    session: Session
    point: ServicePoint
    rest: tuple[int, ...]
    seat: int
    correcting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces(OneOf):
    """One criterion, as five faces."""

    session: Session
    point: ServicePoint
    criterion: Criterion
    number: int
    options: tuple[str, ...] = (*map(str, SCALE), DONT_KNOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRepair(OneOf):
    """Which of the criteria should be repaired first."""

    point: ServicePoint


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWithLast(OneOf):
    """How this service is beside last year."""

    point: ServicePoint
    options: tuple[str, ...] = (*Compared, DONT_KNOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(OneOf):
    """Whether to send the scores of one service."""

    point: ServicePoint
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class CastBallot(Command):
    """Send one service's scores (0 stands for "don't know"); after it `then`, or thanks.

    compared: how it is beside last year, None where that is not known.
    """

    session: int
    point: int
    seat: int
    scores: Mapping[str, int]
    repair: str | None
    then: Follow | None
    compared: Compared | None = None


def score(facts: ScoreFacts) -> Flow:
    """A citizen scores one service point and sends it."""
    point = facts.point
    scores = {}
    for number, criterion in enumerate(point.criteria, start=1):
        key = score_key(point, criterion)
        face = yield Faces(key=key, session=facts.session, point=point, criterion=criterion, number=number)
        scores[criterion.key] = ballot.DONT_KNOW if face == DONT_KNOW else int(str(face))
    single = tuple(criterion.key for criterion in point.single)
    repair = yield FirstRepair(key=repair_key(point), point=point, options=(*single, SKIP))
    compared = None
    if facts.session.compares:
        answer = yield ComparedWithLast(key=compared_key(point), point=point)
        compared = None if answer == DONT_KNOW else Compared(str(answer))
    yield Send(key=f"{_about(point)}!send", point=point)
    return CastBallot(
        session=facts.session.id,
        point=point.id,
        seat=facts.seat,
        scores=scores,
        repair=None if repair == SKIP else str(repair),
        then=_then(facts),
        compared=compared,
    )


def score_key(point: ServicePoint, criterion: Criterion) -> str:
    """The key of the answer to a criterion."""
    return f"{_about(point)}.{criterion.key}"


def repair_key(point: ServicePoint) -> str:
    """The key of what is to be repaired first."""
    return f"{_about(point)}!repair"


def compared_key(point: ServicePoint) -> str:
    """The key of how it is beside last year."""
    return f"{_about(point)}!compared"


def _about(point: ServicePoint) -> str:
    return f"{point.service}{point.id}"


def _then(facts: ScoreFacts) -> Follow | None:
    if facts.rest:
        return Follow(score, {"points": facts.rest, "seat": facts.seat, "correcting": facts.correcting})
    return None if facts.correcting else Follow(about_you, {"seat": facts.seat})
