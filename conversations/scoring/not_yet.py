"""A link is opened before its session is."""

from dataclasses import dataclass

from conversations.entries import Entry
from conversations.notices import View
from conversations.scoring.join import JOIN
from scorecard.session import Session


@dataclass(frozen=True, slots=True)
class NotYetOpen(View):
    """For a citizen who comes too early: when it opens."""

    session: Session
    payload: str

    @property
    def entry(self) -> Entry:
        return JOIN(self.payload)
