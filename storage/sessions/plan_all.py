"""Many sessions are planned at once: all of them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from conversations.sessions.open_session import OpenSession
from scorecard.card import Service
from scorecard.role import ACTS, Act, Role
from scorecard.session import PHNOM_PENH, Closing, State, closing_time
from scorecard.spelling import folded
from storage import tables
from storage.session import Held, by_ids, change
from storage.sessions.planned import plan, remind_of
from storage.unit import Unit

_R = tables.role.c
_S = tables.session.c
_P = tables.point.c
PLANNERS = [role.value for role in Role if Act.OPEN in ACTS[role]]


@dataclass(frozen=True, slots=True)
class Planning:
    """A session to plan. place: the code of a commune or village; services: of which kinds, none for all."""

    place: str
    services: tuple[Service, ...]
    opens_at: datetime
    closing: Closing
    facilitator: str

    @property
    def commune(self) -> str:
        return self.place[:6]


@dataclass(frozen=True, slots=True)
class AllPlanned:
    """How many were new, were changed, and stood so already."""

    new: int
    changed: int
    known: int


def faults_of(unit: Unit, bot: int, plannings: Sequence[Planning]) -> dict[int, tuple[str, str]]:
    """What keeps some of them from being planned: by their place in the sequence, the column and what to do."""
    faults: dict[int, tuple[str, str]] = {}
    for number, one in enumerate(plannings):
        if not _points(unit, one):
            faults[number] = ("services", "the commune has none of these: samleng places add brings them")
        people = _people(unit, bot, one)
        if len(people) != 1:
            how = "is nobody's" if not people else "is the name of several"
            faults[number] = ("facilitator", f"this name {how} there: invite them by it first, or put it right")
    return faults


def plan_all(unit: Unit, bot: int, plannings: Sequence[Planning]) -> AllPlanned:
    """Plan all of them. What is planned in the same place on the same day is changed, and stays if it is the same."""
    new = changed = known = 0
    for one in plannings:
        (person,) = _people(unit, bot, one)
        there = _planned(unit, bot, one)
        if there is None:
            points = tuple(_points(unit, one))
            plan(unit, bot, person, OpenSession(one.place, points, (), one.closing), one.opens_at)
            new += 1
            continue
        as_it_is = (there.session.opens_at, there.session.closes_at, there.opened_by)
        as_wanted = (one.opens_at, closing_time(one.closing, one.opens_at), person)
        if as_it_is == as_wanted:
            known += 1
            continue
        opens_at, closes_at, opened_by = as_wanted
        moved = {"opens_at": opens_at, "closes_at": closes_at, "opened_by": opened_by}
        remind_of(unit, change(unit, there, **moved, turn=there.turn + 1))
        changed += 1
    return AllPlanned(new, changed, known)


def _planned(unit: Unit, bot: int, one: Planning) -> Held | None:
    """What is planned there for that day already."""
    same = (_S.bot == bot) & (_S.place == one.place) & (_S.state == State.PLANNED)
    day = one.opens_at.astimezone(PHNOM_PENH).date()
    there = by_ids(unit, unit.db.scalars(sa.select(_S.id).where(same).order_by(_S.id)).all())
    return next((held for held in there if _day(held.session.opens_at) == day), None)


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(PHNOM_PENH).date()


def _people(unit: Unit, bot: int, one: Planning) -> tuple[int, ...]:
    """Who is called so, of those who may open there."""
    there = (_R.bot == bot) & (_R.commune == one.commune) & _R.role.in_(PLANNERS) & _R.name.is_not(None)
    rows = unit.db.execute(sa.select(_R.person, _R.name).where(there).distinct()).all()
    return tuple({row.person for row in rows if folded(row.name) == folded(one.facilitator)})


def _points(unit: Unit, one: Planning) -> list[int]:
    """The ids of the commune's service points of these kinds."""
    here = (_P.commune == one.commune) & (_P.service.in_(one.services) if one.services else sa.true())
    order = sa.case({service.value: place for place, service in enumerate(Service)}, value=_P.service)
    return list(unit.db.scalars(sa.select(_P.id).where(here).order_by(order, _P.id).limit(12)))
