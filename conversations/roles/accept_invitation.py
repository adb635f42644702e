"""Becoming a facilitator."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import View
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from scorecard.place import Location

INVITATION = EntryName("invitation")
FACILITATOR = EntryName("facilitator")
INVITATION_DEAD = Why("invitation dead")


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """For `accept_invitation`: the communes it is for."""

    payload_hash: str
    communes: tuple[Location, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRole(OneOf):
    """Whether to become a facilitator of these communes."""

    communes: tuple[Location, ...]
    key: str = "accept"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class AcceptInvitation(Command):
    """Take the role that an invitation offers."""

    payload_hash: str


def accept_invitation(facts: InvitationFacts) -> Flow:
    """A person who was invited becomes a facilitator."""
    yield AcceptRole(communes=facts.communes)
    return AcceptInvitation(facts.payload_hash)


@dataclass(frozen=True, slots=True)
class NowFacilitator(View):
    """For a person who is a facilitator of these communes, with the commands of that role; `already`: since before."""

    communes: tuple[Location, ...]
    commands: tuple[str, ...] = ()
    already: bool = False

    @property
    def entry(self) -> Entry:
        return FACILITATOR()
