"""Who may do what, and where. There is no other place that decides this."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import sqlalchemy as sa

from conversations.refusals import (
    COORDINATORS_ONLY,
    FACILITATORS_ONLY,
    NO_SUCH_CODE,
    NOT_ADMINISTRATOR,
    NOT_YOURS,
    Why,
)
from scorecard.role import ACTS, INVITES, Act, Role, covers
from storage import tables
from storage.unit import Unit

_R = tables.role.c


class Openly(StrEnum):
    """Who may where no role is asked for, or not a role alone."""

    ANYBODY = "anybody"
    BEARER = "bearer of the link"
    HOLDER = "link the group, or an administrator of it"


class Subject(Protocol):
    """What something is done to. `place`: the commune or village where, None for anywhere."""

    @property
    def bot(self) -> int: ...

    @property
    def place(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A commune or village, as something that may be acted on through one bot."""

    bot: int
    place: str


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """A group that belongs to a commune; `administered`: whoever acts is known to be an administrator of the group."""

    bot: int
    place: str
    administered: bool


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in a commune, for a partner, as something that may be given to somebody and taken from them."""

    bot: int
    place: str
    role: Role
    partner: str | None


def communes_of(unit: Unit, bot: int, person: int, act: Act) -> tuple[str, ...]:
    """The communes in which a person may act so, by code; none for everybody else."""
    roles = [role.value for role in Role if act in ACTS[role]]
    theirs = (_R.bot == bot) & (_R.person == person) & _R.role.in_(roles)
    return tuple(unit.db.scalars(sa.select(_R.commune).where(theirs).distinct().order_by(_R.commune)))


def acts_of(unit: Unit, bot: int, person: int) -> frozenset[Act]:
    """Whatever a person may do anywhere."""
    roles = unit.db.scalars(sa.select(_R.role).where(_R.bot == bot, _R.person == person).distinct())
    return frozenset(act for role in roles for act in ACTS[Role(role)])


def may(unit: Unit, bot: int, person: int, act: Act, subject: Subject) -> bool:
    """Whether a person may do this to that, as somebody whom they are to this bot."""
    if subject.bot != bot:
        return False
    if isinstance(subject, HeldRole):
        return act is Act.LEAD and _leads(unit, bot, person, subject)
    communes = frozenset(communes_of(unit, bot, person, act))
    return covers(communes, subject.place) if subject.place is not None else bool(communes)


def _leads(unit: Unit, bot: int, person: int, held: HeldRole) -> bool:
    """Whether a role there is theirs to give and take: a coordinator's own partner's, an administrator's of all."""
    theirs = (_R.bot == bot) & (_R.person == person) & (_R.commune == held.place)
    return any(
        held.role in INVITES[Role(role)] and (Role(role) is Role.ADMINISTRATOR or partner == held.partner)
        for role, partner in unit.db.execute(sa.select(_R.role, _R.partner).where(theirs))
    )


def why_not(unit: Unit, bot: int, person: int, who: Act | Openly, subject: Subject | None) -> Why | None:
    """Why a person may not; None where they may. `subject`: None for what is nobody's in particular."""
    if who is Openly.ANYBODY:
        return None
    if who is Openly.BEARER:
        return None if subject is not None and subject.bot == bot else NO_SUCH_CODE
    if who is Openly.HOLDER:
        held = isinstance(subject, HeldGroup) and (subject.administered or may(unit, bot, person, Act.LINK, subject))
        return None if held else NOT_ADMINISTRATOR
    if not communes_of(unit, bot, person, who):
        return FACILITATORS_ONLY if who in ACTS[Role.FACILITATOR] else COORDINATORS_ONLY
    return None if subject is None or may(unit, bot, person, who, subject) else NOT_YOURS
