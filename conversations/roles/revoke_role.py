"""Taking a role back."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.prompts import YES, OneOf
from conversations.roles.team import Member

REVOKE = EntryName("revoke")


@dataclass(frozen=True, slots=True)
class RevokeFacts:
    """For `revoke_role`: whose role it is."""

    member: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeNow(OneOf):
    """Whether to take the role back."""

    member: Member
    key: str = "revoke"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class RevokeRole(Command):
    """Take from somebody the roles that are the doer's to give, in the communes that both have."""

    person: int


def revoke_role(facts: RevokeFacts) -> Flow:
    """Somebody is a facilitator or coordinator no more."""
    yield RevokeNow(member=facts.member)
    return RevokeRole(facts.member.person)
