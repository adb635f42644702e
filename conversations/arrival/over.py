"""What people are told when something is over."""

from dataclasses import dataclass

from conversations.entries import CALLED_OFF, ENDED, LEFT, OVER, STOPPED, Entry
from conversations.notices import View


@dataclass(frozen=True, slots=True)
class Ended(View):
    """What was under way is gone: because the session is `closed`, or sent, left, silent for a day."""

    closed: bool = False

    @property
    def entry(self) -> Entry:
        return OVER() if self.closed else ENDED()


@dataclass(frozen=True, slots=True)
class Left(View):
    """A dialogue was left; `scoring`: one in which scores may have been sent; `payload`: leads into it again."""

    scoring: bool = True
    payload: str = ""

    @property
    def entry(self) -> Entry:
        if not self.scoring:
            return STOPPED()
        return LEFT(self.payload) if self.payload else LEFT()


@dataclass(frozen=True, slots=True)
class CalledOff(View):
    """The session was cancelled: nothing that was sent to it counts."""

    @property
    def entry(self) -> Entry:
        return CALLED_OFF()
