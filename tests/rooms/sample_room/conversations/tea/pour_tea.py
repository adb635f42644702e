"""Pouring tea, as long as there is some that is warm."""

from dataclasses import dataclass

from sample_room.conversations.tea.make_tea import TEA

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import View
from conversations.refusals import Why

POUR = EntryName("pour")
CLEARED_AWAY = Why("tea cleared away")


@dataclass(frozen=True, slots=True)
class PourTea(Command):
    """Pour a cup."""

    session: int


@dataclass(frozen=True, slots=True)
class TeaIsCold(View):
    """For the facilitator whose tea nobody drank."""

    session: int

    @property
    def entry(self) -> Entry:
        return TEA(self.session)
