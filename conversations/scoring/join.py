"""A citizen comes in by a link or a code."""

from dataclasses import dataclass

from conversations.commands import Follow
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.prompts import YES, OneOf, SomeOf
from conversations.refusals import Why
from conversations.scoring.none_used import SayNoneUsed
from conversations.scoring.paused import wait_while_paused
from conversations.scoring.remind_me import REMIND_ME, RemindMe
from conversations.scoring.score import score
from scorecard.card import Service
from scorecard.place import ServicePoint
from scorecard.session import Session

JOIN = EntryName("join")
ANOTHER = EntryName("another")
PHONE_FULL = Why("phone full")
TOO_MANY_CODES = Why("too many codes")

NONE = "none"
"""None of the services was used."""


@dataclass(frozen=True, slots=True)
class JoinFacts:
    session: Session
    seat: int
    remind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(OneOf):
    """What this is for, and whether to start; of one kind of service alone also whether they used none of it."""

    session: Session
    key: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedServices(SomeOf):
    """Which kinds of service this person used, or that it was none."""

    session: Session
    key: str = "services"
    at_once: tuple[str, ...] = (NONE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPoint(OneOf):
    """Which one of several health centres or schools."""

    service: Service
    points: tuple[ServicePoint, ...]


def join(facts: JoinFacts) -> Flow:
    """A citizen comes in by a link or code and says which services they used."""
    yield from wait_while_paused(facts.session)
    kinds = facts.session.kinds
    used = tuple(kind.value for kind in kinds)
    later = (REMIND_ME,) if facts.remind else ()
    start = yield Welcome(session=facts.session, options=(YES, *later) if len(kinds) > 1 else (YES, NONE, *later))
    if start == REMIND_ME:
        return RemindMe(facts.session.id)
    if len(kinds) > 1:
        chosen = yield UsedServices(session=facts.session, options=used)
        used = tuple(chosen)
    if NONE in (start, *used):
        return SayNoneUsed(facts.session.id)
    points = []
    for kind in map(Service, used):
        candidates = tuple(point for point in facts.session.points if point.service is kind)
        if len(candidates) == 1:
            points.append(candidates[0].id)
        else:
            ids = tuple(str(point.id) for point in candidates)
            one = yield WhichPoint(key=f"which.{kind}", options=ids, service=kind, points=candidates)
            points.append(int(str(one)))
    return Follow(score, {"points": points, "seat": facts.seat, "of": len(points)})
