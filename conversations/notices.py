"""Notices: what is told without asking. `entry` is what brings a notice again, say in another language."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.facts import Turnout
from scorecard.digest import Digest
from scorecard.place import Location
from scorecard.session import Session


class Why(StrEnum):
    """Why something could not be done, or a line above a prompt."""

    USE_BUTTONS = "use buttons"
    USE_LINK = "use link"
    CHOOSE_ONE = "choose one"
    TOO_MANY = "too many"
    NAME_DOES_NOT_FIT = "name does not fit"
    OLD_BUTTON = "old button"
    NO_SUCH_CODE = "no such code"
    TOO_MANY_CODES = "too many codes"
    SESSION_OVER = "session over"
    INVITATION_DEAD = "invitation dead"
    FACILITATORS_ONLY = "facilitators only"
    NOTHING_OPEN = "nothing open"
    NOTHING_BEGUN = "nothing begun"
    NOT_YOURS = "not yours"
    PHONE_FULL = "phone full"
    GROUP_GONE = "group gone"
    ALREADY_CLOSED = "already closed"
    VILLAGES_OPEN = "villages open"
    VILLAGES_FEW = "villages few"
    VILLAGES_SMALL = "villages small"
    TROUBLE = "trouble"

    UP_TO_DATE = "up to date"
    ON_ITS_WAY = "on its way"
    POSTED = "posted"
    POSTED_LATER = "posted later"
    RENAMED = "renamed"
    NO_GROUP = "no group"


@dataclass(frozen=True, slots=True)
class Hello:
    """For a person who comes without a link; facilitators also hear what they can do."""

    facilitator: bool
    entry: str = "hello"


@dataclass(frozen=True, slots=True)
class Help:
    facilitator: bool
    entry: str = "help"


@dataclass(frozen=True, slots=True)
class HowProtected:
    entry: str = "privacy"


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    entry: str = "language"


@dataclass(frozen=True, slots=True)
class Ended:
    """What was under way is gone: because the session is `closed`, or sent, left, silent for a day."""

    closed: bool = False

    @property
    def entry(self) -> str:
        return "over" if self.closed else "ended"


@dataclass(frozen=True, slots=True)
class Left:
    """A dialogue was left; `scoring`: one in which scores may have been sent."""

    scoring: bool = True

    @property
    def entry(self) -> str:
        return "left" if self.scoring else "stopped"


@dataclass(frozen=True, slots=True)
class Thanks:
    """`again`: the person had sent scores before and comes back."""

    session: Session
    payload: str
    seat: int
    again: bool = False

    @property
    def entry(self) -> str:
        return f"thanks:{self.payload}:{self.seat}"


@dataclass(frozen=True, slots=True)
class Sorry:
    """Something can't be done: why, and what to do."""

    why: Why

    @property
    def entry(self) -> str:
        return f"sorry:{self.why.name.lower()}"


@dataclass(frozen=True, slots=True)
class NowFacilitator:
    communes: tuple[Location, ...]
    entry: str = "facilitator"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open session, for its facilitator alone."""

    session: Session
    turnout: tuple[Turnout, ...]
    last_call: bool

    @property
    def entry(self) -> str:
        return f"session:{self.session.id}"


@dataclass(frozen=True, slots=True)
class PassOn:
    """The invitation that a facilitator passes on to citizens."""

    session: Session
    payload: str
    code: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a facilitator's communes that are open, or were closed not long ago.

    merged: the ids of those that are villages put together; can_merge: the communes whose villages can be.
    """

    open: tuple[Session, ...]
    closed: tuple[Session, ...] = ()
    merged: frozenset[int] = frozenset()
    can_merge: tuple[Location, ...] = ()
    entry: str = "sessions"


@dataclass(frozen=True, slots=True)
class JustClosed:
    """A session was closed, or villages `merged`: what will be, or was, `posted` is on its way to the facilitator."""

    session: Session
    merged: bool = False
    posted: bool = False

    @property
    def entry(self) -> str:
        return f"just_closed:{self.session.id}"


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed session, whose digest so many groups will receive: `post_at` in UTC, None once it was posted.

    unreached: linked groups that it could not be posted to; merged: of villages put together.
    """

    session: Session
    payload: str
    groups: int
    post_at: datetime | None
    unreached: int = 0
    merged: bool = False

    @property
    def entry(self) -> str:
        return f"closed:{self.session.id}"


@dataclass(frozen=True, slots=True)
class ReadDigest:
    """A digest for a person who wants to know more, picture by picture; facilitators also get its data."""

    digest: Digest
    payload: str
    facilitator: bool

    @property
    def entry(self) -> str:
        return f"read:{self.payload}"


@dataclass(frozen=True, slots=True)
class DigestPost:
    """A digest as a commune's group receives it; `payload` leads from there to the rest, in private."""

    digest: Digest
    payload: str


@dataclass(frozen=True, slots=True)
class Poster:
    """The pictures of one service point, to be passed on."""

    digest: Digest
    point: int


@dataclass(frozen=True, slots=True)
class Wall:
    """All pictures of a digest on paper of one size (`a4` or `a3`), to be printed."""

    digest: Digest
    paper: str


@dataclass(frozen=True, slots=True)
class Data:
    """A digest's figures as a file of one format (`xlsx`, `csv`, `hxl` or `json`)."""

    digest: Digest
    format: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What a facilitator prints for the meeting."""

    session: Session
    payload: str
    code: str


@dataclass(frozen=True, slots=True)
class GroupLinked:
    """For the facilitator who linked a group, and for the group."""

    location: Location


@dataclass(frozen=True, slots=True)
class GroupLanguage:
    """For a group that is asked in which language it wants to read, or was told (`chosen`)."""

    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class LastCall:
    """What a commune's group hears before a session closes."""

    session: Session
    payload: str


@dataclass(frozen=True, slots=True)
class NoDigestYet:
    """For a group that asks before anything was posted."""


@dataclass(frozen=True, slots=True)
class AskPrivately:
    """For a person who addresses the bot in a group."""


@dataclass(frozen=True, slots=True)
class ChooseCommune:
    """For a facilitator of several communes who links a group: a way to the private chat."""

    payload: str


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """For somebody who is no facilitator and tries to link a group."""


GroupNotice = (
    DigestPost | LastCall | GroupLinked | GroupLanguage | NoDigestYet | AskPrivately | ChooseCommune | LinkRefused
)
"""What a commune's group can be told; a facilitator sees some of it alone."""

Notice = (
    Hello
    | Help
    | HowProtected
    | ChooseLanguage
    | Ended
    | Left
    | Thanks
    | Sorry
    | NowFacilitator
    | Opened
    | PassOn
    | Sessions
    | JustClosed
    | Closed
    | ReadDigest
    | Poster
    | Wall
    | Data
    | Pack
    | GroupNotice
)
