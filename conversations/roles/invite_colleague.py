"""Inviting somebody to a role, from the chat."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.prompts import YES, Line, OneOf, SomeOf
from conversations.refusals import NAME_DOES_NOT_FIT, Why
from scorecard.place import Location
from scorecard.role import Role

INVITE = EntryName("invite")
MOST_COMMUNES = 40
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class InviteFacts:
    """For `invite_colleague`: the roles that may be given, each with the communes where.

    partners: for each role the partner it is given for; one that is not there is asked for.
    """

    communes: Mapping[Role, tuple[Location, ...]]
    partners: Mapping[Role, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichRole(OneOf):
    """Which role is given."""

    key: str = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichCommunes(SomeOf):
    """In which communes."""

    communes: tuple[Location, ...]
    key: str = "communes"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Line):
    """What the person is called, by whoever invites them."""

    role: Role
    key: str = "name"
    longest: int = LONGEST_NAME
    otherwise: Why = NAME_DOES_NOT_FIT


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerName(Line):
    """The organisation that the person works for."""

    key: str = "partner"
    longest: int = LONGEST_NAME
    otherwise: Why = NAME_DOES_NOT_FIT


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteNow(OneOf):
    """Whether to make the invitation."""

    role: Role
    communes: tuple[Location, ...]
    name: str
    partner: str | None
    key: str = "invite"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class InviteColleague(Command):
    """Make an invitation to a role in some communes (codes), for a person of a partner."""

    role: Role
    communes: tuple[str, ...]
    name: str
    partner: str | None


def invite_colleague(facts: InviteFacts) -> Flow:
    """A coordinator or an administrator invites somebody. A sole choice is not asked."""
    roles = tuple(facts.communes)
    role = roles[0] if len(roles) == 1 else Role(str((yield WhichRole(options=tuple(map(str, roles))))))
    by_code = {here.code: here for here in facts.communes[role]}
    codes = tuple(by_code)
    if len(codes) > 1:
        chosen = yield WhichCommunes(communes=tuple(by_code.values()), options=codes, most=MOST_COMMUNES)
        codes = tuple(code for code in codes if code in chosen)
    partner = facts.partners[role] if role in facts.partners else str((yield PartnerName()))
    name = str((yield PersonName(role=role)))
    communes = tuple(by_code[code] for code in codes)
    yield InviteNow(role=role, communes=communes, name=name, partner=partner)
    return InviteColleague(role, codes, name, partner)
