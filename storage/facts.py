"""Loads what a dialogue's flow needs to know, or says why it can't go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from conversations.arrival.go_on import go_on
from conversations.arrival.leave import leave
from conversations.arrival.privacy import privacy
from conversations.engine import Flow
from conversations.facts import (
    AboutYouFacts,
    CloseFacts,
    CommuneFacts,
    CorrectFacts,
    GoOnFacts,
    JoinFacts,
    LeaveFacts,
    LookFacts,
    OpenFacts,
    PointChoice,
    ScoreFacts,
)
from conversations.groups.link_group import link_group
from conversations.notices import Why
from conversations.results.rename_point import rename_point
from conversations.roles.accept_invitation import accept_invitation
from conversations.scoring.about_you import about_you
from conversations.scoring.correct import correct
from conversations.scoring.join import join
from conversations.scoring.look import look
from conversations.scoring.score import score
from conversations.sessions.close_session import close_session
from conversations.sessions.open_session import open_session
from scorecard.card import Service
from scorecard.role import may_act
from scorecard.session import closing_choices, closing_time
from storage import tables
from storage.groups.link_group import waiting
from storage.people import Dialogue
from storage.places import location, villages
from storage.results.rename_point import renamable
from storage.roles.invitations import communes_of, invitation
from storage.scoring.cast_ballot import scored_by
from storage.session import Held, by_id, open_in
from storage.sessions.turnout import turnout
from storage.store import Unit

Loaded = tuple[Callable[[Any], Flow], Any]


@dataclass(frozen=True, slots=True)
class _Loader:
    flow: Callable[[Any], Flow]
    load: Callable[[Unit, Dialogue], Any]


def load(unit: Unit, dialogue: Dialogue) -> Loaded | Why:
    """A dialogue's flow and the facts for it, as they are now."""
    loader = _LOADERS[dialogue.flow]
    facts = loader.load(unit, dialogue)
    return facts if isinstance(facts, Why) else (loader.flow, facts)


def load_aside(dialogue: Dialogue, below: Loaded) -> Loaded:
    """The flow that lies over a dialogue, and the facts for it."""
    name, _, detail = (dialogue.aside or "").partition(":")
    if name == "go_on":
        return go_on, GoOnFacts(elsewhere=bool(detail))
    if name == "look" and isinstance(below[1], ScoreFacts):
        return look, _look(below[1], dialogue)
    if name == "leave":
        return leave, LeaveFacts(scoring=is_scoring(dialogue))
    return privacy, None


def is_scoring(dialogue: Dialogue) -> bool:
    """Whether scores may have been sent in this dialogue."""
    return dialogue.session is not None


def open_session_of(unit: Unit, dialogue: Dialogue) -> Held | Why:
    """The session that a citizen's dialogue is about, while ballots are accepted."""
    held = by_id(unit, dialogue.session) if dialogue.session is not None else None
    return held if held is not None and held.session.accepts_ballots(unit.now) else Why.SESSION_OVER


def _join(unit: Unit, dialogue: Dialogue) -> JoinFacts | Why:
    held = open_session_of(unit, dialogue)
    return held if isinstance(held, Why) else JoinFacts(held.session, dialogue.about.seat)


def _score(unit: Unit, dialogue: Dialogue) -> ScoreFacts | Why:
    held = open_session_of(unit, dialogue)
    if isinstance(held, Why):
        return held
    about = dialogue.about
    point = held.session.point(about.points[0])
    if point is None:
        return Why.SESSION_OVER
    return ScoreFacts(held.session, point, about.points[1:], about.seat, about.correcting)


def _about_you(unit: Unit, dialogue: Dialogue) -> AboutYouFacts | Why:
    held = open_session_of(unit, dialogue)
    return held if isinstance(held, Why) else AboutYouFacts(held.session, dialogue.about.seat)


def _correct(unit: Unit, dialogue: Dialogue) -> CorrectFacts | Why:
    held = open_session_of(unit, dialogue)
    if isinstance(held, Why):
        return held
    scored = scored_by(unit, held, dialogue.person)
    return CorrectFacts(held.session, scored) if scored else Why.NOTHING_BEGUN


def _open_session(unit: Unit, dialogue: Dialogue) -> OpenFacts | Why:
    communes = communes_of(unit, dialogue.bot, dialogue.person)
    if not communes:
        return Why.FACILITATORS_ONLY
    return OpenFacts(
        tuple(CommuneFacts(location(unit, code), villages(unit, code), _points(unit, code)) for code in communes),
        {choice: closing_time(choice, unit.now) for choice in closing_choices(unit.now)},
    )


def _close_session(unit: Unit, dialogue: Dialogue) -> CloseFacts | Why:
    communes = communes_of(unit, dialogue.bot, dialogue.person)
    if not communes:
        return Why.FACILITATORS_ONLY
    held = open_in(unit, dialogue.bot, communes)
    sessions = tuple(one.session for one in held)
    asked = int(dialogue.about.reference) if dialogue.about.reference else None
    if asked is not None and asked not in {at.id for at in sessions}:
        return Why.ALREADY_CLOSED
    if not held:
        return Why.NOTHING_OPEN
    return CloseFacts(sessions, asked, {one.session.id: turnout(unit, one) for one in held})


def _rename_point(unit: Unit, dialogue: Dialogue) -> object:
    held = by_id(unit, int(dialogue.about.reference))
    if held is None or not may_act(frozenset(communes_of(unit, dialogue.bot, dialogue.person)), held.session.place):
        return Why.NOT_YOURS
    return renamable(held)


def _link_group(unit: Unit, dialogue: Dialogue) -> object:
    if not communes_of(unit, dialogue.bot, dialogue.person):
        return Why.FACILITATORS_ONLY
    return waiting(unit, dialogue.bot, dialogue.about.reference, dialogue.person) or Why.GROUP_GONE


def _accept_invitation(unit: Unit, dialogue: Dialogue) -> object:
    return invitation(unit, dialogue.bot, dialogue.about.reference) or Why.INVITATION_DEAD


def _look(below: ScoreFacts, dialogue: Dialogue) -> LookFacts:
    point, answers = below.point, dialogue.answers
    about = f"{point.service}{point.id}"
    answered = ((criterion, answers.get(f"{about}.{criterion.key}")) for criterion in point.criteria)
    scores = tuple((criterion, str(given)) for criterion, given in answered if given is not None)
    wish = answers.get(f"{about}!repair")
    return LookFacts(point, scores, next((c for c in point.criteria if c.key == wish), None))


def _points(unit: Unit, commune: str) -> tuple[PointChoice, ...]:
    c = tables.point.c
    order = sa.case({service.value: place for place, service in enumerate(Service)}, value=c.service)
    rows = unit.db.execute(sa.select(c.id, c.service, c.km, c.en).where(c.commune == commune).order_by(order, c.id))
    return tuple(PointChoice(str(id_), Service(service), km, en) for id_, service, km, en in rows)


_LOADERS = {
    "join": _Loader(join, _join),
    "score": _Loader(score, _score),
    "about_you": _Loader(about_you, _about_you),
    "correct": _Loader(correct, _correct),
    "open_session": _Loader(open_session, _open_session),
    "close_session": _Loader(close_session, _close_session),
    "rename_point": _Loader(rename_point, _rename_point),
    "link_group": _Loader(link_group, _link_group),
    "accept_invitation": _Loader(accept_invitation, _accept_invitation),
}
