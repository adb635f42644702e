"""Practising: a facilitator opens, scores and closes as they will, and nothing of it is kept.

It is made of the very flows that are practised, one after another, over a session that is nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.commands import Command
from conversations.engine import Answers, Finished, Flow, replay
from conversations.entries import HELLO, Entry, EntryName
from conversations.notices import View
from conversations.prompts import YES, OneOf
from conversations.scoring.about_you import AboutYouFacts, about_you
from conversations.scoring.score import CastBallot, ScoreFacts, score
from conversations.sessions.close_session import CloseFacts, close_session
from conversations.sessions.live import Count, Turnout
from conversations.sessions.open_session import OpenFacts, OpenSession, PlanSession, PointChoice, open_session
from scorecard.ballot import Ballot
from scorecard.digest import Digest
from scorecard.disclosure import release
from scorecard.place import Location, NewPoint, ServicePoint
from scorecard.session import Session, State, closing_time, round_name
from scorecard.tally import count

PRACTICE = EntryName("practice")
OTHERS = 11
"""So many made-up people score beside whoever practises."""


@dataclass(frozen=True, slots=True)
class PractiseFacts:
    """For `practise`: what could be opened, and where; places: each by its code."""

    open: OpenFacts
    places: Mapping[str, Location]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPractice(OneOf):
    """What practising is."""

    key: str = "practice"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeIsOpen(OneOf):
    """What would be open now; on to scoring as a citizen does."""

    session: Session
    key: str = "is_open"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class EndPractice(Command):
    """Show what would have come out. Nothing is kept."""

    digest: Digest


@dataclass(frozen=True, slots=True)
class Practised(View):
    """What would have come out of a practice, of which nothing is kept."""

    digest: Digest

    @property
    def entry(self) -> Entry:
        return HELLO()


def practise(facts: PractiseFacts) -> Flow:
    """A facilitator opens a session, scores in it, and closes it: none of it is there."""
    yield BeginPractice()
    opening = yield from open_session(facts.open)
    if isinstance(opening, PlanSession):
        opening = opening.opening
    assert isinstance(opening, OpenSession), "nothing is open where one practises"
    session = _session(facts, opening)
    yield PracticeIsOpen(session=session)
    first = session.points[0]
    cast = yield from score(ScoreFacts(session, first, (), seat=1, correcting=False))
    assert isinstance(cast, CastBallot), "no way leads back out of a practice"
    yield from about_you(AboutYouFacts(session, 1))
    turnout = tuple(Turnout(point.id, 10, 0, 0) for point in session.points)
    yield from close_session(CloseFacts((session,), session.id, {session.id: Count(turnout, facts.now)}))
    own = Ballot(cast.scores, cast.repair, phone=b"own")
    releases = tuple(
        release(
            count(
                0,
                point.id,
                tuple(criterion.key for criterion in point.criteria),
                [*_made_up(point), *((own,) if point is first else ())],
            )
        )
        for point in session.points
    )
    return EndPractice(Digest(replace(session, state=State.CLOSED), releases))


def point_practised(facts: PractiseFacts, answers: Answers) -> ServicePoint | None:
    """The service point that somebody scores who has answered so far; None where they have not come to that."""
    here = replay(open_session, facts.open, answers)
    if not isinstance(here, Finished):
        return None
    opening = here.command.opening if isinstance(here.command, PlanSession) else here.command
    return _session(facts, opening).points[0] if isinstance(opening, OpenSession) else None


def _session(facts: PractiseFacts, opening: OpenSession) -> Session:
    """The session that would have been opened."""
    place = facts.places[opening.place]
    known = {point.code: point for commune in facts.open.communes for point in commune.points}
    chosen: list[tuple[int, PointChoice | NewPoint]] = [(id_, known[str(id_)]) for id_ in opening.points]
    chosen += [(-number, point) for number, point in enumerate(opening.new_points, start=1)]
    points = tuple(
        ServicePoint(
            id_,
            point.service,
            point.km,
            point.en,
            place,
            facts.open.cards[point.service].asking(opening.criteria.get(point.service, ())),
        )
        for id_, point in chosen
    )
    closes_at = closing_time(opening.closing, facts.now)
    return Session(
        0, place, points, round_name(facts.now), State.OPEN, "0" * 8, closes_at, opening.compares, opening.shown_on
    )


def _made_up(point: ServicePoint) -> list[Ballot]:
    """What made-up people say of a service: satisfied with the first things that are asked, and less with the last."""
    keys = [criterion.key for criterion in point.criteria]
    return [
        Ballot(
            {key: max(1, min(5, 5 - place * 3 // len(keys) - person % 3 // 2)) for place, key in enumerate(keys)},
            keys[-1] if len(keys) == 1 else keys[-2],
            phone=bytes([person]),
        )
        for person in range(OTHERS)
    ]
