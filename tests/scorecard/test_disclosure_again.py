"""The disclosure door when something was released before."""

from dataclasses import replace

import pytest
from hypothesis import given
from made_up import SOME, tallies, tally_of

from scorecard.disclosure import release
from scorecard.tally import Source


def village(people: int):
    """A tally of this many people, of whom one in five gave each score."""
    return tally_of(tuple(people // 5 + (score < people % 5) for score in range(5)))


@pytest.mark.parametrize("more", [*range(-7, 8)])
def test_a_few_late_ballots_change_nothing(more):
    """The earlier release stands while fewer than eight ballots came or went: they could be subtracted."""
    earlier = release(village(25))
    assert release(village(25 + more), [earlier]) is earlier


@pytest.mark.parametrize("more", [-8, 8, 20])
def test_enough_new_ballots_are_released(more):
    """From eight ballots of difference on there is a new release."""
    assert release(village(25 + more), [release(village(25))]).ballots == 25 + more


def test_every_earlier_release_counts():
    """A count near to any earlier one is held back, not only near to the last."""
    earlier = [release(village(20)), release(village(30))]
    assert release(village(22), earlier) is earlier[-1]


@pytest.mark.parametrize("other", [{"session": 2}, {"point": 8}, {"source": Source.KIOSK}])
def test_other_sessions_points_and_sources_do_not_matter(other):
    """What was released of another session, service point or source holds nothing back."""
    earlier = replace(release(village(25)), **other)
    assert release(village(27), [earlier]).ballots == 27


def test_too_few_before_hold_nothing_back_but_more_of_them():
    """After "too few", eight ballots are released; still too few look the same as before."""
    earlier = release(village(3))
    assert release(village(7), [earlier]) == earlier
    assert release(village(8), [earlier]).ballots == 8


@pytest.mark.parametrize(
    ("scored", "unsure", "told"),
    [(8, 0, True), (0, 8, True), (9, 11, True), (7, 1, False), (1, 8, False), (8, 1, False)],
)
def test_counts_that_differ_by_a_few_are_not_told_twice(scored, unsure, told):
    """New ballots of which 1 to 7 scored a criterion, or didn't know it, give no exact counts beside the old ones."""
    earlier = release(tally_of((4, 4, 4, 4, 4), dont_know=8))
    released = release(tally_of((4, 4, 4 + scored, 4, 4), dont_know=8 + unsure), [earlier])
    assert released.ballots == 28 + scored + unsure
    assert (released.figures[0].bins is not None) == told


@SOME
@given(tallies(least=20), tallies(least=20))
def test_two_sets_of_counts_never_differ_by_one_to_seven(first, second):
    """Whatever came before, bases told exactly, and ballots, differ by none or by eight and more."""
    one = release(first)
    other = release(second, [one])
    for figure in other.figures if other is not one else ():
        before = one.figure(figure.criterion, figure.group)
        if figure.bins and before and before.bins:
            differences = [other.ballots - one.ballots]
            differences.append(sum(b.people for b in figure.bins) - sum(b.people for b in before.bins))
            differences.append(differences[0] - differences[1])
            assert all(d == 0 or abs(d) >= 8 for d in differences)
