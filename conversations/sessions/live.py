"""An open session, as its facilitators and its commune's group see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from conversations.commands import Command
from conversations.entries import SESSION, SESSIONS, Entry, EntryName
from conversations.notices import Notice, View
from conversations.refusals import Why
from scorecard.place import Location
from scorecard.session import CancelReason, Session

PASS = EntryName("pass")
PACK = EntryName("pack")
ANNOUNCE = EntryName("announce")
REMIND = EntryName("remind")
PAUSE = EntryName("pause")
RESUME = EntryName("resume")
EXTEND = EntryName("extend")
QR = EntryName("qr")
PUT_RIGHT = EntryName("put_right")
COPY = EntryName("copy")
GROUP_HEARS = Why("group hears")
NOTHING_OPEN = Why("nothing open")
UP_TO_DATE = Why("up to date")
IS_PAUSED = Why("is paused")
STILL_OPEN = Why("still open")

COUNTED_EVERY = timedelta(minutes=1)
"""No more often, so that nobody sees a number rise by one as somebody sends."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """What a facilitator may know of an open session's service point: bands of phones, as the door gives them."""

    point: int
    phones: int
    women: int
    youth: int


@dataclass(frozen=True, slots=True)
class Count:
    """What may be known of an open session's service points, and when they were counted: None where nothing was yet."""

    turnout: tuple[Turnout, ...]
    at: datetime | None

    @property
    def next(self) -> datetime | None:
        """Before this nothing is counted anew."""
        return None if self.at is None else self.at + COUNTED_EVERY


@dataclass(frozen=True, slots=True)
class Opened(View):
    """A session that goes on, for its facilitator alone, as it is at a moment.

    groups: how many its commune has; untold: those that were not told of it; unreminded: those that were, and not yet
    of its end; turn: of the buttons that change it.
    """

    session: Session
    count: Count
    last_call: bool
    at: datetime
    turn: int = 0
    groups: int = 0
    untold: int = 0
    unreminded: int = 0

    @property
    def entry(self) -> Entry:
        return SESSION(self.session.id)


@dataclass(frozen=True, slots=True)
class Cancelled(View):
    """A session that was cancelled, for its facilitators; `lost`: what people answered there can't be read any more;
    reason: where so many took part that something could have been shown.
    """

    session: Session
    lost: bool = False
    reason: CancelReason | None = None

    @property
    def entry(self) -> Entry:
        return SESSION(self.session.id)


@dataclass(frozen=True, slots=True)
class PassOn(View):
    """The invitation that a facilitator passes on to citizens."""

    session: Session
    payload: str
    code: str

    @property
    def entry(self) -> Entry:
        return PASS(self.session.id)


@dataclass(frozen=True, slots=True)
class Sessions(View):
    """A page of the sessions of a facilitator's communes that are open, planned, or closed; `more`: there is another.

    merged: the ids of those that are villages put together; can_merge: the communes whose villages can be,
    each with its turn.
    """

    open: tuple[Session, ...]
    closed: tuple[Session, ...] = ()
    merged: frozenset[int] = frozenset()
    can_merge: tuple[tuple[Location, int], ...] = ()
    planned: tuple[Session, ...] = ()
    page: int = 0
    more: bool = False

    @property
    def entry(self) -> Entry:
        return SESSIONS(self.page) if self.page else SESSIONS()


@dataclass(frozen=True, slots=True)
class Pack(Notice):
    """What a facilitator prints for the meeting."""

    session: Session
    payload: str
    code: str


@dataclass(frozen=True, slots=True)
class Announced(Notice):
    """What a commune's group hears of a session that is open."""

    session: Session
    payload: str


@dataclass(frozen=True, slots=True)
class LastCall(Notice):
    """What a commune's group hears before a session closes."""

    session: Session
    payload: str


@dataclass(frozen=True, slots=True)
class GoesOn(Notice):
    """What a commune's group hears that was told of the last call, where the session goes on for longer."""

    session: Session
    payload: str


@dataclass(frozen=True, slots=True)
class Reminder(Notice):
    """What a commune's group hears some time before a session closes."""

    session: Session
    payload: str


@dataclass(frozen=True, slots=True)
class OnHold(Notice):
    """What a commune's group hears that was told of a session, where that is paused."""

    session: Session


@dataclass(frozen=True, slots=True)
class Qr(Notice):
    """The link as a picture, to be shown on a phone or put on a wall."""

    session: Session
    payload: str
    code: str


@dataclass(frozen=True, slots=True)
class NotAfterAll(Notice):
    """What a commune's group hears that was told of a session, where that was cancelled, and why."""

    session: Session
    reason: CancelReason | None = None


@dataclass(frozen=True, slots=True)
class PutRight(Notice):
    """What a commune's group hears that was told of a session, where that was put right."""

    session: Session
    payload: str


@dataclass(frozen=True, slots=True)
class NotHeard(Notice):
    """What a facilitator hears where a group could not be told of a session."""

    session: Session


@dataclass(frozen=True, slots=True)
class Announce(Command):
    """Tell the commune's groups that a session is open: each of them once."""

    session: int


@dataclass(frozen=True, slots=True)
class Remind(Command):
    """Remind the groups that were told of a session of its end: each of them once."""

    session: int


@dataclass(frozen=True, slots=True)
class PauseSession(Command):
    """Let a session take no ballots for a while; its end stays."""

    session: int


@dataclass(frozen=True, slots=True)
class ResumeSession(Command):
    """Let a session that is paused go on."""

    session: int


@dataclass(frozen=True, slots=True)
class SendQr(Command):
    """Send a facilitator the link as a picture."""

    session: int


@dataclass(frozen=True, slots=True)
class SendPack(Command):
    """Send a facilitator what to print for the meeting."""

    session: int
