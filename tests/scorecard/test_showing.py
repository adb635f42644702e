"""When a group sees what came out: soon after closing, or in the morning of a day, whatever was chosen and whenever."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scorecard.session import PHNOM_PENH, POST_DELAY
from scorecard.showing import LOOKED_AT_FIRST, MOST_DAYS, day_of, days_after, shown_at
from scorecard.silent_hours import SilentHours

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
SILENT = st.none() | st.builds(SilentHours, st.integers(18, 23), st.integers(0, 12))
CLOSED = datetime(2026, 11, 24, 18, tzinfo=PHNOM_PENH)


def at(*clock: int) -> datetime:
    return datetime(2026, *clock, tzinfo=PHNOM_PENH)


@given(MOMENTS, st.integers(1, MOST_DAYS), SILENT)
def test_a_day_that_can_be_chosen_is_kept(closes_at, number, silent):
    """What came out goes out on the very day that was chosen, outside the silent hours of any night."""
    day = days_after(closes_at)[number - 1]
    shown = shown_at(closes_at, day, silent)
    assert day_of(shown) == day
    assert silent is None or not silent.hold(shown)
    assert shown.astimezone(PHNOM_PENH).hour >= 8


@given(MOMENTS, st.dates(date(2020, 1, 1), date(2041, 1, 1)) | st.none(), SILENT)
def test_it_is_neither_hurried_nor_kept_back(closed_at, day, silent):
    """Somebody can look at it first, whatever day was chosen; after 60 days and a night at most it is out."""
    waits = shown_at(closed_at, day, silent) - closed_at
    assert LOOKED_AT_FIRST <= waits <= timedelta(days=MOST_DAYS + 1)
    assert day is not None or waits >= POST_DELAY


def test_by_example():
    """The days begin after the one on which it closes in Phnom Penh; the morning is eight o'clock, or later."""
    late = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)  # half past midnight, on Wednesday the 25th
    assert days_after(late)[:2] == (date(2026, 11, 26), date(2026, 11, 27))
    assert len(days_after(late)) == MOST_DAYS
    assert shown_at(CLOSED, None, None) == at(11, 25, 18)
    assert shown_at(CLOSED, date(2026, 12, 4), SilentHours(21, 6)) == at(12, 4, 8)
    assert shown_at(CLOSED, date(2026, 12, 4), SilentHours(21, 9)) == at(12, 4, 9)
    # the session went on longer than was planned, or was closed much earlier
    assert shown_at(CLOSED, date(2026, 11, 24), None) == at(11, 24, 19)
    assert day_of(shown_at(CLOSED, date(2027, 3, 1), None)) == date(2027, 1, 23)
