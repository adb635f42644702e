"""Opening a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import ClassVar

from conversations.commands import Command
from conversations.engine import Flow
from conversations.prompts import YES, Name, OneOf, SomeOf
from conversations.sessions.settings import Settings, change_settings
from conversations.sessions.when_opened import when_opened
from conversations.sessions.when_shown import when_shown
from scorecard.card import Card, Service
from scorecard.place import Location, NewPoint, Place
from scorecard.session import Closing, Session, closing_time

FIRST = "first"
SETTINGS = "settings"
PLAN = "plan"

MOST_ADDED = 9
MOST_CHANGES = 9
"""So often what is rarely changed can be changed before one opens: what is asked comes to an end."""

MOST_POINTS = 12
"""As many as a citizen, and one message to the group, can bear."""


@dataclass(frozen=True, slots=True)
class PointChoice:
    """A service point that a session may be opened for; `code` is its id, or marks it as typed just now."""

    code: str
    service: Service
    km: str
    en: str


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """A commune in which a facilitator may open a session; `open`: those that are open there, oldest first."""

    commune: Location
    villages: tuple[Place, ...]
    points: tuple[PointChoice, ...]
    open: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """For `open_session`: closings come with the moment (in UTC) that each of them means.

    cards: those that are in use; settings: what this facilitator chose last time; chosen: the service points of
    the session that is copied, by their codes; now: the moment.
    """

    communes: tuple[CommuneFacts, ...]
    closings: Mapping[Closing, datetime]
    cards: Mapping[Service, Card] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    chosen: tuple[str, ...] = ()
    now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichCommune(OneOf):
    """In which commune a session is opened."""

    communes: tuple[Location, ...]
    key: str = "commune"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPlace(OneOf):
    """The whole commune or one of its villages."""

    commune: Location
    villages: tuple[Place, ...]
    key: str = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPoints(SomeOf):
    """Which service points are scored; a kind of service, at once, adds one by name."""

    place: Location
    points: tuple[PointChoice, ...]
    at_once: tuple[str, ...] = (Service.HEALTH_CENTRE.value, Service.PRIMARY_SCHOOL.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointName(Name):
    """The name of a health centre or school that is not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichClosing(OneOf):
    """When a session closes."""

    key: str = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNow(OneOf):
    """What will be opened, and whether to open it; `first`: one that is open in this place already; opens_at: when,
    None for now.
    """

    place: Location
    points: tuple[PointChoice, ...]
    closes_at: datetime
    shown_on: date | None
    settings: Settings
    first: Session | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenSession(Command):
    """Open a session for service points by their ids, and for new ones; the rest as `Session` and `Settings` say."""

    timed: ClassVar[bool] = True

    place: str
    points: tuple[int, ...]
    new_points: tuple[NewPoint, ...]
    closing: Closing
    shown_on: date | None = None
    compares: bool = True
    criteria: Mapping[Service, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanSession(Command):
    """Let a session open by itself at a time to come; its closing counts from then."""

    opening: OpenSession
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class SeeFirst(Command):
    """See the session that is open in a place already, and open no other."""

    session: int


def open_session(facts: OpenFacts) -> Flow:
    """A facilitator opens a session: place, service points, closing, when its group sees what comes out.

    A sole choice is not asked; what is rarely changed is asked of who wants to change it.
    """
    commune = facts.communes[0]
    if len(facts.communes) > 1:
        by_code = {here.commune.code: here for here in facts.communes}
        locations = tuple(here.commune for here in facts.communes)
        commune = by_code[str((yield WhichCommune(communes=locations, options=tuple(by_code))))]
    place = commune.commune
    if commune.villages:
        places = (commune.commune.code, *(village.code for village in commune.villages))
        code = yield WhichPlace(commune=commune.commune, villages=commune.villages, options=places)
        place = located(commune.commune, commune.villages, str(code))
    added: list[PointChoice] = []
    codes = tuple(point.code for point in commune.points)
    chosen = tuple(code for code in codes if code in facts.chosen) or codes[:MOST_POINTS]
    while True:
        points = (*commune.points, *added)
        again = yield WhichPoints(
            key=f"points{len(added)}",
            place=place,
            points=points,
            options=tuple(point.code for point in points),
            preset=chosen,
            at_once=(Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL) if len(added) < MOST_ADDED else (),
            most=MOST_POINTS,
        )
        chosen = tuple(again)
        if chosen[-1] not in (Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL):
            break
        service = Service(chosen[-1])
        taken = tuple(name for point in points if point.service is service for name in (point.km, point.en))
        name = str((yield PointName(key=f"name{len(added)}", service=service, taken=taken)))
        added.append(PointChoice(f"new{len(added)}", service, name, name))
        chosen = (*chosen[:-1], added[-1].code)
    closing = Closing(str((yield WhichClosing(options=tuple(facts.closings)))))
    picked = tuple(point for point in points if point.code in chosen)
    closes_at = facts.closings[closing]
    shown_on = yield from when_shown(closes_at)
    first = next((session for session in commune.open if session.place == place.code), None)
    settings = facts.settings
    opens_at = None
    options = (YES, *((FIRST,) if first is not None else ()), PLAN, SETTINGS)
    for number in count():
        options = options if number < MOST_CHANGES else options[:-2]
        answer = yield OpenNow(
            key=f"open{number}",
            options=options,
            place=place,
            points=picked,
            closes_at=closes_at,
            shown_on=shown_on,
            settings=settings,
            first=first if opens_at is None else None,
            opens_at=opens_at,
        )
        if answer == FIRST and first is not None:
            return SeeFirst(first.id)
        if answer == YES:
            break
        if answer == PLAN and facts.now is not None:
            opens_at, closing = yield from when_opened(number, facts.now)
            closes_at = closing_time(closing, opens_at)
            shown_on = yield from when_shown(closes_at, f"planned{number}.")
            continue
        services = [point.service for point in picked]
        settings = yield from change_settings(number, settings, facts.cards, services)
    opening = OpenSession(
        place=place.code,
        points=tuple(int(point.code) for point in picked if point not in added),
        new_points=tuple(
            NewPoint(commune.commune.code, point.service, point.km, point.en) for point in picked if point in added
        ),
        closing=closing,
        shown_on=shown_on,
        compares=settings.compares,
        criteria=settings.criteria,
    )
    return opening if opens_at is None else PlanSession(opening, opens_at)


def located(commune: Location, villages: Sequence[Place], code: str) -> Location:
    """The whole commune, or one of its villages, by code."""
    village = next((village for village in villages if village.code == code), None)
    return Location(commune.province, commune.district, commune.commune, village)
