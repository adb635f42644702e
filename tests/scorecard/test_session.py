"""Sessions: their states, their times, and when ballots are accepted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.place import Location, Place
from scorecard.session import (
    NEXT_STATES,
    PHNOM_PENH,
    Closing,
    Session,
    State,
    closing_choices,
    closing_time,
    reminder_time,
    round_name,
)

HERE = Location(Place("01", "", ""), Place("0102", "", ""), Place("010203", "", ""))
NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - with a zone


def local(*moment: int) -> datetime:
    """A moment on the clock of Phnom Penh, in UTC."""
    return datetime(*moment, tzinfo=timezone(timedelta(hours=7))).astimezone(UTC)


def session(state: State, closes_at: datetime = NOON) -> Session:
    return Session(1, HERE, (), "2026", state, "30715248", closes_at)


def test_a_session_that_is_over_never_opens_again():
    """Closed and cancelled lead nowhere; every other state leads to closed or cancelled in the end."""
    assert NEXT_STATES[State.CLOSED] == NEXT_STATES[State.CANCELLED] == frozenset()
    assert set(NEXT_STATES) == set(State)
    assert all(State.CANCELLED in NEXT_STATES[s] for s in (State.PLANNED, State.OPEN, State.PAUSED))


def test_a_session_opens_pauses_and_goes_on():
    """From planned → open ⇄ paused → closed; nothing closes that was never open, nothing stays as it is."""
    assert {s for s in State if State.OPEN in NEXT_STATES[s]} == {State.PLANNED, State.PAUSED}
    assert {s for s in State if State.CLOSED in NEXT_STATES[s]} == {State.OPEN, State.PAUSED}
    assert {s for s in State if State.PAUSED in NEXT_STATES[s]} == {State.OPEN}
    assert all(s not in after and State.PLANNED not in after for s, after in NEXT_STATES.items())


@pytest.mark.parametrize("state", State)
def test_ballots_are_accepted_while_open_and_in_time(state):
    """A ballot is accepted only in an open session, up to but not at its closing time, swept or not."""
    second = timedelta(seconds=1)
    assert session(state).accepts_ballots(NOON - second) == (state is State.OPEN)
    assert not session(state).accepts_ballots(NOON)
    assert not session(state).accepts_ballots(NOON + second)


def test_the_clock_of_any_zone_will_do():
    """Whether ballots are accepted depends on the moment, not on the zone it is written in."""
    assert session(State.OPEN).accepts_ballots((NOON - timedelta(minutes=1)).astimezone(PHNOM_PENH))
    assert not session(State.OPEN).accepts_ballots(NOON.astimezone(PHNOM_PENH))


def test_the_commune_of_a_session():
    """A session in a village belongs to the village's commune."""
    village = replace(session(State.OPEN), location=replace(HERE, village=Place("01020304", "ភូមិ", "Village")))
    assert village.place == "01020304"
    assert village.commune == session(State.OPEN).commune == "010203"


@pytest.mark.parametrize(
    ("clock", "today"),
    [((0, 0), True), ((8, 0), True), ((17, 30), True), ((17, 31), False), ((18, 0), False), ((23, 59), False)],
)
def test_today_is_offered_until_half_an_hour_before(clock, today):
    """Today 18:00 can be chosen until 17:30 in Phnom Penh; the other four always, in their order."""
    choices = closing_choices(local(2026, 7, 1, *clock))
    assert (Closing.TODAY in choices) == today
    assert choices == tuple(c for c in Closing if c is not Closing.TODAY or today)


@pytest.mark.parametrize(
    ("clock", "day"), [((0, 0), 1), ((0, 30), 1), ((6, 59), 1), ((7, 0), 1), ((17, 59), 1), ((23, 59), 1)]
)
def test_evenings_are_those_of_phnom_penh(clock, day):
    """Today and tomorrow are the day in Phnom Penh, also while it is still yesterday in UTC (before 7)."""
    now = local(2026, 7, 1, *clock)
    assert closing_time(Closing.TODAY, now) == local(2026, 7, day, 18)
    assert closing_time(Closing.TOMORROW, now) == local(2026, 7, day + 1, 18)


@SOME
@given(MOMENTS)
def test_every_choice_closes_later_and_in_utc(now):
    """UTC goes in and comes out; whatever is offered lies half an hour to seven days ahead."""
    for choice in closing_choices(now):
        moment = closing_time(choice, now)
        assert moment.tzinfo is UTC
        assert timedelta(minutes=30) <= moment - now <= timedelta(days=7)
    assert closing_time(Closing.ONE_HOUR, now) - now == timedelta(hours=1)
    assert closing_time(Closing.THREE_HOURS, now) - now == timedelta(hours=3)
    assert closing_time(Closing.SEVEN_DAYS, now) - now == timedelta(days=7)


def test_month_and_year_end_evenings():
    """Tomorrow is found across the ends of months and years."""
    assert closing_time(Closing.TOMORROW, local(2026, 12, 31, 20)) == local(2027, 1, 1, 18)
    assert closing_time(Closing.TOMORROW, local(2028, 2, 28, 9)) == local(2028, 2, 29, 18)


def test_a_round_is_the_year_in_phnom_penh():
    """New Year comes seven hours before UTC's."""
    assert round_name(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == "2026"
    assert round_name(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "2027"


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=9)))
def test_groups_are_reminded_while_there_is_time(now, left):
    """It lies after the present and at least half an hour before the end; of what is soon over there is none."""
    at = reminder_time(now, now + left)
    if left < timedelta(minutes=90):
        assert at is None
    else:
        assert now < at <= now + left - timedelta(minutes=30)
