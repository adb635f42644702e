"""Putting right how a service point is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.prompts import YES, Name, OneOf
from conversations.refusals import Why
from scorecard.place import ServicePoint

RENAME = EntryName("rename")
RENAMED = Why("renamed")
NOTHING_TO_RENAME = Why("nothing to rename")


@dataclass(frozen=True, slots=True)
class RenameFacts:
    """For `rename_point`: the service points of a closed session that have a name of their own.

    taken: for each, by its id, how the commune's others of its kind are called.
    """

    session: int
    points: tuple[ServicePoint, ...]
    taken: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichName(OneOf):
    """Which service point is written wrongly."""

    points: tuple[ServicePoint, ...]
    key: str = "point"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightName(Name):
    """How a service point is written rightly."""

    point: ServicePoint


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameNow(OneOf):
    """Whether to write it so, wherever it stands."""

    point: ServicePoint
    name: str
    key: str = "sure"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class RenamePoint(Command):
    """Write the name of a service point otherwise, in a closed session's digest."""

    session: int
    point: int
    name: str


def _right_name(point: ServicePoint, taken: tuple[str, ...]) -> RightName:
    return RightName(key=f"name{point.id}", point=point, service=point.service, taken=taken)


def rename_point(facts: RenameFacts) -> Flow:
    """A facilitator puts right how a service point is written, in a digest that may stand in groups already."""
    by_id = {str(point.id): point for point in facts.points}
    one = len(by_id) == 1
    id_ = next(iter(by_id)) if one else str((yield WhichName(points=facts.points, options=tuple(by_id))))
    point = by_id[id_]
    name = str((yield _right_name(point, facts.taken[point.id])))
    yield RenameNow(point=point, name=name)
    return RenamePoint(facts.session, point.id, name)
