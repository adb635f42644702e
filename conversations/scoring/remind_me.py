"""Somebody can't score now, and wants to be reminded."""

from dataclasses import dataclass
from datetime import datetime

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from scorecard.session import Session

WILL_REMIND = EntryName("will_remind")
REMIND_ME = "remind"


@dataclass(frozen=True, slots=True)
class RemindMe(Command):
    """Remind somebody once before a session closes, if they have sent nothing by then."""

    session: int


@dataclass(frozen=True, slots=True)
class WillRemind(View):
    """That they will be reminded. `at`: when; None where it is too late for that."""

    session: Session
    payload: str
    at: datetime | None

    @property
    def entry(self) -> Entry:
        return WILL_REMIND(self.payload)


@dataclass(frozen=True, slots=True)
class Nudge(Notice):
    """What they hear then."""

    session: Session
    payload: str
