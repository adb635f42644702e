"""What is said in a group that is about the group itself."""

from dataclasses import dataclass
from typing import ClassVar

from conversations.commands import Command
from conversations.entries import EntryName
from conversations.notices import Notice
from conversations.refusals import Why

GROUP_LANGUAGE = EntryName("group_language")
ONLY_GROUPS = Why("only groups")


@dataclass(frozen=True, slots=True)
class GroupLanguage(Notice):
    """For a group that is asked in which language it wants to read, or was told (`chosen`)."""

    awaited: ClassVar[bool] = True

    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class AskPrivately(Notice):
    """For a person who addresses the bot in a group."""


@dataclass(frozen=True, slots=True)
class ChooseGroupLanguage(Command):
    """From now on a group reads in this language, or in all of them."""

    chat: int
    language: str
