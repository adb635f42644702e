"""Taking a group away from its commune."""

from dataclasses import dataclass
from typing import ClassVar

from conversations.commands import Command
from conversations.entries import EntryName
from conversations.notices import Notice
from scorecard.place import Location

UNLINK = EntryName("unlink")


@dataclass(frozen=True, slots=True)
class UnlinkGroup(Command):
    """From now on a group receives nothing; `administers`: an administrator of the group confirms it."""

    chat: int
    administers: bool


@dataclass(frozen=True, slots=True)
class ConfirmUnlink(Notice):
    """For a group: whether it shall no longer receive a commune's results."""

    location: Location


@dataclass(frozen=True, slots=True)
class Unlinked(Notice):
    """For a group that belongs to no commune, or does not any more."""

    awaited: ClassVar[bool] = True
