"""Facilitators, and the invitations through which alone somebody becomes one."""

import json

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from conversations.facts import InvitationFacts
from scorecard.card import Service
from scorecard.payload import Payload, new_payload, payload_hash
from scorecard.place import NewPoint, Place
from scorecard.role import INVITATION_VALID, Invitation, Role
from storage import tables
from storage.places import location, make_known
from storage.sessions.open_session import add_point
from storage.store import Unit

_F = tables.facilitator.c
_I = tables.invitation.c


def communes_of(unit: Unit, bot: int, person: int) -> tuple[str, ...]:
    """The communes in which a person is a facilitator, by code; none for everybody else."""
    return tuple(unit.db.scalars(sa.select(_F.commune).where(_F.bot == bot, _F.person == person).order_by(_F.commune)))


def invite(
    unit: Unit, bot: int, communes: tuple[str, ...], places: tuple[Place, ...], source: str, partner: str | None
) -> str:
    """Make an invitation to facilitate in communes, and their places known; its payload, which is kept nowhere."""
    make_known(unit, places, source)
    for commune in communes:
        add_point(unit, NewPoint(commune, Service.COMMUNE_OFFICE, "", ""))
    payload = new_payload(Payload.INVITATION, unit.random[8:24])
    unit.db.execute(
        tables.invitation.insert().values(
            hash=payload_hash(payload),
            bot=bot,
            role=Role.FACILITATOR,
            communes=json.dumps(communes),
            partner=partner,
            expires_at=unit.now + INVITATION_VALID,
        )
    )
    return payload


def invitation(unit: Unit, bot: int, hash_: str) -> InvitationFacts | None:
    """An invitation that can still be accepted, of this bot."""
    found = _invitation(unit, bot, hash_)
    if found is None or not found.stands(unit.now):
        return None
    return InvitationFacts(hash_, tuple(location(unit, code) for code in found.communes))


def accept_invitation(unit: Unit, bot: int, person: int, hash_: str) -> bool:
    """Make a person a facilitator; False if the invitation was used or expired meanwhile."""
    found = _invitation(unit, bot, hash_)
    if found is None or not found.stands(unit.now):
        return False
    unit.db.execute(tables.invitation.update().where(_I.hash == hash_).values(used=True))
    for commune in found.communes:
        unit.db.execute(
            insert(tables.facilitator)
            .values(bot=bot, person=person, commune=commune, partner=found.partner)
            .on_conflict_do_nothing()
        )
    return True


def _invitation(unit: Unit, bot: int, hash_: str) -> Invitation | None:
    row = unit.db.execute(sa.select(tables.invitation).where(_I.hash == hash_, _I.bot == bot)).one_or_none()
    if row is None:
        return None
    return Invitation(Role(row.role), tuple(json.loads(row.communes)), row.partner, row.expires_at, row.used)
