"""Thanks, after scores were sent."""

from dataclasses import dataclass

from conversations.entries import Entry, EntryName
from conversations.notices import View
from scorecard.session import Session

THANKS = EntryName("thanks")


@dataclass(frozen=True, slots=True)
class Thanks(View):
    """`again`: the person had sent scores before and comes back."""

    session: Session
    payload: str
    seat: int
    again: bool = False

    @property
    def entry(self) -> Entry:
        return THANKS(self.payload, self.seat)
