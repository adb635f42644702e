"""The disclosure door: what a release says, and what it keeps to itself."""

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, SOME, tallies, tally_of

from scorecard.ballot import Ballot
from scorecard.disclosure import MINIMUM, ShareWord, band, release, release_from_json, release_to_json, share
from scorecard.tally import DIMENSIONS, EVERYBODY, Source, Tally, count

MINIMUMS = st.sampled_from((5, 6, 8, 8, 12))
OUTERMOST = (ShareWord.ALMOST_NONE, ShareWord.ALMOST_ALL)


def bases(tally: Tally, key: str, groups: tuple[str, ...]) -> list[int]:
    return [tally.of(key, group).base for group in groups]


@SOME
@given(tallies(), MINIMUMS)
def test_every_figure_describes_enough_people(tally, minimum):
    """No figure stands on fewer people than the minimum, and every criterion with enough has one."""
    released = release(tally, minimum=minimum)
    assert all(tally.of(f.criterion, f.group).base >= minimum for f in released.figures)
    assert {f.criterion for f in released.figures} == {key for key in ASKED if tally.of(key).base >= minimum}


@pytest.mark.parametrize("minimum", [-1, 0, 1, 4])
def test_a_minimum_that_protects_nobody_is_refused(minimum):
    """The setting can't be turned below five."""
    with pytest.raises(ValueError, match="5"):
        release(tally_of((9, 9, 9, 9, 9)), minimum=minimum)


@SOME
@given(tallies(most=7))
def test_none_to_seven_look_alike(tally):
    """Fewer ballots than the minimum, none at all included, make one and the same release, without figures."""
    assert release(tally) == release(count(1, 7, ASKED, []))
    assert release(tally).ballots is None


@SOME
@given(tallies(least=8))
def test_the_number_of_ballots_is_exact_from_the_minimum_on(tally):
    """From eight on a release says how many ballots there were."""
    assert release(tally).ballots == tally.ballots


@SOME
@given(tallies(least=12), MINIMUMS)
def test_no_group_can_be_worked_out_from_the_rest(tally, minimum):
    """A group, everybody without it, and everybody without all groups told: each has enough people, or nobody."""
    released = release(tally, minimum=minimum)
    for key in ASKED:
        for dimension in DIMENSIONS:
            told = tuple(f.group for f in released.figures if f.criterion == key and f.group in dimension)
            everybody = tally.of(key).base
            assert all(minimum <= base <= everybody - minimum for base in bases(tally, key, told))
            if told:
                others = everybody - sum(bases(tally, key, told))
                assert others == 0 or others >= minimum


def test_groups_are_told_where_they_are_large_enough():
    """Women and men of eight each, of mixed minds, are both told; with three who said neither, one of the two is."""
    groups = {"woman": (2, 2, 0, 2, 2), "man": (2, 2, 0, 2, 2)}
    assert [f.group for f in release(tally_of((4, 4, 0, 4, 4), groups=groups)).figures] == ["all", "woman", "man"]
    assert len(release(tally_of((4, 4, 3, 4, 4), groups=groups)).figures) == 2


@SOME
@given(st.integers(5, 300).flatmap(lambda base: st.tuples(st.just(base), st.integers(0, base))))
def test_a_share_never_says_none_or_all(drawn):
    """Under 20 people a share is a word; from 20 on the nearest 10 %, and never 0 or 100."""
    base, part = drawn
    said = share(part, base)
    if base < 20:
        assert isinstance(said, ShareWord)
    elif isinstance(said, ShareWord):
        assert abs({ShareWord.ALMOST_NONE: 0, ShareWord.ALMOST_ALL: 100}[said] - 100 * part / base) <= 5
    else:
        assert said in range(10, 100, 10)
        assert abs(said - 100 * part / base) <= 5


@pytest.mark.parametrize("base", [*range(5, 41), 99, 100, 1000])
def test_the_outermost_shares_stand_for_several_counts(base):
    """Almost none and almost all stand for two counts at least, those of opposite parts mirror each other."""
    said = [share(part, base) for part in range(base + 1)]
    assert all(said.count(outermost) >= 2 for outermost in OUTERMOST)
    assert said[0] is ShareWord.ALMOST_NONE
    order = [*ShareWord] if base < 20 else [ShareWord.ALMOST_NONE, *range(10, 100, 10), ShareWord.ALMOST_ALL]
    ranks = [order.index(word) for word in said]
    assert ranks == sorted(ranks)
    assert ranks == [len(order) - 1 - rank for rank in reversed(ranks)]


@SOME
@given(tallies(least=20, most=80), MINIMUMS)
def test_exact_counts_are_told_only_where_they_may_be(tally, minimum):
    """Bins begin at 20 people, cover 1 to 5 in order, sum to the base, and none but empty ones is under three."""
    for figure in release(tally, minimum=minimum).figures:
        scores = tally.of(figure.criterion, figure.group)
        unsure = tally.ballots - scores.base
        if figure.bins is None:
            continue
        assert figure.group == EVERYBODY
        assert scores.base >= 20
        assert unsure == 0 or unsure >= minimum
        assert [score for b in figure.bins for score in b.scores] == [1, 2, 3, 4, 5]
        assert all(b.people == sum(scores.given[score - 1] for score in b.scores) for b in figure.bins)
        assert all(b.people == 0 or b.people >= 3 for b in figure.bins)
        assert 3 < scores.satisfied < scores.base - 3


def test_exact_counts_are_told_from_twenty_on():
    """Twenty people get counts, nineteen don't; small ones are merged with a neighbour on their side of content."""
    assert release(tally_of((4, 4, 4, 4, 3))).figures[0].bins is None
    plain = release(tally_of((4, 4, 4, 4, 4))).figures[0].bins
    assert [(b.scores, b.people) for b in plain] == [((s,), 4) for s in range(1, 6)]
    merged = release(tally_of((1, 6, 4, 7, 2))).figures[0].bins
    assert [(b.scores, b.people) for b in merged] == [((1, 2), 7), ((3,), 4), ((4, 5), 9)]


@pytest.mark.parametrize("unsure", range(10))
def test_exact_counts_wait_for_enough_who_do_not_know(unsure):
    """Ballots minus the base of a count would tell how many don't know: none or eight may be told, 1 to 7 not."""
    told = release(tally_of((4, 4, 4, 4, 4), dont_know=unsure)).figures[0].bins is not None
    assert told == (unsure == 0 or unsure >= 8)


def test_a_hand_count_that_left_people_out_is_no_way_round():
    """People who are missing from one criterion count like those who don't know it."""
    tally = replace(tally_of((5, 5, 5, 5, 5), (4, 4, 4, 5, 5)), source=Source.HAND_COUNT)
    assert [figure.bins is not None for figure in release(tally).figures] == [True, False]


@SOME
@given(tallies(least=8))
def test_medians_and_shares_are_those_of_the_people_described(tally):
    """A figure's median and share are those of its own group, after don't know."""
    for figure in release(tally).figures:
        scores = tally.of(figure.criterion, figure.group)
        assert figure.median == median([s for s in range(1, 6) for _ in range(scores.given[s - 1])])
        assert figure.satisfied == share(scores.given[3] + scores.given[4], scores.base)


@SOME
@given(tallies(least=8))
def test_figures_follow_the_card(tally):
    """Figures come in card order, everybody before the groups, and are found by criterion and group."""
    released = release(tally)
    order = [(ASKED.index(f.criterion), f.group != EVERYBODY) for f in released.figures]
    assert order == sorted(order)
    assert all(released.figure(f.criterion, f.group) is f for f in released.figures)
    assert released.figure("nobody asked") is None


@SOME
@given(tallies(least=8))
def test_criteria_are_ranked_best_first(tally):
    """Ranked by median, then mean, then the order on the card; those with a figure for everybody only."""
    ranked = release(tally).ranked
    keys = [(-tally.of(key).median, -tally.of(key).mean, ASKED.index(key)) for key in ranked]
    assert keys == sorted(keys)
    assert set(ranked) == {f.criterion for f in release(tally).figures}


def test_ties_are_ranked_by_mean_and_then_by_the_card():
    """Of two equal medians the better mean comes first, of two equal means the one higher up on the card."""
    assert release(tally_of((2, 2, 4, 2, 2), (2, 2, 4, 0, 4), (4, 0, 4, 0, 4))).ranked == ("b", "a", "c")


@SOME
@given(tallies(least=0, most=60), MINIMUMS)
def test_wishes_are_told_without_naming_a_few(tally, minimum):
    """Wishes: most wanted first, three people at least behind each, none from fewer namers than the minimum."""
    wishes = release(tally, minimum=minimum).wishes
    base = sum(tally.wishes.values())
    assert [w.criterion for w in wishes] == sorted((w.criterion for w in wishes), key=lambda key: -tally.wishes[key])
    assert all(tally.wishes[w.criterion] >= 3 and w.share == share(tally.wishes[w.criterion], base) for w in wishes)
    if base < minimum:
        assert wishes == ()


@SOME
@given(tallies(), MINIMUMS)
def test_a_release_survives_being_written_down(tally, minimum):
    """A release read back from JSON is the same, down to the words."""
    released = release(tally, minimum=minimum)
    again = release_from_json(release_to_json(released))
    assert again == released
    assert [type(f.satisfied) for f in again.figures] == [type(f.satisfied) for f in released.figures]
    assert release_to_json(again) == release_to_json(released)


@SOME
@given(st.integers(0, 500), st.sampled_from((5, 8, 12)))
def test_while_open_only_a_band_is_said(people, minimum):
    """While a session is open: 0 below the minimum, then the minimum, then steps of five; never too many."""
    said = band(people, minimum)
    assert (said == 0) == (people < minimum)
    assert said <= people < max(said, minimum) + 5
    assert said in {0, minimum} or said % 5 == 0


def test_bands_are_those_of_the_design():
    """Fewer than 8, 8+, 10+, 15+, 20+ and so on."""
    assert [band(n) for n in (0, 7, 8, 9, 10, 14, 15, 19, 20, 24)] == [0, 0, 8, 8, 10, 10, 15, 15, 20, 20]


def test_the_ballots_are_asked_for_nothing_but_counts():
    """The order of the ballots leaves no trace in a release."""
    cast = [Ballot({"staff": 1 + n % 5}, None) for n in range(30)]
    assert release(count(1, 7, ASKED, cast)) == release(count(1, 7, ASKED, cast[::-1]))
    assert MINIMUM == 8


@pytest.mark.parametrize(
    ("phones", "told"),
    [
        ((1,) * 13, True),
        ((12, 1), False),
        ((3, 1, 1, 1, 1, 1), True),
        ((4, 1, 1, 1, 1), False),
        ((2, 2, 2, 2), True),
        ((12, 4), False),
        ((12, 5), True),
    ],
)
def test_what_one_phone_sent_can_not_be_taken_away(phones: tuple[int, ...], told: bool) -> None:
    """Seats let a household share a phone; they don't let one phone stand for the eight that protect a neighbour."""
    ballots = [
        Ballot({"water": 1 + number % 5}, None, phone=bytes([phone]))
        for phone, seats in enumerate(phones)
        for number in range(seats)
    ]
    released = release(count(1, 1, ("water",), ballots))
    assert (released.ballots is not None) is told
    assert bool(released.figures) is told
