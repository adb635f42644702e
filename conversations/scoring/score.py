"""Scoring one service point."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conversations.commands import Command, Follow
from conversations.engine import BACK, Flow
from conversations.prompts import DONT_KNOW, SKIP, YES, OneOf
from conversations.scoring.about_you import about_you
from conversations.scoring.paused import wait_while_paused
from scorecard import ballot
from scorecard.ballot import Compared
from scorecard.card import SCALE, Criterion
from scorecard.place import ServicePoint
from scorecard.session import Session

_ANSWERS = (*map(str, SCALE), DONT_KNOW)


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """For `score`: the service point in hand, those still to come after it, and whose seat it is.

    of: how many they were in all; before: the flow in which they were chosen, where the first question leads back to.
    """

    session: Session
    point: ServicePoint
    rest: tuple[int, ...]
    seat: int
    correcting: bool
    of: int = 1
    before: Callable[[Any], Flow] | None = None

    @property
    def sent(self) -> int:
        """How many of them were sent already."""
        return self.of - len(self.rest) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces(OneOf):
    """One criterion, as five faces. sent, of: how many services were sent already, of how many."""

    session: Session
    point: ServicePoint
    criterion: Criterion
    number: int
    sent: int = 0
    of: int = 1
    options: tuple[str, ...] = _ANSWERS


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
    yield from wait_while_paused(facts.session)
    point = facts.point
    scores = {}
    for number, criterion in enumerate(point.criteria, start=1):
        key = score_key(point, criterion)
        face = yield Faces(
            key=key,
            session=facts.session,
            point=point,
            criterion=criterion,
            number=number,
            sent=facts.sent,
            of=facts.of,
            options=(*_ANSWERS, BACK) if number == 1 and facts.before else _ANSWERS,
        )
        if face == BACK and facts.before:
            return Follow(facts.before, {"seat": facts.seat}, _chosen(facts))
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


def _chosen(facts: ScoreFacts) -> dict[str, str]:
    """What brings somebody who goes back to where services are chosen; what was sent counts until it is sent anew."""
    return {} if facts.correcting or len(facts.session.points) == 1 else {"start": YES}


def _then(facts: ScoreFacts) -> Follow | None:
    if facts.rest:
        about = {"points": facts.rest, "seat": facts.seat, "correcting": facts.correcting, "of": facts.of}
        return Follow(score, about)
    return None if facts.correcting else Follow(about_you, {"seat": facts.seat})
