"""A closed session's digest on its way to the commune's groups."""

from dataclasses import dataclass
from datetime import datetime

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from conversations.refusals import Why
from scorecard.digest import Digest
from scorecard.session import Session

CLOSED = EntryName("closed")
JUST_CLOSED = EntryName("just_closed")
LATER = EntryName("later")
POST = EntryName("post")
PREVIEW = EntryName("preview")

POSTED = Why("posted")
POSTED_LATER = Why("posted later")
NO_GROUP = Why("no group")
ON_ITS_WAY = Why("on its way")


@dataclass(frozen=True, slots=True)
class JustClosed(View):
    """A session was closed, or villages `merged`: what will be, or was, `posted` is on its way to the facilitator."""

    session: Session
    merged: bool = False
    posted: bool = False

    @property
    def entry(self) -> Entry:
        return JUST_CLOSED(self.session.id)


@dataclass(frozen=True, slots=True)
class Closed(View):
    """A closed session, whose digest so many groups will receive: `post_at` in UTC, None once it is on its way there.

    arrived: it stands in each of these groups; unreached: linked groups that can't be found, or that the bot is not in;
    refused: those in which it may not write; merged: of villages put together; turn: the session's.
    """

    session: Session
    payload: str
    groups: int
    post_at: datetime | None
    arrived: bool = False
    unreached: int = 0
    refused: int = 0
    merged: bool = False
    turn: int = 0

    @property
    def entry(self) -> Entry:
        return CLOSED(self.session.id)


@dataclass(frozen=True, slots=True)
class DigestPost(Notice):
    """A digest as a commune's group receives it; `payload` leads from there to the rest, in private."""

    digest: Digest
    payload: str


@dataclass(frozen=True, slots=True)
class NoDigestYet(Notice):
    """For a group that asks before anything was posted."""


@dataclass(frozen=True, slots=True)
class NotPinned(Notice):
    """For who opened a session: its digest stands in the group, and may not be pinned there."""

    session: Session


@dataclass(frozen=True, slots=True)
class PostDigest(Command):
    """Post a closed session's digest now, to every group of its commune that has not received it."""

    session: int


@dataclass(frozen=True, slots=True)
class SendPreview(Command):
    """Send a facilitator what groups will see, or saw."""

    session: int
