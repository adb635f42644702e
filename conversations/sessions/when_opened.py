"""When a planned session opens and closes: a day, an hour, and how long, by taps alone."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime

from conversations.prompts import OneOf, Prompt, Value
from scorecard.session import Closing, closing_choices, opening_days, opening_hours, opening_time

LATER = "later"
FIRST_PAGE, PAGE = 6, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningDay(OneOf):
    """On which day it opens; `days`: those of this page. Any day that can be chosen is an answer."""

    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHour(OneOf):
    """At which hour of that day."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClosing(OneOf):
    """When it closes again."""

    opens_at: datetime


def when_opened(number: int, now: datetime) -> Generator[Prompt, Value, tuple[datetime, Closing]]:
    """The moment at which a session opens, and when it closes; asked for the `number`th time."""
    days = opening_days(now)
    begins = (0, *range(FIRST_PAGE, len(days), PAGE))
    day = LATER
    for page, begin in enumerate(begins):
        shown = days[begin : begins[page + 1] if page + 1 < len(begins) else len(days)]
        last = shown[-1] == days[-1]
        options = (*(one.isoformat() for one in days), *(() if last else (LATER,)))
        day = str((yield OpeningDay(key=f"opening{number}.{page}", options=options, days=shown)))
        if day != LATER:
            break
    chosen = date.fromisoformat(day)
    hours = tuple(map(str, opening_hours(chosen, now)))
    hour = yield OpeningHour(key=f"hour{number}", options=hours, day=chosen)
    opens_at = opening_time(chosen, int(str(hour)), now)
    choices = tuple(closing_choices(opens_at))
    closing = yield PlannedClosing(key=f"planned{number}", options=choices, opens_at=opens_at)
    return opens_at, Closing(str(closing))
