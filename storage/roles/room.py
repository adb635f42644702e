"""What roles bring to the house."""

from dataclasses import replace

from conversations.entries import HELLO
from conversations.roles.accept_invitation import INVITATION, MY_ROLES, AcceptInvitation, accept_invitation
from scorecard.payload import payload_hash
from storage.access import Openly
from storage.audit import LONG_AGO, WHO_ACTED
from storage.people import Person
from storage.roles.forget_role import ROLE
from storage.roles.invitations import carry_accept, load_invitation, my_roles, was_accepted_by
from storage.room import Begin, Carries, Leads, Room, Show, Talk, Way
from storage.unit import Unit


def _invitation(unit: Unit, person: Person, payload: str) -> Way:
    """Whoever opens the link again by which they got their role is told so."""
    hash_ = payload_hash(payload)
    if was_accepted_by(unit, person, hash_):
        return Show(replace(my_roles(unit, person), already=True))
    return Begin(accept_invitation, {"hash": hash_})


def _my_roles(unit: Unit, person: Person) -> Way:
    here = my_roles(unit, person)
    return Show(here) if here.roles else HELLO()


def _of_invitation(_: Unit, __: Person, ___: AcceptInvitation) -> None:
    """Whoever has the invitation may accept it: it is found by its secret."""


ROOM = Room(
    name="roles",
    folders=("conversations.roles", "storage.audit", "storage.roles"),
    flows=(Talk(accept_invitation, load_invitation),),
    entries={
        INVITATION: Leads(_invitation, Openly.ANYBODY, more=1),
        MY_ROLES: Leads(_my_roles, Openly.ANYBODY),
    },
    commands={AcceptInvitation: Carries(carry_accept, Openly.ANYBODY, _of_invitation)},
    erases=(LONG_AGO,),
    forgets=(ROLE, WHO_ACTED),
)
