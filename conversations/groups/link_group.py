"""Linking a group to a commune."""

from dataclasses import dataclass
from typing import ClassVar

from conversations.chat import Chat
from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from scorecard.place import Location

LINK = EntryName("link")
LINKED = EntryName("linked")
ASK_TO_LINK = EntryName("ask_to_link")
LINK_HERE = EntryName("link_here")
HAND_OVER = EntryName("hand_over")
GROUP_GONE = Why("group gone")
ASKED_THERE = Why("asked there")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLinkTo(OneOf):
    """Whether this group shall receive the results of this commune."""

    title: str
    commune: Location
    key: str = "sure"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class AskToLink(Command):
    """Somebody who tapped in a group wants it to be linked."""

    chat: Chat


@dataclass(frozen=True, slots=True)
class LinkHere(Command):
    """Link the group in which this is confirmed to a commune, whose digests come to this topic."""

    chat: Chat
    commune: str


@dataclass(frozen=True, slots=True)
class HandOver(Command):
    """Link a group that belongs to another commune, as somebody asked who may link it to this one.

    administers: an administrator of the group confirms it.
    """

    chat: Chat
    commune: str
    administers: bool


@dataclass(frozen=True, slots=True)
class LinkGroup(Command):
    """Link the group that waits under this payload to a commune."""

    payload: str
    commune: str


def link_group(facts: LinkFacts) -> Flow:
    """A facilitator of several communes says which one a group belongs to, and confirms it."""
    by_code = {location.code: location for location in facts.communes}
    (commune, *others) = by_code
    if others:
        commune = str((yield LinkTo(title=facts.title, communes=facts.communes, options=tuple(by_code))))
    yield ConfirmLinkTo(title=facts.title, commune=by_code[commune])
    return LinkGroup(facts.payload, commune)


@dataclass(frozen=True, slots=True)
class JustLinked(View):
    """For the facilitator who linked a group."""

    location: Location

    @property
    def entry(self) -> Entry:
        return LINKED(self.location.commune.code)


@dataclass(frozen=True, slots=True)
class ConfirmLink(Notice):
    """For a group: whether it shall receive a commune's results; `earlier`: whose it receives, if others must agree."""

    awaited: ClassVar[bool] = True

    location: Location
    earlier: Location | None = None


@dataclass(frozen=True, slots=True)
class TapToLink(Notice):
    """For a group in which nobody knows yet who wants it to be linked: a tap tells."""


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
