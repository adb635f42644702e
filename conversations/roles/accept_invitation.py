"""Taking a role that an invitation offers."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import View
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from scorecard.place import Location
from scorecard.role import Role

INVITATION = EntryName("invitation")
MY_ROLES = EntryName("my_roles")
INVITATION_DEAD = Why("invitation dead")


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """For `accept_invitation`: which role, and the communes it is for."""

    payload_hash: str
    role: Role
    communes: tuple[Location, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRole(OneOf):
    """Whether to take a role in these communes."""

    role: Role
    communes: tuple[Location, ...]
    key: str = "accept"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class AcceptInvitation(Command):
    """Take the role that an invitation offers."""

    payload_hash: str


def accept_invitation(facts: InvitationFacts) -> Flow:
    """A person who was invited takes the role."""
    yield AcceptRole(role=facts.role, communes=facts.communes)
    return AcceptInvitation(facts.payload_hash)


@dataclass(frozen=True, slots=True)
class MyRoles(View):
    """For a person who has a role: each with its communes, and the commands of them all; `already`: since before."""

    roles: tuple[tuple[Role, tuple[Location, ...]], ...]
    commands: tuple[str, ...] = ()
    already: bool = False

    @property
    def entry(self) -> Entry:
        return MY_ROLES()
