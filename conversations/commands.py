"""Commands: what a finished flow wants done, in the same unit of work. Some name the flow that follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard.ballot import Groups
from scorecard.place import NewPoint
from scorecard.session import Closing


@dataclass(frozen=True, slots=True)
class Follow:
    """Go on with another flow. `points` are the service points still to score."""

    flow: str
    points: tuple[int, ...] = ()
    seat: int = 1
    correcting: bool = False


@dataclass(frozen=True, slots=True)
class CastBallot:
    """Send one service's scores (0 stands for "don't know"); after it `then`, or thanks."""

    session: int
    point: int
    seat: int
    scores: Mapping[str, int]
    repair: str | None
    then: Follow | None


@dataclass(frozen=True, slots=True)
class TellGroups:
    """Add what the voter said about themselves to their ballots."""

    session: int
    seat: int
    groups: Groups


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Open a session for service points by their ids, and for new ones."""

    place: str
    points: tuple[int, ...]
    new_points: tuple[NewPoint, ...]
    closing: Closing


@dataclass(frozen=True, slots=True)
class CloseSession:
    session: int
    last_call: bool


@dataclass(frozen=True, slots=True)
class RenamePoint:
    """Write the name of a service point otherwise, in a closed session's digest."""

    session: int
    point: int
    name: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    payload: str
    commune: str


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    payload_hash: str


# What ends that which lies over a dialogue


@dataclass(frozen=True, slots=True)
class GoOnWith:
    """Take up the dialogue where it was; `change` is the key of an answer to ask anew."""

    change: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveDialogue:
    """Erase the dialogue; what was sent counts."""


Command = (
    Follow
    | CastBallot
    | TellGroups
    | OpenSession
    | CloseSession
    | RenamePoint
    | LinkGroup
    | AcceptInvitation
    | GoOnWith
    | LeaveDialogue
)
