"""What roles bring to the house."""

from dataclasses import replace

from conversations.entries import HELLO
from conversations.roles.accept_invitation import INVITATION, MY_ROLES, AcceptInvitation, accept_invitation
from conversations.roles.invite_colleague import INVITE, InviteColleague, invite_colleague
from conversations.roles.move_sessions import MOVE, MoveSessions, move_sessions
from conversations.roles.revoke_role import REVOKE, RevokeRole, revoke_role
from conversations.roles.team import (
    INVITED,
    MEMBER,
    ON,
    TAKE_BACK,
    TEAM,
    TRAIL,
    TRAINED,
    AboutInvited,
    AboutMember,
    MarkTrained,
    TakeBack,
)
from scorecard.payload import payload_hash
from scorecard.role import Act
from storage.access import Openly
from storage.audit import LONG_AGO, WHO_ACTED
from storage.people import Person
from storage.roles.forget_role import ROLE
from storage.roles.invitations import carry_accept, load_invitation, my_roles, of_accepting, was_accepted_by
from storage.roles.lead import (
    MOVED,
    ROLE_TAKEN,
    carry_invite,
    carry_move,
    carry_revoke,
    carry_take_back,
    carry_trained,
    load_invite,
    load_move,
    load_revoke,
    of_inviting,
    of_person,
    of_taking_back,
    say_moved,
    say_role_taken,
)
from storage.roles.team import Colleague, Offered, member, of_colleague, of_offered, team
from storage.roles.trail import trail
from storage.room import Begin, Carries, ChatCommand, Do, Leads, Room, Says, Show, Talk, Way
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


def _team(unit: Unit, person: Person, page: str = "0") -> Way:
    return Show(team(unit, person, _number(page)))


def _member(unit: Unit, _: Person, one: Colleague) -> Way:
    return Show(AboutMember(member(unit, one)))


def _invited(_: Unit, __: Person, one: Offered) -> Way:
    return Show(AboutInvited(one.invited))


def _trained(_: Unit, __: Person, one: Colleague, on: str) -> Way:
    return Do(MarkTrained(one.person, on == ON), then=MEMBER(one.person))


def _take_back(_: Unit, __: Person, one: Offered) -> Way:
    return Do(TakeBack(one.invited.id), then=TEAM())


def _invite(_: Unit, __: Person) -> Way:
    return Begin(invite_colleague)


def _revoke(_: Unit, __: Person, one: Colleague) -> Way:
    return Begin(revoke_role, {"person": one.person})


def _move(_: Unit, __: Person, one: Colleague) -> Way:
    return Begin(move_sessions, {"person": one.person})


def _trail(unit: Unit, person: Person, page: str = "0") -> Way:
    return Show(trail(unit, person, _number(page)))


def _number(page: str) -> int:
    return int(page) if page.isdecimal() and len(page) <= MOST_PAGE_FIGURES else 0


MOST_PAGE_FIGURES = 4

TEAM_COMMAND = ChatCommand("team", TEAM)


ROOM = Room(
    name="roles",
    folders=("conversations.roles", "storage.audit", "storage.roles"),
    flows=(
        Talk(accept_invitation, load_invitation),
        Talk(invite_colleague, load_invite),
        Talk(revoke_role, load_revoke),
        Talk(move_sessions, load_move),
    ),
    entries={
        TEAM: Leads(_team, Act.LEAD, more=1, bare=True),
        MEMBER: Leads(_member, Act.LEAD, of_colleague),
        INVITED: Leads(_invited, Act.LEAD, of_offered),
        TRAINED: Leads(_trained, Act.LEAD, of_colleague, more=1),
        TAKE_BACK: Leads(_take_back, Act.LEAD, of_offered),
        INVITE: Leads(_invite, Act.LEAD),
        REVOKE: Leads(_revoke, Act.LEAD, of_colleague),
        MOVE: Leads(_move, Act.LEAD, of_colleague),
        TRAIL: Leads(_trail, Act.LEAD, more=1, bare=True),
        INVITATION: Leads(_invitation, Openly.ANYBODY, more=1),
        MY_ROLES: Leads(_my_roles, Openly.ANYBODY),
    },
    commands={
        AcceptInvitation: Carries(carry_accept, Openly.ANYBODY, of_accepting, noted=True),
        InviteColleague: Carries(carry_invite, Act.LEAD, of_inviting),
        TakeBack: Carries(carry_take_back, Act.LEAD, of_taking_back),
        MarkTrained: Carries(carry_trained, Act.LEAD, of_person),
        RevokeRole: Carries(carry_revoke, Act.LEAD, of_person),
        MoveSessions: Carries(carry_move, Act.LEAD, of_person),
    },
    posts={MOVED: Says(say_moved), ROLE_TAKEN: Says(say_role_taken)},
    chat=(TEAM_COMMAND,),
    erases=(LONG_AGO,),
    forgets=(ROLE, WHO_ACTED),
)
