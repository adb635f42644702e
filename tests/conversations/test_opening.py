"""Opening a session: how few taps it takes, on which days, and that it comes to an end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conversations.engine import Accepted, Asking, Finished, accept, replay
from conversations.prompts import DONE, SKIP, YES, SomeOf, Value
from conversations.sessions.open_session import (
    MOST_CHANGES,
    SETTINGS,
    CommuneFacts,
    OpenFacts,
    OpenSession,
    PointChoice,
    open_session,
)
from conversations.sessions.settings import COMPARES
from conversations.sessions.when_shown import LATER, WhichDay
from scorecard.card import FEWEST_CHOSEN, MOST_CHOSEN, OVERALL, Card, Criterion, Service
from scorecard.place import Location, Place
from scorecard.session import Closing
from scorecard.showing import MOST_DAYS, day_of

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
POINTS = tuple(PointChoice(str(id_), service, "", "") for id_, service in enumerate(Service, start=1))
MOST_TAPS = 8


def commune(code: str) -> CommuneFacts:
    """A commune with two villages, an office, a health centre and a school."""
    here = Location(Place("02", "ក", "A"), Place("0210", "ខ", "B"), Place(code, "គ", "C"))
    return CommuneFacts(here, (Place(f"{code}01", "ឃ", "D"), Place(f"{code}02", "ង", "E")), POINTS)


FACTS = OpenFacts((commune("021001"), commune("021002")), {Closing.TODAY: NOON, Closing.TOMORROW: NOON})


def tapped(*taps: str, facts: OpenFacts = FACTS) -> Asking | Finished:
    """Where taps lead, each of which is taken."""
    answers: dict[str, Value] = {}
    for tap in taps:
        taken = accept(open_session, facts, answers, tap)
        assert isinstance(taken, Accepted), (tap, taken)
        answers = taken.answers
    return replay(open_session, facts, answers)


@pytest.mark.parametrize("when", [(SKIP,), ("2026-11-30",), (LATER, "2026-12-01"), (LATER, "2026-12-18")])
def test_opening_takes_eight_taps_at_most(when):
    """The command's included, for who has two communes, and for any day of the next three weeks."""
    taps = ("021002", "02100201", DONE, Closing.TODAY, *when, YES)
    ended = tapped(*taps)
    assert isinstance(ended, Finished)
    assert isinstance(ended.command, OpenSession)
    assert 1 + len(taps) <= MOST_TAPS
    assert str(ended.command.shown_on or SKIP) == when[-1]


def test_each_day_after_closing_stands_on_one_page():
    """From the day after the one on which it closes to the sixtieth, none left out and none twice."""
    here, days, pages = tapped("021002", "021002", DONE, Closing.TODAY), [], 0
    while isinstance(here, Asking) and isinstance(here.prompt, WhichDay):
        days += here.prompt.days
        pages += 1
        assert (SKIP in here.prompt.options) == (pages == 1)
        if LATER not in here.prompt.options:
            break
        here = tapped("021002", "021002", DONE, Closing.TODAY, *[LATER] * pages)
    assert days == [day_of(NOON) + timedelta(days=number) for number in range(1, MOST_DAYS + 1)]


@pytest.mark.parametrize("day", ["2026-11-24", "2027-01-24", "2026-02-30", "", "later2"])
def test_no_other_day_is_taken(day):
    """Not the day on which it closes, none after sixty, and nothing that is no day."""
    here = tapped("021002", "021002", DONE, Closing.TODAY)
    assert isinstance(here, Asking)
    assert not here.prompt.fits(day)


def test_a_page_that_has_moved_on_loses_nothing():
    """Who chose a day further on yesterday has still chosen it today, though it stands on another page now."""
    answers: dict[str, Value] = {"commune": "021002", "place": "021002", "points0": ("1",), "closing": "tomorrow"}
    answers |= {"day0": LATER, "day1": "2026-12-01"}
    tomorrow = OpenFacts(FACTS.communes, {Closing.TOMORROW: NOON + timedelta(days=1)})
    for facts in (FACTS, tomorrow):
        here = replay(open_session, facts, answers)
        assert isinstance(here, Asking)
        assert not isinstance(here.prompt, WhichDay)


def test_settings_can_be_changed_often_but_not_for_ever():
    """Each time as they stand then; the dialogue of who does nothing else does not grow without end."""
    begin = ("021002", "021002", DONE, Closing.TODAY, SKIP)
    changes = (SETTINGS, COMPARES, DONE) * MOST_CHANGES
    here = tapped(*begin, *changes)
    assert isinstance(here, Asking)
    assert not here.prompt.fits(SETTINGS)
    for number in (0, 1, 2):
        ended = tapped(*begin, *changes[: 3 * number], YES)
        assert isinstance(ended, Finished)
        assert isinstance(ended.command, OpenSession)
        assert ended.command.compares == (number != 1)


CARD = Card(
    Service.COMMUNE_OFFICE,
    "1",
    {"km": "ក"},
    tuple(
        Criterion(key, {"km": key}, {"km": key})
        for key in ("hours", "ok", "ca", "fees", "water", "skip", "b", "overall")
    ),
)
"""With keys that settle prompts elsewhere."""

OF_CARD = OpenFacts((commune("021001"),), {Closing.TODAY: NOON}, {CARD.service: CARD})
TO_CRITERIA = ("021001", DONE, Closing.TODAY, SKIP, SETTINGS, CARD.service)


def test_criteria_are_chosen_whatever_they_are_called():
    """The overall one is not among them, none settles the prompt, and what is usual again is no choice."""
    off = [f".{criterion.key}" for criterion in CARD.asked if criterion.key != OVERALL]
    here = tapped(*TO_CRITERIA, facts=OF_CARD)
    assert isinstance(here, Asking)
    assert set(here.draft) == set(off)
    chosen = (*off, ".ok", ".ca", ".skip", ".b")
    ended = tapped(*TO_CRITERIA, *chosen, DONE, YES, facts=OF_CARD)
    assert isinstance(ended, Finished)
    assert isinstance(ended.command, OpenSession)
    assert ended.command.criteria == {CARD.service: ("ok", "ca", "skip", "b")}
    again = (SETTINGS, CARD.service, ".ok", ".ca", ".skip", ".b", *off, DONE)
    ended = tapped(*TO_CRITERIA, *chosen, DONE, *again, YES, facts=OF_CARD)
    assert isinstance(ended, Finished)
    assert isinstance(ended.command, OpenSession)
    assert ended.command.criteria == {}


@pytest.mark.parametrize("number", range(9))
def test_four_to_seven(number):
    """No fewer, no more; anything else is refused and changes nothing."""
    here = tapped(*TO_CRITERIA, facts=OF_CARD)
    assert isinstance(here, Asking)
    assert len(CARD.single) == MOST_CHOSEN
    value = (*here.prompt.options, ".overall")[:number] if isinstance(here.prompt, SomeOf) else ()
    assert here.prompt.fits(value) == (FEWEST_CHOSEN <= number <= MOST_CHOSEN)


def test_where_nothing_can_be_chosen_nothing_is_asked():
    """A card of four criteria offers no choice of them."""
    small = replace(CARD, criteria=CARD.criteria[:FEWEST_CHOSEN])
    here = tapped(*TO_CRITERIA[:-1], facts=replace(OF_CARD, cards={CARD.service: small}))
    assert isinstance(here, Asking)
    assert not here.prompt.fits((CARD.service,))
