"""When a commune's group sees what came out of a session: soon after closing, or on the day of a meeting."""

from datetime import date, datetime, time, timedelta

from scorecard.session import PHNOM_PENH, POST_DELAY
from scorecard.silent_hours import SilentHours

MOST_DAYS = 60
"""So many days after closing a group can wait for what came out, and not longer."""

MORNING = time(8)
"""When it goes out by itself on its day: who meets on that day has it before them."""

LOOKED_AT_FIRST = timedelta(hours=1)
"""So long a facilitator has to look at it, where the day has come when the session closes."""


def day_of(at: datetime) -> date:
    """The day in Phnom Penh on which a moment lies."""
    return at.astimezone(PHNOM_PENH).date()


def days_after(closes_at: datetime) -> tuple[date, ...]:
    """The days that can be chosen for a session that closes then: those that follow, in their order."""
    return tuple(day_of(closes_at) + timedelta(days=number) for number in range(1, MOST_DAYS + 1))


def shown_at(closed_at: datetime, day: date | None, silent: SilentHours | None) -> datetime:
    """When what came out goes to the group by itself: a day after closing, or in the morning of the chosen day.

    Never more than MOST_DAYS after closing, and never before anybody could look at it; no group is woken by it.
    """
    after = closed_at + POST_DELAY
    if day is not None:
        morning = datetime.combine(min(day, day_of(closed_at) + timedelta(days=MOST_DAYS)), MORNING, PHNOM_PENH)
        after = max(morning.astimezone(closed_at.tzinfo), closed_at + LOOKED_AT_FIRST)
    return silent.over(after) if silent is not None else after
