"""Linking a group to a commune."""

from dataclasses import dataclass
from typing import ClassVar

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, Screen
from conversations.prompts import OneOf
from conversations.refusals import Why
from scorecard.place import Location

LINK = EntryName("link")
LINKED = EntryName("linked")
GROUP_GONE = Why("group gone")


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """For `link_group`: the group that waits for its commune."""

    payload: str
    title: str
    communes: tuple[Location, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTo(OneOf):
    """Which commune a group belongs to."""

    title: str
    communes: tuple[Location, ...]
    key: str = "link"


@dataclass(frozen=True, slots=True)
class LinkHere(Command):
    """Link the group in which this is said to a commune."""

    chat: int
    commune: str


@dataclass(frozen=True, slots=True)
class LinkGroup(Command):
    """Link the group that waits under this payload to a commune."""

    payload: str
    commune: str


def link_group(facts: LinkFacts) -> Flow:
    """A facilitator of several communes says which one a group belongs to."""
    codes = tuple(location.code for location in facts.communes)
    commune = codes[0] if len(codes) == 1 else (yield LinkTo(title=facts.title, communes=facts.communes, options=codes))
    return LinkGroup(facts.payload, str(commune))


@dataclass(frozen=True, slots=True)
class JustLinked(Screen):
    """For the facilitator who linked a group."""

    location: Location

    @property
    def entry(self) -> Entry:
        return LINKED(self.location.commune.code)


@dataclass(frozen=True, slots=True)
class GroupLinked(Notice):
    """For the group that was linked."""

    awaited: ClassVar[bool] = True

    location: Location


@dataclass(frozen=True, slots=True)
class ChooseCommune(Notice):
    """For a facilitator of several communes who links a group: a way to the private chat."""

    awaited: ClassVar[bool] = True

    payload: str


@dataclass(frozen=True, slots=True)
class LinkRefused(Notice):
    """For somebody who is no facilitator and tries to link a group."""
