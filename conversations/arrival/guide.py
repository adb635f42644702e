"""The facilitators' guide, to be printed."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.entries import EntryName
from conversations.notices import Notice

GUIDE = EntryName("guide")


@dataclass(frozen=True, slots=True)
class Guide(Notice):
    """The page itself."""


@dataclass(frozen=True, slots=True)
class SendGuide(Command):
    """Send whoever asks the guide."""
