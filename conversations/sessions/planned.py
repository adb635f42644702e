"""A session that is planned, as those see it who wait for it."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import SESSION, Entry, EntryName
from conversations.notices import Notice, View
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from scorecard.session import Session

OPEN_PLANNED = EntryName("open_planned")
CALL_OFF_PLAN = EntryName("call_off_plan")
NOT_PLANNED = Why("not planned")


@dataclass(frozen=True, slots=True)
class Planned(View):
    """A session that is to open, for its facilitators. `turn`: of the button that opens it now."""

    session: Session
    turn: int = 0

    @property
    def entry(self) -> Entry:
        return SESSION(self.session.id)


@dataclass(frozen=True, slots=True)
class OpensSoon(Notice):
    """What whoever planned a session hears some time before it opens."""

    session: Session


@dataclass(frozen=True, slots=True)
class OpenedByItself(Notice):
    """What whoever planned a session hears when it has opened."""

    session: Session


@dataclass(frozen=True, slots=True)
class PlanMissed(Notice):
    """What whoever planned a session hears whose time went by before it could be opened."""

    session: Session


@dataclass(frozen=True, slots=True)
class CallOffFacts:
    """For `call_off_plan`: which."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffNow(OneOf):
    """Whether a plan is called off."""

    session: Session
    key: str = "call_off"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class OpenPlanned(Command):
    """Open a planned session now."""

    session: int


@dataclass(frozen=True, slots=True)
class CallOffPlan(Command):
    """Let a planned session never open."""

    session: int


def call_off_plan(facts: CallOffFacts) -> Flow:
    """A facilitator takes a plan back."""
    yield CallOffNow(session=facts.session)
    return CallOffPlan(facts.session.id)
