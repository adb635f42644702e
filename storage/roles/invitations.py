"""Invitations, through which alone somebody becomes a facilitator."""

import json

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.roles.accept_invitation import INVITATION_DEAD, AcceptInvitation, InvitationFacts, NowFacilitator
from scorecard.card import Service
from scorecard.payload import SECRET_BYTES, Payload, new_payload, payload_hash
from scorecard.place import NewPoint, Place
from scorecard.role import INVITATION_VALID, Invitation, Role
from storage import tables
from storage.access import communes_of
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
    sa.Column("expires_at", tables.Time, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False, default=False),
)

_I = invitations.c


def invite(
    unit: Unit, bot: int, communes: tuple[str, ...], places: tuple[Place, ...], source: str, partner: str | None
) -> str:
    """Make an invitation to facilitate in communes, and their places known; its payload, which is kept nowhere."""
    make_known(unit, places, source)
    for commune in communes:
        add_point(unit, NewPoint(commune, Service.COMMUNE_OFFICE, "", ""))
    payload = new_payload(Payload.INVITATION, unit.draw(SECRET_BYTES))
    unit.db.execute(
        invitations.insert().values(
            hash=payload_hash(payload),
            bot=bot,
            role=Role.FACILITATOR,
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
    return InvitationFacts(hash_, tuple(location(unit, code) for code in found.communes))


def carry_accept(unit: Unit, doing: Doing, command: AcceptInvitation) -> Done | Why:
    """Make a person a facilitator, and offer them the commands of that role."""
    person = doing.person
    if not accept_invitation(unit, person.bot, person.id, command.payload_hash):
        return INVITATION_DEAD
    return Done(now_facilitator(unit, person), commands=True)


def accept_invitation(unit: Unit, bot: int, person: int, hash_: str) -> bool:
    """Make a person a facilitator; False if the invitation was used or expired meanwhile."""
    found = _invitation(unit, bot, hash_)
    if found is None or not found.stands(unit.now):
        return False
    unit.db.execute(invitations.update().where(_I.hash == hash_).values(used=True))
    for commune in found.communes:
        row = {"bot": bot, "person": person, "commune": commune, "partner": found.partner}
        upsert(unit.db, tables.facilitator, row)
    return True


def was_accepted_by(unit: Unit, person: Person, hash_: str) -> bool:
    """Whether an invitation was used, and this person is a facilitator wherever it was for: nobody notes by whom."""
    found = _invitation(unit, person.bot, hash_)
    return found is not None and found.used and {*found.communes} <= {*communes_of(unit, person.bot, person.id)}


def now_facilitator(unit: Unit, person: Person) -> NowFacilitator:
    """Where a person is a facilitator, and what they can do there."""
    communes = communes_of(unit, person.bot, person.id)
    return NowFacilitator(tuple(location(unit, code) for code in communes), unit.house.offered(facilitators=True))


def _invitation(unit: Unit, bot: int, hash_: str) -> Invitation | None:
    row = unit.db.execute(sa.select(invitations).where(_I.hash == hash_, _I.bot == bot)).one_or_none()
    if row is None:
        return None
    return Invitation(Role(row.role), tuple(json.loads(row.communes)), row.partner, row.expires_at, row.used)
