"""What is said to have changed between two rounds, beside what statsmodels says of the same counts."""

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from math import comb

import pytest
from attack import Cell, learnt, tally_of
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.ballot import Ballot
from scorecard.card import OVERALL
from scorecard.change import FEWEST, NOMINAL, Change, Count, change, newcombe
from scorecard.disclosure import Figure, Release, ShareWord, Verdict, Words, release, share
from scorecard.disclosure.words import word
from scorecard.tally import EVERYBODY, Source, count

UNSURE, BETTER, WORSE = Verdict.UNSURE, Verdict.BETTER, Verdict.WORSE
KEYS = ("staff", "water", "hours", OVERALL)
NUMBERS = st.integers(8, 120)


def ballots(
    chance: random.Random, people: int, *, satisfied: float, unsure: float = 0, household: int = 1
) -> list[Ballot]:
    """So many people, as likely to be satisfied with each thing; household: how many share the first phone."""

    def score() -> int:
        if chance.random() < unsure:
            return 0
        return chance.choice((4, 5)) if chance.random() < satisfied else chance.choice((1, 2, 3))

    phones = [0] * household + [*range(1, people - household + 1)]
    return [Ballot({key: score() for key in KEYS}, None, phone=phone.to_bytes(2)) for phone in phones]


def released(session: int, cast: list[Ballot]) -> Release:
    return release(count(session, 7, KEYS, cast))


def statsmodels_interval(some: int, now: int, some_before: int, before: int, error: float) -> tuple[float, float]:
    from statsmodels.stats.proportion import confint_proportions_2indep  # slow to import, and most workers need it not

    low, high = confint_proportions_2indep(some, now, some_before, before, method="newcomb", alpha=error)
    return low, high


@SOME
@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_the_interval_is_newcombes(now: int, before: int, data: st.DataObject) -> None:
    """Beside statsmodels', of the same counts."""
    counts = data.draw(st.integers(0, now)), data.draw(st.integers(0, before))
    theirs = statsmodels_interval(counts[0], now, counts[1], before, NOMINAL)
    assert newcombe(Count(counts[0], now), Count(counts[1], before)) == pytest.approx(theirs, abs=1e-9)


@SOME
@given(NUMBERS, NUMBERS, st.floats(0, 1), st.floats(0, 1), st.sampled_from((0, 0.1, 0.4)), st.integers(0, 2**32))
def test_no_more_is_said_than_the_counts_say(now, before, likely, likely_before, unsure, seed) -> None:
    """Worked out from two releases, a change is never more certain than statsmodels' interval of the true counts."""
    chance = random.Random(seed)
    cast = ballots(chance, now, satisfied=likely, unsure=unsure, household=chance.choice((1, 2, 4)))
    earlier = ballots(chance, before, satisfied=likely_before, unsure=unsure)
    changed = change(released(2, cast), released(1, earlier))
    if changed.verdict is UNSURE:
        assert changed.criteria == ()
        return
    for key in (OVERALL, *changed.criteria):
        error = NOMINAL if key == OVERALL else NOMINAL / (len(KEYS) - 1)
        theirs = statsmodels_interval(*_of(cast, key), *_of(earlier, key), error)
        assert min(theirs) > 0 if changed.verdict is BETTER else max(theirs) < 0
        if key == OVERALL and changed.points:
            assert changed.points[0] <= 100 * min(theirs) <= 100 * max(theirs) <= changed.points[1]
    assert set(changed.criteria) <= set(KEYS) - {OVERALL}


def _of(cast: list[Ballot], key: str) -> tuple[int, int]:
    scores = [ballot.scores[key] for ballot in cast if ballot.scores[key]]
    return sum(score > 3 for score in scores), len(scores)


@SOME
@given(NUMBERS, st.sampled_from((0, 0.1, 0.4)), st.integers(1, 4), st.integers(0, 2**32))
def test_what_a_figure_says_of_how_many_there_were(people: int, unsure: float, household: int, seed: int) -> None:
    """As many as its words need, and as it says; how many said that they don't know is no number that leaves."""
    cast = ballots(random.Random(seed), people, satisfied=0.5, unsure=unsure, household=household)
    for figure in released(1, cast).figures:
        if figure.group == EVERYBODY:
            _, scored = _of(cast, figure.criterion)
            assert scored >= FEWEST[figure.words]
            assert figure.at_least is not None
            assert figure.at_least <= min(scored, people - 1)
            assert figure.at_least % 5 == 0


# Worked out for all that people can answer: how often a change is told where there is one, and where there is none.


@cache
def told(people: int, satisfied: float) -> Counter[Release]:
    """What may be released of so many people, and how likely each is: all of them know the service."""
    words = max(words for words in Words if people >= FEWEST[words])
    likely: Counter[Release] = Counter()
    for part in range(people + 1):
        median = 4.0 if 2 * part > people else 3.0 if 2 * part < people else 3.5
        said = share(part, people, words), words, word(part, people, words)
        one = Figure(OVERALL, EVERYBODY, median, *said, (people - 1) // 5 * 5)
        all_of_it = Release(1, 7, Source.BALLOTS, people, (one,))
        likely[all_of_it] += comb(people, part) * satisfied**part * (1 - satisfied) ** (people - part)
    return likely


def how_often(now: Counter[Release], before: Counter[Release]) -> dict[Verdict, float]:
    """How likely each verdict is."""
    likely = dict.fromkeys(Verdict, 0.0)
    for one, weight in now.items():
        for other, weight_before in before.items():
            likely[change(one, other).verdict] += weight * weight_before
    return likely


SIZES = (8, 14, 20, 21, 24, 26, 30, 39, 40, 43, 47, 60, 80, 100, 120)


@pytest.mark.parametrize("people", SIZES)
def test_where_nothing_changed(people: int) -> None:
    """A service is called better or worse in at most 5 %, both together, whatever the share of the satisfied."""
    for before in {people, 20, 40, 100}:
        for tenths in range(1, 20):
            likely = how_often(told(people, tenths / 20), told(before, tenths / 20))
            assert likely[BETTER] + likely[WORSE] <= 0.05, (people, before, tenths / 20)


@pytest.mark.parametrize(("people", "found"), [(40, 0.8), (100, 0.9)])
def test_a_change_that_is_large_is_found(people: int, found: float) -> None:
    """35 points more than 45 %: never showing a change would be no answer. And never the wrong way round."""
    likely = how_often(told(people, 0.80), told(people, 0.45))
    assert likely[BETTER] >= found
    assert likely[WORSE] < 1e-6
    assert how_often(told(people, 0.45), told(people, 0.80))[WORSE] >= found


def test_villages_mostly_can_not_tell() -> None:
    """Of 20 people a rise of 20 points is told in one of five at most, of 12 never."""
    assert 0 < how_often(told(20, 0.65), told(20, 0.45))[BETTER] < 0.2
    assert how_often(told(12, 0.65), told(12, 0.45))[UNSURE] > 1 - 1e-9


@pytest.mark.parametrize("people", [12, 25, 45, 100])
def test_through_the_door(people: int) -> None:
    """Made-up villages in which nothing changed, scored, counted and let out: a change is told of at most 5 %."""
    chance = random.Random(people)
    alarms = 0
    for _ in range(RUNS):
        likely = chance.choice((0.2, 0.45, 0.5, 0.8))
        rounds = [released(i, ballots(chance, people, satisfied=likely, unsure=0.05)) for i in (1, 2)]
        alarms += change(*rounds).verdict is not UNSURE
    assert alarms <= 0.05 * RUNS


RUNS = 60


# What somebody learns who has the releases of both rounds


@pytest.mark.parametrize("people", [20, pytest.param(40, marks=pytest.mark.deep)])
def test_a_change_tells_no_more_than_two_releases(people: int) -> None:
    """All that people can have answered in two rounds, satisfied or not: who knows both releases, the ballots of two
    phones in each and the change is certain of nothing about the others.
    """
    cells = [Cell(people, session=1), Cell(people, session=2)]

    def shown(world: tuple[tuple[int, ...], ...]) -> object:
        rounds = [_overall(release(tally_of(cells, world, session))) for session in (1, 2)]
        return *rounds, change(rounds[1], rounds[0])

    assert learnt(cells, shown, {1: 2, 2: 2}, (2, 4)) == []


def _overall(one: Release) -> Release:
    """The same, as if it were of the overall question."""
    return replace(one, figures=tuple(replace(figure, criterion=OVERALL) for figure in one.figures))


# Single cases


def of(*said: tuple[str, float, int], people: int = 60) -> Release:
    """What was released: criterion, median and per cent, told in tens."""
    figures = [Figure(key, EVERYBODY, median, tens, Words.TENS, _word(tens), people - 5) for key, median, tens in said]
    return Release(1, 7, Source.BALLOTS, people, tuple(figures))


def _word(tens: int) -> ShareWord:
    return ShareWord.FEW if tens < 40 else ShareWord.MOST if tens > 60 else ShareWord.ABOUT_HALF


def test_criteria_only_inside_the_verdict() -> None:
    """Those that changed like the service, and by enough for as many as there are; none where the service is unsure."""
    before = of(("staff", 3, 20), ("water", 3, 40), ("hours", 4, 80), (OVERALL, 3, 30))
    now = of(("staff", 4, 80), ("water", 3, 40), ("hours", 3, 20), (OVERALL, 4, 70))
    assert change(now, before) == Change(BETTER, (10, 70), ("staff",))
    assert change(before, now) == Change(WORSE, (-70, -10), ("staff",))
    same = of(("staff", 4, 80), (OVERALL, 3, 30))
    assert change(same, before) == Change(UNSURE, (-30, 30))


def test_nothing_to_compare() -> None:
    """Too few in one round, or the overall question told in one alone: it can't be told."""
    some = of((OVERALL, 4, 80))
    for other in (Release(1, 7, Source.BALLOTS, None), of(("staff", 3, 20))):
        assert change(some, other) == change(other, some) == Change(UNSURE)
