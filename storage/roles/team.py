"""Whom somebody leads: who has a role that is theirs to give and take, and who was invited to one and has not come."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.roles.team import NO_COLLEAGUE, NOT_INVITED, Invited, Member, Team
from scorecard.role import INVITES, Act, Role
from scorecard.session import UNDER_WAY, State
from storage import tables
from storage.access import HeldRole, communes_of, may
from storage.people import Person
from storage.places import location
from storage.roles.invitations import invitations
from storage.unit import Unit

ID_SIGNS = 16
"""So many signs of an invitation's hash tell it apart; they open nothing."""

PAGE = 8

_I = invitations.c
_R = tables.role.c
_S = tables.session.c
UNFINISHED = (State.PLANNED, *UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Colleague(HeldRole):
    """Somebody whom one leads: the first of their roles that is one's own to take, and all of those."""

    person: int
    roles: Mapping[Role, tuple[str, ...]]
    name: str | None
    trained: bool

    @property
    def communes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(commune for communes in self.roles.values() for commune in communes))


@dataclass(frozen=True, slots=True)
class Offered(HeldRole):
    """A role that somebody was invited to who has not come: its invitation, and as it is shown."""

    hash: str
    invited: Invited


def of_colleague(unit: Unit, person: Person, id_: str) -> Colleague | Why:
    """Somebody whom a person leads, by their number."""
    if not id_.isdecimal() or len(id_) > len(str(2**63)):
        return NO_COLLEAGUE
    return next((one for one in _colleagues(unit, person, _R.person == int(id_))), NO_COLLEAGUE)


def colleagues(unit: Unit, person: Person) -> tuple[Colleague, ...]:
    """All whom a person leads, by name."""
    return _colleagues(unit, person, sa.true())


def team(unit: Unit, person: Person, page: int) -> Team:
    """A page of those whom a person leads, after those who have not come yet."""
    everybody = colleagues(unit, person)
    waiting = tuple(_invited(unit, row) for row in _waiting(unit, person))
    shown = everybody[page * PAGE : (page + 1) * PAGE]
    return Team(
        tuple(member(unit, one) for one in shown), () if page else waiting, page, len(everybody) > (page + 1) * PAGE
    )


def member(unit: Unit, one: Colleague) -> Member:
    """Somebody as they are shown to whoever leads them."""
    roles = tuple((role, tuple(location(unit, code) for code in codes)) for role, codes in one.roles.items())
    return Member(one.person, one.name, one.partner, roles, one.trained, len(unfinished(unit, one)))


def unfinished(unit: Unit, one: Colleague) -> tuple[tuple[int, str], ...]:
    """The ids and communes of the sessions that somebody looks after where they are led, and that go on or will."""
    theirs = (_S.bot == one.bot) & (_S.opened_by == one.person) & _S.state.in_(UNFINISHED)
    found = unit.db.execute(sa.select(_S.id, _S.commune).where(theirs & _S.commune.in_(one.communes)).order_by(_S.id))
    return tuple((row.id, row.commune) for row in found)


def of_offered(unit: Unit, person: Person, id_: str) -> Offered | Why:
    """The role that somebody was invited to who has not come, if all of it is a person's to take back."""
    row = None
    if len(id_) == ID_SIGNS:
        row = next(iter(_waiting(unit, person, _I.hash.startswith(id_, autoescape=True))), None)
    if row is None:
        return NOT_INVITED
    return Offered(row.bot, json.loads(row.communes)[0], Role(row.role), row.partner, row.hash, _invited(unit, row))


def may_give(unit: Unit, person: Person, role: Role, communes: Iterable[str], partner: str | None) -> bool:
    """Whether a role is a person's to give in each of some communes, for a partner."""
    codes = tuple(communes)
    given = (HeldRole(person.bot, code, role, partner) for code in codes)
    return bool(codes) and all(may(unit, person.bot, person.id, Act.LEAD, one) for one in given)


def _colleagues(unit: Unit, person: Person, which: sa.ColumnElement[bool]) -> tuple[Colleague, ...]:
    """By name, then by number: whoever came first can't be told."""
    led = communes_of(unit, person.bot, person.id, Act.LEAD)
    here = (_R.bot == person.bot) & _R.commune.in_(led) & (_R.person != person.id) & which
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in unit.db.execute(sa.select(tables.role).where(here).order_by(_R.name, _R.person, _R.commune)):
        if may(unit, person.bot, person.id, Act.LEAD, HeldRole(row.bot, row.commune, Role(row.role), row.partner)):
            rows[row.person].append(row)
    return tuple(_colleague(theirs) for theirs in rows.values())


def _colleague(rows: list[Any]) -> Colleague:
    roles: dict[Role, tuple[str, ...]] = {}
    for row in rows:
        roles[Role(row.role)] = (*roles.get(Role(row.role), ()), row.commune)
    first = rows[0]
    return Colleague(
        first.bot,
        first.commune,
        Role(first.role),
        first.partner,
        first.person,
        roles,
        next((row.name for row in rows if row.name), None),
        all(row.trained for row in rows),
    )


def _waiting(unit: Unit, person: Person, which: sa.ColumnElement[bool] | None = None) -> list[Any]:
    stands = (_I.bot == person.bot) & ~_I.used & (_I.expires_at > unit.now)
    found = sa.select(invitations).where(stands, sa.true() if which is None else which).order_by(_I.expires_at, _I.hash)
    return [
        row
        for row in unit.db.execute(found)
        if may_give(unit, person, Role(row.role), json.loads(row.communes), row.partner)
    ]


def _invited(unit: Unit, row: Any) -> Invited:
    communes = tuple(location(unit, code) for code in json.loads(row.communes))
    return Invited(row.hash[:ID_SIGNS], row.name, row.partner, Role(row.role), communes, row.expires_at)


def roles_to_give(unit: Unit, person: Person) -> dict[Role, dict[str, str | None]]:
    """The roles that a person may give, each with the communes where, and for which partner there."""
    theirs = (_R.bot == person.bot) & (_R.person == person.id)
    found: dict[Role, dict[str, str | None]] = {}
    for commune, role, partner in unit.db.execute(
        sa.select(_R.commune, _R.role, _R.partner).where(theirs).order_by(_R.commune)
    ):
        for given in INVITES[Role(role)]:
            found.setdefault(given, {}).setdefault(commune, partner)
    return {role: found[role] for role in Role if role in found}
