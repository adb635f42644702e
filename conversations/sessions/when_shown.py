"""When the commune's group shall see what comes out, asked at opening: by taps alone, a page of days after another."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime

from conversations.prompts import SKIP, OneOf, Prompt, Value
from scorecard.showing import days_after

LATER = "later"
FIRST_PAGE, PAGE = 6, 18
"""So many days stand on the first page, and on each of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichDay(OneOf):
    """On which day the group sees what comes out, or as soon as it is closed; `days`: those of this page.

    Any day that can be chosen is an answer: a page that has moved on since loses nothing.
    """

    days: tuple[date, ...]


def when_shown(closes_at: datetime, named: str = "") -> Generator[Prompt, Value, date | None]:
    """The day on which the group sees what comes out; None for as soon as the session is closed.

    named: what the keys of these questions begin with, where they are asked once more.
    """
    days = days_after(closes_at)
    begins = (0, *range(FIRST_PAGE, len(days), PAGE))
    for number, begin in enumerate(begins):
        page = days[begin : begins[number + 1] if number + 1 < len(begins) else len(days)]
        more = (SKIP,) if not number else ()
        last = page[-1] == days[-1]
        options = (*more, *(day.isoformat() for day in days), *(() if last else (LATER,)))
        answer = str((yield WhichDay(key=f"{named}day{number}", options=options, days=page)))
        if answer == SKIP:
            return None
        if answer != LATER:
            return date.fromisoformat(answer)
    raise AssertionError("the last page leads to no other")
