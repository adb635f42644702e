"""Finding a session by what somebody knows of it."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import SESSIONS, Entry, EntryName
from conversations.notices import View
from conversations.prompts import Line
from conversations.refusals import NAME_DOES_NOT_FIT, Why
from scorecard.session import Session

FIND = EntryName("find")
NOTHING_FOUND = Why("nothing found")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFor(Line):
    """What is looked for: a place, a service, a year or a code."""

    key: str = "look_for"
    longest: int = 60
    otherwise: Why = NAME_DOES_NOT_FIT


@dataclass(frozen=True, slots=True)
class FindSessions(Command):
    """Look for sessions."""

    text: str


@dataclass(frozen=True, slots=True)
class Found(View):
    """The newest of those that were found; merged: the ids of those that are villages put together."""

    sessions: tuple[Session, ...]
    merged: frozenset[int] = frozenset()

    @property
    def entry(self) -> Entry:
        return SESSIONS()


def find_sessions(_: None) -> Flow:
    """A facilitator looks for a session."""
    text = yield LookFor()
    return FindSessions(str(text))
