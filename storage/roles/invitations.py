"""Invitations, through which alone somebody gets a role."""

import json

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.roles.accept_invitation import INVITATION_DEAD, AcceptInvitation, InvitationFacts, MyRoles
from scorecard.card import Service
from scorecard.payload import SECRET_BYTES, Payload, new_payload, payload_hash
from scorecard.place import NewPoint, Place
from scorecard.role import INVITATION_VALID, Invitation, Role
from storage import tables
from storage.access import Somewhere, acts_of
from storage.database import upsert
from storage.people import Dialogue, Person
from storage.places import add_point, location, make_known
from storage.room import Doing, Done
from storage.unit import Unit

invitations = sa.Table(
    "invitation",
    tables.metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("communes", sa.Text, nullable=False),
    sa.Column("partner", sa.Text),
    sa.Column("name", sa.Text, comment="as whoever invites calls the person"),
    sa.Column("expires_at", tables.Time, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False, default=False),
)

_I = invitations.c
_R = tables.role.c


def invite(
    unit: Unit,
    bot: int,
    communes: tuple[str, ...],
    places: tuple[Place, ...],
    source: str,
    partner: str | None,
    role: Role = Role.FACILITATOR,
    name: str | None = None,
) -> str:
    """Make an invitation to a role in communes, and their places known; its payload, which is kept nowhere."""
    make_known(unit, places, source)
    for commune in communes:
        add_point(unit, NewPoint(commune, Service.COMMUNE_OFFICE, "", ""))
    payload = new_payload(Payload.INVITATION, unit.draw(SECRET_BYTES))
    unit.db.execute(
        invitations.insert().values(
            hash=payload_hash(payload),
            bot=bot,
            role=role,
            name=name,
            communes=json.dumps(communes),
            partner=partner,
            expires_at=unit.now + INVITATION_VALID,
        )
    )
    return payload


def load_invitation(unit: Unit, dialogue: Dialogue) -> InvitationFacts | Why:
    """An invitation that can still be accepted, of this bot."""
    hash_ = str(dialogue.about["hash"])
    found = _invitation(unit, dialogue.bot, hash_)
    if found is None or not found.stands(unit.now):
        return INVITATION_DEAD
    return InvitationFacts(hash_, found.role, tuple(location(unit, code) for code in found.communes))


def of_accepting(unit: Unit, person: Person, command: AcceptInvitation) -> Somewhere | None:
    """Where a role is offered: whoever has the invitation may accept it, for it is found by its secret."""
    found = _invitation(unit, person.bot, command.payload_hash)
    return None if found is None else Somewhere(person.bot, found.communes[0])


def carry_accept(unit: Unit, doing: Doing, command: AcceptInvitation) -> Done | Why:
    """Give a person the role, and offer them its commands."""
    person = doing.person
    if not accept_invitation(unit, person.bot, person.id, command.payload_hash):
        return INVITATION_DEAD
    return Done(my_roles(unit, person), commands=True)


def accept_invitation(unit: Unit, bot: int, person: int, hash_: str) -> bool:
    """Give a person the role; False if the invitation was used or expired meanwhile."""
    found = _invitation(unit, bot, hash_)
    if found is None or not found.stands(unit.now):
        return False
    unit.db.execute(invitations.update().where(_I.hash == hash_).values(used=True))
    for commune in found.communes:
        row = {"bot": bot, "person": person, "commune": commune, "role": found.role}
        how = {"partner": found.partner, "name": found.name}
        upsert(unit.db, tables.role, {**row, **how}, how)
    return True


def was_accepted_by(unit: Unit, person: Person, hash_: str) -> bool:
    """Whether an invitation was used, and this person has its role wherever it was for: nobody notes by whom."""
    found = _invitation(unit, person.bot, hash_)
    return found is not None and found.used and {*found.communes} <= {*_held(unit, person).get(found.role, ())}


def my_roles(unit: Unit, person: Person) -> MyRoles:
    """Where a person has which role, and what they can do there."""
    held = _held(unit, person)
    roles = tuple((role, tuple(location(unit, code) for code in held[role])) for role in Role if role in held)
    return MyRoles(roles, unit.house.offered_besides(acts_of(unit, person.bot, person.id)))


def _held(unit: Unit, person: Person) -> dict[Role, tuple[str, ...]]:
    """The communes of each role that a person has, by code."""
    theirs = sa.select(_R.role, _R.commune).where(_R.bot == person.bot, _R.person == person.id).order_by(_R.commune)
    held: dict[Role, tuple[str, ...]] = {}
    for role, commune in unit.db.execute(theirs):
        held[Role(role)] = (*held.get(Role(role), ()), commune)
    return held


def _invitation(unit: Unit, bot: int, hash_: str) -> Invitation | None:
    row = unit.db.execute(sa.select(invitations).where(_I.hash == hash_, _I.bot == bot)).one_or_none()
    if row is None:
        return None
    communes = tuple(json.loads(row.communes))
    return Invitation(Role(row.role), communes, row.partner, row.name, row.expires_at, row.used)
