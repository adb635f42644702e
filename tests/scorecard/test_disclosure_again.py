"""The disclosure door when something was released before: what was told stands."""

from dataclasses import replace

import pytest
from made_up import tally_of

from scorecard.disclosure import release
from scorecard.tally import Source, merge


def village(people: int):
    """A tally of this many people, of whom one in five gave each score."""
    return tally_of(tuple(people // 5 + (score < people % 5) for score in range(5)))


@pytest.mark.parametrize("more", [-8, -7, -1, 0, 1, 7, 8, 20])
def test_a_count_that_is_put_right_changes_nothing(more):
    """Beside the earlier release another one would tell of those who make the difference."""
    earlier = release(village(25))
    assert release(village(25 + more), [earlier]) is earlier
    other_scores = tally_of((0, 0, 0, 0, 25 + more))
    assert release(other_scores, [earlier]) is earlier


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


def test_too_few_that_were_merged_are_not_told_alone_any_more():
    """What the whole told of them was checked beside their silence."""
    few, many = replace(village(5), session=2), replace(village(40), session=3)
    others = replace(village(5), session=4)
    own = [release(few), release(many), release(others)]
    whole = release(merge(9, ("a",), [few, many, others]), own)
    assert whole.merges == (2, 3, 4)
    assert release(replace(village(30), session=2), [*own, whole]).ballots is None
