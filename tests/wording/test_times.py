"""Times as villages say them."""

from datetime import UTC, datetime, timedelta

import pytest

from wording.numerals import clock, moment, short_moment

MIDNIGHT = datetime(2026, 11, 24, 17, tzinfo=UTC)
"""The beginning of Wednesday 25 November in Phnom Penh."""


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 15, "១២:១៥ យប់"),
        (3, 59, "៣:៥៩ យប់"),
        (4, 0, "៤ ព្រឹក"),
        (9, 0, "៩ ព្រឹក"),
        (11, 59, "១១:៥៩ ព្រឹក"),
        (12, 0, "១២ ថ្ងៃត្រង់"),
        (13, 0, "១ រសៀល"),
        (16, 30, "៤:៣០ រសៀល"),
        (17, 0, "៥ ល្ងាច"),
        (18, 0, "៦ ល្ងាច"),
        (19, 0, "៧ យប់"),
        (23, 5, "១១:០៥ យប់"),
    ],
)
def test_khmer_hours_are_those_of_the_village(hour: int, minute: int, said: str) -> None:
    """Twelve hours and the part of the day; minutes only where there are some. English keeps the clock's hours."""
    at = MIDNIGHT + timedelta(hours=hour, minutes=minute)
    assert moment(at, "km") == f"ថ្ងៃពុធ ទី២៥ ខែវិច្ឆិកា ម៉ោង {said}"
    assert moment(at, "en") == f"Wednesday 25 November, {hour:02}:{minute:02}"
    assert (clock(at, "km"), clock(at, "en")) == (said, f"{hour:02}:{minute:02}")
    assert (short_moment(at, "km"), short_moment(at, "en")) == (f"២៥/១១ {said}", f"25/11 {hour:02}:{minute:02}")
