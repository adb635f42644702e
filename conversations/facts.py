"""Facts: what a flow needs to know, loaded in the same unit of work that replays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scorecard.card import Criterion, Service
from scorecard.place import Location, Place, ServicePoint
from scorecard.session import Closing, Session


@dataclass(frozen=True, slots=True)
class Turnout:
    """What a facilitator may know of an open session's service point, each a band as the door gives it."""

    point: int
    ballots: int
    women: int
    youth: int


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """For `score`: the service point in hand, those still to come after it, and whose seat it is."""

    session: Session
    point: ServicePoint
    rest: tuple[int, ...]
    seat: int
    correcting: bool


@dataclass(frozen=True, slots=True)
class AboutYouFacts:
    session: Session
    seat: int


@dataclass(frozen=True, slots=True)
class JoinFacts:
    session: Session
    seat: int


@dataclass(frozen=True, slots=True)
class CorrectFacts:
    """For `correct`: the service points that each seat of this phone has scored."""

    session: Session
    scored: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class PointChoice:
    """A service point that a session may be opened for; `code` is its id, or marks it as typed just now."""

    code: str
    service: Service
    km: str
    en: str


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """A commune in which a facilitator may open a session."""

    commune: Location
    villages: tuple[Place, ...]
    points: tuple[PointChoice, ...]


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """For `open_session`: closings come with the moment (in UTC) that each of them means."""

    communes: tuple[CommuneFacts, ...]
    closings: Mapping[Closing, datetime]


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """For `close_session`: the open sessions this facilitator may close; `asked` is the one they came for.

    turnout: what may be known of each session, by its id.
    """

    sessions: tuple[Session, ...]
    asked: int | None
    turnout: Mapping[int, tuple[Turnout, ...]]


@dataclass(frozen=True, slots=True)
class RenameFacts:
    """For `rename_point`: the service points of a closed session that have a name of their own."""

    session: int
    points: tuple[ServicePoint, ...]


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """For `link_group`: the group that waits for its commune."""

    payload: str
    title: str
    communes: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """For `accept_invitation`: the communes it is for."""

    payload_hash: str
    communes: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class LookFacts:
    """For `look`: what was answered so far about a service point, in card order, and what to repair first."""

    point: ServicePoint
    scores: tuple[tuple[Criterion, str], ...]
    repair: Criterion | None


@dataclass(frozen=True, slots=True)
class GoOnFacts:
    """For `go_on`: whether the person came for something else."""

    elsewhere: bool


@dataclass(frozen=True, slots=True)
class LeaveFacts:
    """For `leave`: whether scores may have been sent in what is left."""

    scoring: bool
