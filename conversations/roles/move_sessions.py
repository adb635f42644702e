"""Moving sessions to a colleague: a phone is lost, or somebody has left."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import SESSIONS, Entry, EntryName
from conversations.notices import View
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from conversations.roles.team import Member

MOVE = EntryName("move")
NOTHING_TO_MOVE = Why("nothing to move")
NOBODY_THERE = Why("nobody there")
SESSIONS_MOVED = Why("sessions moved")


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """For `move_sessions`: whose sessions, and who could look after them; `me`: whoever moves them, if they could."""

    member: Member
    others: tuple[Member, ...]
    me: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWhom(OneOf):
    """Who looks after them from now on."""

    member: Member
    others: tuple[Member, ...]
    me: int | None
    key: str = "to"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveNow(OneOf):
    """Whether to move them; `to`: None for whoever is asked."""

    member: Member
    to: Member | None
    key: str = "move"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class MoveSessions(Command):
    """Let somebody else look after what a person has planned or opened and has not finished."""

    person: int
    to: int


@dataclass(frozen=True, slots=True)
class Moved(View):
    """For whom some sessions were moved to: they are theirs to look after."""

    sessions: int

    @property
    def entry(self) -> Entry:
        return SESSIONS()


def move_sessions(facts: MoveFacts) -> Flow:
    """A coordinator gives the sessions of somebody to somebody else."""
    by_id = {str(one.person): one for one in facts.others}
    options = (*((str(facts.me),) if facts.me is not None else ()), *by_id)
    to = str((yield ToWhom(member=facts.member, others=facts.others, me=facts.me, options=options)))
    yield MoveNow(member=facts.member, to=by_id.get(to))
    return MoveSessions(facts.member.person, int(to))
