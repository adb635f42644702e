"""Sessions: one scoring of one or more service points, with its states and its times."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scorecard.card import Service
from scorecard.place import Location, ServicePoint

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
LAST_CALL = timedelta(minutes=3)
REMINDED_BEFORE = timedelta(minutes=30)
MOST_DAYS_AHEAD = 60
"""So far ahead a session can be planned."""

OPENING_HOURS = range(6, 20)
"""The hours in Phnom Penh at which a planned session can open."""

TOO_LATE_TO_OPEN = timedelta(minutes=10)
"""A planned session with less time left than this, when its opening is noticed, was missed: nobody could take part."""

SOME_HOURS = timedelta(hours=4)

POST_DELAY = timedelta(hours=24)
"""A digest whose posting is put off goes out by itself after this time."""

COUNTS_KEPT = timedelta(days=30)
"""How long what was counted and not released waits for the commune's other villages, or until its latest day."""

MAX_SEATS = 4
"""People who may share one phone in one session. What one phone sent has to be hidden among what others did
(docs/trust.md): with more seats one household could keep a whole village's figures back.
"""


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.OPEN, State.CANCELLED}),
    State.OPEN: frozenset({State.PAUSED, State.CLOSED, State.CANCELLED}),
    State.PAUSED: frozenset({State.OPEN, State.CLOSED, State.CANCELLED}),
    State.CLOSED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Where a session can go from each state. A closed session never opens again."""

UNDER_WAY = tuple(state for state, following in NEXT_STATES.items() if State.CLOSED in following)
"""The states of a session that has begun and can still be closed."""


class CancelReason(StrEnum):
    """Why a session was cancelled in which enough took part."""

    WRONG_PLACE = "wrong_place"
    WRONG_SERVICES = "wrong_services"
    WRONG_PEOPLE = "wrong_people"
    DISTURBED = "disturbed"


class Closing(StrEnum):
    """When a session shall close, as a facilitator chooses it."""

    ONE_HOUR = "1h"
    THREE_HOURS = "3h"
    TODAY = "today"
    TOMORROW = "tomorrow"
    SEVEN_DAYS = "7d"


@dataclass(frozen=True, slots=True)
class Session:
    """One scoring: what is scored, where, and in which state.

    closes_at: in UTC; compares: whether people are asked how a service is beside last year; shown_on: the day in Phnom
    Penh on which the group sees what came out, at the latest; None: soon after closing; opens_at: when it opens by
    itself, None for one that is not planned, or not any more.
    """

    id: int
    location: Location
    points: tuple[ServicePoint, ...]
    round: str
    state: State
    code: str
    closes_at: datetime
    compares: bool = True
    shown_on: date | None = None
    opens_at: datetime | None = None

    @property
    def place(self) -> str:
        """The code of the commune or village."""
        return self.location.code

    @property
    def commune(self) -> str:
        return self.location.commune.code

    @property
    def kinds(self) -> tuple[Service, ...]:
        """The kinds of service that are scored, each once."""
        return tuple(dict.fromkeys(point.service for point in self.points))

    @property
    def minutes(self) -> int:
        """About how long one person takes who scores one service of each kind: a minute for each, and one besides."""
        return len(self.kinds) + 1

    def point(self, id_: int) -> ServicePoint | None:
        return next((point for point in self.points if point.id == id_), None)

    @property
    def is_closed(self) -> bool:
        return self.state is State.CLOSED

    @property
    def is_paused(self) -> bool:
        return self.state is State.PAUSED

    def goes_on(self, now: datetime) -> bool:
        """Whether it has begun and its time is not over (swept or not): open or paused."""
        return self.state in UNDER_WAY and now < self.closes_at

    def accepts_ballots(self, now: datetime) -> bool:
        """Whether a ballot can be cast now: it goes on, and is not paused."""
        return self.goes_on(now) and not self.is_paused


def closing_choices(now: datetime) -> tuple[Closing, ...]:
    """What a facilitator can choose from at `now`; "today 18:00" only while that is half an hour away."""
    evening = closing_time(Closing.TODAY, now)
    return tuple(choice for choice in Closing if choice is not Closing.TODAY or evening - now >= timedelta(minutes=30))


def closing_time(choice: Closing, now: datetime) -> datetime:
    """The moment (in the zone of `now`) that a choice made at `now` means."""
    local = now.astimezone(PHNOM_PENH)
    evening = datetime.combine(local.date(), time(18), PHNOM_PENH)
    chosen = {
        Closing.ONE_HOUR: local + timedelta(hours=1),
        Closing.THREE_HOURS: local + timedelta(hours=3),
        Closing.TODAY: evening,
        Closing.TOMORROW: evening + timedelta(days=1),
        Closing.SEVEN_DAYS: local + timedelta(days=7),
    }[choice]
    return chosen.astimezone(now.tzinfo)


def reminder_time(now: datetime, closes_at: datetime) -> datetime | None:
    """When groups are reminded that a session closes: half an hour before the end of one that lasts some hours, else on
    the evening before, or two hours before the end. None for one that is soon over.
    """
    left = closes_at - now
    if left < 3 * REMINDED_BEFORE:
        return None
    if left <= SOME_HOURS:
        return closes_at - REMINDED_BEFORE
    local = closes_at.astimezone(PHNOM_PENH)
    evening = datetime.combine(local.date() - timedelta(days=1), time(18), PHNOM_PENH).astimezone(now.tzinfo)
    return evening if evening - now >= SOME_HOURS else closes_at - 4 * REMINDED_BEFORE


def nudge_time(now: datetime, closes_at: datetime) -> datetime | None:
    """When somebody is reminded who asked for it: with the groups, else shortly before the end; None for too late."""
    at = reminder_time(now, closes_at)
    shortly = closes_at - TOO_LATE_TO_OPEN
    return at if at is not None else shortly if shortly > now + TOO_LATE_TO_OPEN else None


def opening_days(now: datetime) -> tuple[date, ...]:
    """The days on which a session can be planned to open: today, if an hour is left of it, and those after."""
    today = now.astimezone(PHNOM_PENH).date()
    days = (today + timedelta(days=number) for number in range(MOST_DAYS_AHEAD + 1))
    return tuple(day for day in days if opening_hours(day, now))


def opening_hours(day: date, now: datetime) -> tuple[int, ...]:
    """The hours of a day at which a session can open that is planned now."""
    return tuple(hour for hour in OPENING_HOURS if opening_time(day, hour, now) > now)


def opening_time(day: date, hour: int, now: datetime) -> datetime:
    """An hour of a day in Phnom Penh, in the zone of `now`."""
    return datetime.combine(day, time(hour), PHNOM_PENH).astimezone(now.tzinfo)


def rounds_to_choose(now: datetime) -> tuple[str, ...]:
    """The rounds that a session may belong to: this year's, and last year's, whose meetings may be late."""
    this = int(round_name(now))
    return str(this - 1), str(this)


def round_name(now: datetime) -> str:
    """The name of the yearly round that `now` falls into: the year in Phnom Penh."""
    return str(now.astimezone(PHNOM_PENH).year)
