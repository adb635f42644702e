"""Somebody who used none of the services says so, and is thanked."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import View

NONE_USED = EntryName("none_used")


@dataclass(frozen=True, slots=True)
class SayNoneUsed(Command):
    """Say that none of a session's services was used. Nothing of it is kept."""

    session: int


@dataclass(frozen=True, slots=True)
class NoneUsed(View):
    """Thanks for coming; `payload`: of the session, for whoever uses this phone next."""

    payload: str

    @property
    def entry(self) -> Entry:
        return NONE_USED(self.payload)
