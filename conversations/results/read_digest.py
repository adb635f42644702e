"""A digest read alone: what came out, picture by picture, and its data."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from scorecard.digest import Digest

READ = EntryName("read")
POSTER = EntryName("poster")
WALL = EntryName("wall")
DATA = EntryName("data")


@dataclass(frozen=True, slots=True)
class ReadDigest(View):
    """A digest for a person who wants to know more, picture by picture; facilitators also get its data."""

    digest: Digest
    payload: str
    facilitator: bool

    @property
    def entry(self) -> Entry:
        return READ(self.payload)


@dataclass(frozen=True, slots=True)
class Poster(Notice):
    """The pictures of one service point, to be passed on."""

    digest: Digest
    point: int


@dataclass(frozen=True, slots=True)
class Wall(Notice):
    """All pictures of a digest on paper of one size (`a4` or `a3`), to be printed."""

    digest: Digest
    paper: str


@dataclass(frozen=True, slots=True)
class Data(Notice):
    """A digest's figures as a file of one format (`xlsx`, `csv`, `hxl` or `json`)."""

    digest: Digest
    format: str


@dataclass(frozen=True, slots=True)
class SendPoster(Command):
    """Send somebody the pictures of one service point."""

    payload: str
    which: str


@dataclass(frozen=True, slots=True)
class SendWall(Command):
    """Send somebody all pictures on paper of one size."""

    payload: str
    which: str


@dataclass(frozen=True, slots=True)
class SendData(Command):
    """Send a facilitator the figures as a file of one format."""

    payload: str
    which: str
