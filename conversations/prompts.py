"""Prompts: what a dialogue asks next. Each says what it accepts; how it looks is the business of drawing."""

from dataclasses import dataclass
from datetime import datetime

from conversations.facts import PointChoice, Turnout
from scorecard.card import SCALE, Criterion, Service
from scorecard.place import MAX_POINT_NAME, Location, Place, ServicePoint
from scorecard.session import Session

Value = str | tuple[str, ...]
"""An answer as it is stored: a score or code, several codes, or a typed line."""

SKIP = "skip"
DONT_KNOW = "dk"
DONE = "ok"
YES = "yes"
NO = "no"
CALL = "call"
NOW = "now"


_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """Asks for one of some codes."""

    key: str
    options: tuple[str, ...]

    def fits(self, value: Value) -> bool:
        return value in self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeOf:
    """Asks for at least one of some codes: each tap turns one on or off, DONE settles it.

    preset: those turned on from the start; at_once: codes that settle it too and are added to what is on;
    most: how many can be on.
    """

    key: str
    options: tuple[str, ...]
    preset: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    most: int = 100

    def fits(self, value: Value) -> bool:
        if isinstance(value, str) or len(set(value)) != len(value):
            return False
        chosen = value[:-1] if value and value[-1] in self.at_once else value
        return bool(value) and len(chosen) <= self.most and set(chosen) <= set(self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Asks for a typed line."""

    key: str
    longest: int

    def fits(self, value: Value) -> bool:
        """Whether this can be said in public: no signs that hide or turn text but those between Khmer words."""
        return isinstance(value, str) and 0 < len(value) <= self.longest and value.translate(_JOINERS).isprintable()


Prompt = OneOf | SomeOf | Line


# What citizens are asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(OneOf):
    """What this is for, and whether to start."""

    session: Session
    key: str = "start"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedServices(SomeOf):
    """Which kinds of service this person used."""

    session: Session
    key: str = "services"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPoint(OneOf):
    """Which one of several health centres or schools."""

    service: Service
    points: tuple[ServicePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces(OneOf):
    """One criterion, as five faces."""

    session: Session
    point: ServicePoint
    criterion: Criterion
    number: int
    options: tuple[str, ...] = (*map(str, SCALE), DONT_KNOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRepair(OneOf):
    """Which of the criteria asked should be repaired first."""

    point: ServicePoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(OneOf):
    """Whether to send the scores of one service."""

    point: ServicePoint
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGender(OneOf):
    key: str = "gender"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAge(OneOf):
    key: str = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichSeat(OneOf):
    """Whose scores are corrected, where several people shared the phone."""

    key: str = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWhich(OneOf):
    """Which service is scored anew."""

    session: Session
    key: str = "point"


# What lies over a dialogue for one tap


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy(OneOf):
    key: str = "privacy"
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(OneOf):
    """The review: what was answered so far for one service; a tap on a line asks it anew."""

    point: ServicePoint
    scores: tuple[tuple[Criterion, str], ...]
    repair: Criterion | None
    key: str = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(OneOf):
    scoring: bool
    key: str = "leave"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn(OneOf):
    """Whether to go on with what was begun; `elsewhere` when the person asked for something else."""

    elsewhere: bool
    key: str = "go_on"
    options: tuple[str, ...] = (YES, NO)


# What facilitators are asked


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichCommune(OneOf):
    communes: tuple[Location, ...]
    key: str = "commune"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPlace(OneOf):
    """The whole commune or one of its villages."""

    commune: Location
    villages: tuple[Place, ...]
    key: str = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPoints(SomeOf):
    """Which service points are scored; a kind of service, at once, adds one by name."""

    place: Location
    points: tuple[PointChoice, ...]
    at_once: tuple[str, ...] = (Service.HEALTH_CENTRE.value, Service.PRIMARY_SCHOOL.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointName(Line):
    service: Service
    longest: int = MAX_POINT_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class RightName(Line):
    """How a service point is written rightly."""

    point: ServicePoint
    longest: int = MAX_POINT_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichClosing(OneOf):
    key: str = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNow(OneOf):
    """What will be opened, and whether to open it."""

    place: Location
    points: tuple[PointChoice, ...]
    closes_at: datetime
    key: str = "open"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichSession(OneOf):
    sessions: tuple[Session, ...]
    key: str = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToClose(OneOf):
    """With a last call or now; the facilitator sees whether enough took part."""

    session: Session
    turnout: tuple[Turnout, ...]
    key: str = "how"
    options: tuple[str, ...] = (CALL, NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseNow(OneOf):
    session: Session
    last_call: bool
    key: str = "close"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichName(OneOf):
    """Which service point is written wrongly."""

    points: tuple[ServicePoint, ...]
    key: str = "point"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTo(OneOf):
    """Which commune a group belongs to."""

    title: str
    communes: tuple[Location, ...]
    key: str = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRole(OneOf):
    """Whether to become a facilitator of these communes."""

    communes: tuple[Location, ...]
    key: str = "accept"
    options: tuple[str, ...] = (YES,)
