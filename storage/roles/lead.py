"""What a coordinator or an administrator does with those whom they lead."""

import sqlalchemy as sa

from conversations.refusals import COORDINATORS_ONLY, NOT_YOURS, Why
from conversations.roles.invite_colleague import InviteColleague, InviteFacts
from conversations.roles.move_sessions import (
    NOBODY_THERE,
    NOTHING_TO_MOVE,
    SESSIONS_MOVED,
    Moved,
    MoveFacts,
    MoveSessions,
)
from conversations.roles.revoke_role import RevokeFacts, RevokeRole
from conversations.roles.team import (
    TAKEN_BACK,
    AboutMember,
    MarkTrained,
    PassInvitation,
    RoleTaken,
    TakeBack,
)
from scorecard.role import Act, Role
from storage import outbox, tables
from storage.access import HeldRole, Somewhere, acts_of, may
from storage.outbox import Post
from storage.people import Dialogue, Person
from storage.places import location
from storage.roles.invitations import invitations, invite
from storage.roles.team import (
    Colleague,
    Offered,
    colleagues,
    may_give,
    member,
    of_colleague,
    of_offered,
    roles_to_give,
    team,
    unfinished,
)
from storage.room import Doing, Done, Kind
from storage.unit import Unit

MOVED = Kind("moved")
ROLE_TAKEN = Kind("role taken")

_R = tables.role.c
_S = tables.session.c
_P = tables.post.c


def of_person(unit: Unit, person: Person, command: MarkTrained | RevokeRole | MoveSessions) -> Colleague | Why:
    return of_colleague(unit, person, str(command.person))


def of_taking_back(unit: Unit, person: Person, command: TakeBack) -> Offered | Why:
    return of_offered(unit, person, command.invitation)


def of_inviting(unit: Unit, person: Person, command: InviteColleague) -> HeldRole | Why:
    if not may_give(unit, person, command.role, command.communes, command.partner):
        return NOT_YOURS
    return HeldRole(person.bot, command.communes[0], command.role, command.partner)


def load_invite(unit: Unit, dialogue: Dialogue) -> InviteFacts | Why:
    """The roles that somebody may give, and where."""
    mine = roles_to_give(unit, Person(dialogue.bot, dialogue.person, "", None))
    if not mine:
        return COORDINATORS_ONLY
    communes = {role: tuple(location(unit, code) for code in where) for role, where in mine.items()}
    leads_all = Role.ADMINISTRATOR in mine
    partners: dict[Role, str | None] = {
        role: next(iter(where.values())) for role, where in mine.items() if not leads_all or role is Role.FACILITATOR
    }
    return InviteFacts(communes, {Role.ADMINISTRATOR: None, **partners} if leads_all else partners)


def carry_invite(unit: Unit, doing: Doing, command: InviteColleague) -> Done:
    """Make the invitation, to be passed on, and show who has not come yet."""
    payload = invite(
        unit, doing.person.bot, command.communes, (), "", command.partner, role=command.role, name=command.name
    )
    communes = tuple(location(unit, code) for code in command.communes)
    return Done(team(unit, doing.person, 0), extra=PassInvitation(command.role, communes, payload))


def carry_take_back(unit: Unit, doing: Doing, _: TakeBack) -> Done:
    """Let an invitation be void: whoever opens it hears so."""
    one: Offered = doing.subject
    unit.db.execute(invitations.delete().where(invitations.c.hash == one.hash))
    return Done(team(unit, doing.person, 0), note=TAKEN_BACK)


def carry_trained(unit: Unit, doing: Doing, command: MarkTrained) -> Done | Why:
    """Note it wherever it is the doer's to say."""
    one: Colleague = doing.subject
    unit.db.execute(tables.role.update().where(_led(one)).values(trained=command.trained))
    now = of_colleague(unit, doing.person, str(command.person))
    return now if isinstance(now, Why) else Done(AboutMember(member(unit, now)))


def load_revoke(unit: Unit, dialogue: Dialogue) -> RevokeFacts | Why:
    one = of_colleague(unit, Person(dialogue.bot, dialogue.person, "", None), str(dialogue.about["person"]))
    return one if isinstance(one, Why) else RevokeFacts(member(unit, one))


def carry_revoke(unit: Unit, doing: Doing, _: RevokeRole) -> Done:
    """Take the roles; who had them hears it. What they opened goes on, for their colleagues to close."""
    one: Colleague = doing.subject
    unit.db.execute(tables.role.delete().where(_led(one)))
    if not acts_of(unit, one.bot, one.person):
        outbox.put(unit, bot=one.bot, chat=one.person, kind=ROLE_TAKEN)
    return Done(team(unit, doing.person, 0))


def load_move(unit: Unit, dialogue: Dialogue) -> MoveFacts | Why:
    """Whose sessions, and who may open some in all of their communes."""
    me = Person(dialogue.bot, dialogue.person, "", None)
    one = of_colleague(unit, me, str(dialogue.about["person"]))
    if isinstance(one, Why):
        return one
    there = unfinished(unit, one)
    if not there:
        return NOTHING_TO_MOVE
    places = [commune for _, commune in there]
    others = tuple(
        member(unit, other)
        for other in colleagues(unit, me)
        if other.person != one.person and _may_open(unit, other.bot, other.person, places)
    )
    mine = me.id if _may_open(unit, me.bot, me.id, places) else None
    return MoveFacts(member(unit, one), others, mine) if others or mine is not None else NOBODY_THERE


def carry_move(unit: Unit, doing: Doing, command: MoveSessions) -> Done | Why:
    """From now on they are another's: so is what is on its way to whoever looked after them."""
    one: Colleague = doing.subject
    there = unfinished(unit, one)
    if not there:
        return NOTHING_TO_MOVE
    if not _may_open(unit, one.bot, command.to, [commune for _, commune in there]):
        return NOBODY_THERE
    if command.to != doing.person.id and isinstance(of_colleague(unit, doing.person, str(command.to)), Why):
        return NOT_YOURS
    ids = [session for session, _ in there]
    values = {"opened_by": command.to, "screen_chat": None, "screen": None}
    unit.db.execute(tables.session.update().where(_S.id.in_(ids)).values(**values))
    on_way = (_P.bot == one.bot) & (_P.chat == one.person) & (_P.subject == "session") & _P.subject_id.in_(ids)
    unit.db.execute(tables.post.delete().where(on_way, _P.state == "waiting", _P.replaces.is_not(None)))
    unit.db.execute(tables.post.update().where(on_way, _P.state == "waiting").values(chat=command.to))
    if command.to != doing.person.id:
        outbox.put(unit, bot=one.bot, chat=command.to, kind=MOVED, detail=str(len(ids)), key=unit.draw(8).hex())
    now = of_colleague(unit, doing.person, str(command.person))
    return now if isinstance(now, Why) else Done(AboutMember(member(unit, now)), note=SESSIONS_MOVED)


def say_moved(_: Unit, post: Post) -> Moved:
    return Moved(int(post.detail))


def say_role_taken(unit: Unit, post: Post) -> RoleTaken | None:
    return None if acts_of(unit, post.bot, post.chat) else RoleTaken()


def _led(one: Colleague) -> sa.ColumnElement[bool]:
    """The rows of their roles that are the doer's to give and take."""
    held = [(_R.role == role) & _R.commune.in_(communes) for role, communes in one.roles.items()]
    return (_R.bot == one.bot) & (_R.person == one.person) & sa.or_(*held)


def _may_open(unit: Unit, bot: int, person: int, communes: list[str]) -> bool:
    return all(may(unit, bot, person, Act.OPEN, Somewhere(bot, commune)) for commune in communes)
