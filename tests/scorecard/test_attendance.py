"""Attendance: what may be told of how many were there."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from scorecard.attendance import GUARDED, Attendance, scored_of_ten

NUMBERS = st.none() | st.integers(0, 40)
COUNTED = st.builds(Attendance, st.integers(0, 40), NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)


@given(COUNTED, COUNTED)
def test_few_look_alike(one, other):
    """Of a guarded group, none and seven are told in the same way, and never as a number; eight are told."""
    for group in GUARDED:
        number = asdict(one)[group]
        assert one.told(group) is None or one.told(group) >= 8
        assert one.is_few(group) == (number is not None and number < 8)
        if one.is_few(group) and other.is_few(group):
            assert one.told(group) == other.told(group)
    assert (one.told("women"), one.told("youth")) == (one.women, one.youth)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_one_of_ten(people, total):
    """Also where nobody was counted, or more scored than were there."""
    assert 0 <= scored_of_ten(people, total) <= 10
