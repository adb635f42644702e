"""Silent hours, whatever they are and whenever it is."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scorecard.session import PHNOM_PENH
from scorecard.silent_hours import SilentHours

HOURS = st.integers(0, 23)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(HOURS, HOURS, MOMENTS)
def test_they_end_at_their_end(begin, end, at):
    """What waits goes out outside the silent hours, at the full hour at which they end, within a day."""
    silent = SilentHours(begin, end)
    after = silent.over(at)
    assert not silent.hold(after)
    if silent.hold(at):
        local = after.astimezone(PHNOM_PENH)
        assert (local.hour, local.minute, local.second, local.microsecond) == (end, 0, 0, 0)
        assert timedelta() < after - at <= timedelta(days=1)
    else:
        assert after == at


def test_a_night():
    """Nine in the evening is silent, half past five too; six in the morning isn't."""
    silent = SilentHours(21, 6)
    held = [silent.hold(datetime(2026, 11, 24, hour, 30, tzinfo=PHNOM_PENH)) for hour in (20, 21, 0, 5, 6, 12)]
    assert held == [False, True, True, True, False, False]
