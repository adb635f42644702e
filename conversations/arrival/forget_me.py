"""A person has all erased that is kept of them."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import View

FORGET = EntryName("forget")
FORGET_ME = EntryName("forget_me")
FORGOTTEN = EntryName("forgotten")


@dataclass(frozen=True, slots=True)
class AskForget(View):
    """What is erased, before it is; `facilitator`: with their role."""

    facilitator: bool = False

    @property
    def entry(self) -> Entry:
        return FORGET()


@dataclass(frozen=True, slots=True)
class Forgotten(View):
    """It is done."""

    @property
    def entry(self) -> Entry:
        return FORGOTTEN()


@dataclass(frozen=True, slots=True)
class ForgetMe(Command):
    """Erase all that is kept of whoever says so."""
