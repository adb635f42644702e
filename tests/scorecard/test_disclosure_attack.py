"""Somebody who knows how the door works lists every tally that could be behind a release, and looks for certainty.

They know the rules, and everything in the release. What holds in all tallies that look the same is certain to them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from made_up import tally_of

from scorecard.disclosure import Figure, Wish, release
from scorecard.tally import EVERYBODY, Scores, Source, Tally

Counts = tuple[int, ...]


def splits(people: int, parts: int) -> Iterator[Counts]:
    """All ways to divide people into this many parts, of which some may be empty."""
    if parts == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in splits(people - first, parts - 1))


def lookalikes(people: int, unsure: Iterable[int], minimum: int = 8) -> dict[Figure, list[tuple[int, Counts]]]:
    """For each figure of everybody: the people who don't know, and the counts, of all tallies that lead to it."""
    behind = defaultdict(list)
    for dont_know in unsure:
        for given in splits(people - dont_know, 5):
            for figure in release(tally_of(given, dont_know=dont_know), minimum=minimum).figures:
                behind[figure].append((dont_know, given))
    return behind


@pytest.mark.parametrize(("people", "minimum"), [(5, 5), (6, 5), (7, 5), (8, 8), (9, 8), (10, 8), (13, 8), (15, 8)])
def test_nobody_can_be_sure_of_everybody(people, minimum):
    """From a word and a median it is never certain that all, or none, are satisfied, or that all said the same."""
    for tallies in lookalikes(people, range(people + 1), minimum).values():
        satisfied = {(given[3] + given[4], sum(given)) for _, given in tallies}
        assert not all(part == base for part, base in satisfied)
        assert not all(part == 0 for part, _ in satisfied)
        assert not all(max(given) == sum(given) for _, given in tallies)


@pytest.mark.parametrize("people", [20, 22])
def test_exact_counts_tell_no_small_one(people):
    """Exact counts, share and median together never tell that exactly one or two gave a score, or are content."""
    for figure, tallies in lookalikes(people, [0]).items():
        if figure.bins:
            for score in range(5):
                assert {given[score] for _, given in tallies} not in ({1}, {2})
        satisfied = {given[3] + given[4] for _, given in tallies}
        assert satisfied.isdisjoint({0, 1, 2}) or len(satisfied) > 1
        assert satisfied.isdisjoint({people - 2, people - 1, people}) or len(satisfied) > 1


def test_exact_counts_tell_nobody_who_does_not_know():
    """Where exact counts are told, ballots minus their sum is nobody, or at least eight people."""
    told = 0
    for base in range(20, 32):
        for figure in release(tally_of((4, base - 16, 4, 4, 4), dont_know=31 - base)).figures:
            if figure.bins:
                told += 1
                assert 31 - sum(b.people for b in figure.bins) not in range(1, 8)
    assert told == 5


def two_groups(people: int, scores: Counts, minimum: int) -> Iterator[tuple[Tally, tuple[int, int], tuple[int, int]]]:
    """All tallies of women and men who used these scores only, with women and men satisfied, and all of them."""

    def spread(counts: Counts) -> Counts:
        return tuple(counts[scores.index(s)] if s in scores else 0 for s in range(1, 6))

    for women in range(minimum, people - minimum + 1):
        for hers in map(spread, splits(women, len(scores))):
            for his in map(spread, splits(people - women, len(scores))):
                everybody = tuple(a + b for a, b in zip(hers, his, strict=True))
                tally = tally_of(everybody, groups={"woman": hers, "man": his})
                yield tally, (sum(hers[3:]), sum(his[3:])), (women, people - women)


@pytest.mark.parametrize(
    ("people", "scores", "minimum"),
    [
        (10, (2, 3, 4), 5),
        (12, (3, 4, 5), 5),
        (16, (2, 3, 4), 8),
        (20, (3, 4), 8),
        pytest.param(18, (2, 3, 4), 8, marks=pytest.mark.deep),
        pytest.param(20, (2, 3, 4), 8, marks=pytest.mark.deep),
    ],
)
def test_no_group_is_shown_to_be_of_one_mind(people, scores, minimum):
    """Subtracting one group from everybody never makes it certain that all, or none, in the other are satisfied."""
    behind = defaultdict(list)
    for tally, satisfied, bases in two_groups(people, scores, minimum):
        behind[release(tally, minimum=minimum).figures].append((satisfied, bases))
    assert any(len(figures) == 3 for figures in behind)
    for tallies in behind.values():
        for group in (0, 1):
            assert not all(satisfied[group] == bases[group] for satisfied, bases in tallies)
            assert not all(satisfied[group] == 0 for satisfied, bases in tallies)


def test_a_known_leak_of_women_and_men_is_closed():
    """14 of 16 content, and 6 of 8 men: "almost all" women would be all of them, so no group is told."""
    tally = tally_of((0, 2, 0, 14, 0), groups={"woman": (0, 0, 0, 8, 0), "man": (0, 2, 0, 6, 0)})
    assert [figure.group for figure in release(tally).figures] == [EVERYBODY]


def test_a_known_leak_of_exact_counts_is_closed():
    """One of twenty discontent: merged with the content ones, the share would still tell that it is exactly one."""
    assert release(tally_of((0, 0, 1, 2, 17))).figures[0].bins is None
    assert release(tally_of((9, 1, 3, 4, 3))).figures[0].bins is None


@pytest.mark.parametrize("people", [8, 9, 10, 12])
def test_wishes_never_show_that_all_agree(people):
    """It is never certain that everybody who named something to repair named the same."""
    keys = ("a", "b", "c", "d")
    behind: dict[tuple[Wish, ...], list[Counts]] = defaultdict(list)
    scores = {(key, EVERYBODY): Scores(0, (0, 0, people, 0, 0)) for key in keys}
    for silent, *named in splits(people, 5):
        tally = Tally(1, 7, Source.BALLOTS, keys, scores, dict(zip(keys, named, strict=True)))
        behind[release(tally).wishes].append((silent, *named))
    for wishes, tallies in behind.items():
        if wishes:
            assert not any(all(named[i] == sum(named) for _, *named in tallies) for i in range(4))
