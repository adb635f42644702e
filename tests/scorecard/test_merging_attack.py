"""Somebody who knows the door, holds every release, and knows how many people each group of each village has.

They list all that people may have answered, and keep what would have led to the very releases that they hold. What
holds in all of these is certain to them.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, SOME, ballots

from scorecard.disclosure import Release, release
from scorecard.tally import DIMENSIONS, EVERYBODY, Scores, Source, Tally, count, merge

Counts = tuple[int, ...]
POINT = 7


@dataclass(frozen=True)
class Village:
    """How many women, men, and people who skipped that, scored one criterion."""

    woman: int = 0
    man: int = 0
    silent: int = 0

    @property
    def people(self) -> int:
        return self.woman + self.man + self.silent


def spread(people: int, scores: Sequence[int]) -> list[Counts]:
    """All ways in which people can have given these scores."""
    ways = itertools.combinations_with_replacement(scores, people)
    return [tuple(way.count(score) for score in range(1, 6)) for way in ways]


def village_tally(session: int, cells: Sequence[Counts]) -> Tally:
    """A village's tally: counts of women, men, and those who skipped that."""
    everybody = tuple(map(sum, zip(*cells, strict=True)))
    groups = zip((EVERYBODY, "woman", "man"), (everybody, *cells), strict=False)
    return Tally(session, POINT, Source.BALLOTS, ("a",), {("a", g): Scores(0, c) for g, c in groups}, {}, 1)


def said(released: Release) -> tuple[object, ...]:
    return released.ballots, released.figures, released.ranked, released.merges


def worlds(villages: Sequence[Village], scores: Sequence[int]) -> Iterator[list[list[Counts]]]:
    """All that may have been answered: for each village, the counts of its women, its men, its silent."""
    each = [
        [list(cells) for cells in itertools.product(*(spread(n, scores) for n in (v.woman, v.man, v.silent)))]
        for v in villages
    ]
    yield from (list(world) for world in itertools.product(*each))


def all_releases(tallies: Sequence[Tally], merges: Iterable[int]) -> tuple[list[Release], list[Release]]:
    """The villages' releases, and those of the first so many villages merged, one after another."""
    own = [release(tally) for tally in tallies]
    merged: list[Release] = []
    for number, first in enumerate(merges):
        whole = merge(100 + number, ("a",), tallies[:first])
        merged.append(release(whole, [*own[:first], *merged]))
    return own, merged


def certain(
    villages: Sequence[Village], scores: Sequence[int], merges: Sequence[int]
) -> tuple[int, set[tuple[int, int, bool]]]:
    """How often something merged was told, and the (village, group, all or none) that anybody can be certain of."""
    behind: dict[object, list[tuple[bool, ...]]] = defaultdict(list)
    told = 0
    for world in worlds(villages, scores):
        own, merged = all_releases([village_tally(i, cells) for i, cells in enumerate(world, start=1)], merges)
        told += sum(len(one.figures) for one in merged)
        minds = [(sum(cell[3:]) == sum(cell), sum(cell[3:]) == 0) for cells in world for cell in cells if sum(cell)]
        behind[tuple(map(said, (*own, *merged)))].append(tuple(itertools.chain(*minds)))
    groups = [(i, j) for i, v in enumerate(villages) for j, n in enumerate((v.woman, v.man, v.silent)) if n]
    names = [(*group, mind) for group in groups for mind in (True, False)]
    sure = {names[n] for minds in behind.values() for n in range(len(names)) if all(mind[n] for mind in minds)}
    return told, sure


HOUSEHOLDS = [
    ([Village(silent=8), Village(silent=8)], (2, 4, 5), [2]),
    ([Village(silent=8), Village(silent=9), Village(silent=8)], (2, 5), [2, 3]),
    ([Village(silent=9), Village(silent=4), Village(silent=4)], (2, 5), [3]),
    ([Village(4, 4), Village(4, 4)], (2, 5), [2]),
    ([Village(8, 8), Village(8, 0)], (2, 5), [2]),
    pytest.param([Village(silent=8), Village(silent=9)], (3, 4, 5), [2], marks=pytest.mark.deep),
    pytest.param([Village(silent=8), Village(silent=12), Village(silent=10)], (2, 5), [2, 3], marks=pytest.mark.deep),
]


@pytest.mark.parametrize(("villages", "scores", "merges"), HOUSEHOLDS)
def test_nobody_is_certain_of_a_group(villages, scores, merges):
    """Of no group of any village it is ever certain that all, or none, are satisfied; and yet something is told."""
    told, sure = certain(villages, scores, merges)
    assert told
    assert sure == set()


@pytest.mark.parametrize("village", [Village(8, 9), pytest.param(Village(8, 12), marks=pytest.mark.deep)])
def test_nobody_is_certain_within_a_village(village):
    """The same for one village alone, whose people used three scores: that no group is told tells nothing either."""
    assert certain([village], (3, 4, 5), [])[1] == set()


def test_a_known_leak_of_two_villages_is_closed():
    """Eight of eight content, and few of twelve: the share of both together would show that it was all eight."""
    cells = [[(0, 0, 0, 0, 0)] * 2 + [given] for given in ((0, 0, 0, 8, 0), (0, 7, 0, 5, 0))]
    own, (whole,) = all_releases([village_tally(number, c) for number, c in enumerate(cells, start=1)], [2])
    assert [one.figure("a").satisfied for one in own] == ["almost all", "about half"]
    assert whole.ballots == 20
    assert whole.figures == ()


def wished(session: int, named: Counts) -> Tally:
    """A village in which so many people want each criterion repaired first; all gave a 3."""
    keys = tuple("abcd"[: len(named)])
    scores = {(key, EVERYBODY): Scores(0, (0, 0, sum(named), 0, 0)) for key in keys}
    return Tally(session, POINT, Source.BALLOTS, keys, scores, dict(zip(keys, named, strict=True)), 1)


@pytest.mark.parametrize("people", [(8, 9), (8, 13), (10, 10), (12, 4, 4)])
def test_wishes_never_show_that_all_in_a_village_agree(people):
    """It is never certain that everybody in a village who named something to repair named the same."""
    behind: dict[object, list[tuple[bool, ...]]] = defaultdict(list)
    ways = [
        [tuple(map(way.count, (0, 1))) for way in itertools.combinations_with_replacement((0, 1), n)] for n in people
    ]
    for world in itertools.product(*ways):
        tallies = [wished(number, named) for number, named in enumerate(world, start=1)]
        own = [release(tally) for tally in tallies]
        whole = release(merge(99, ("a", "b"), tallies), own)
        agreed = tuple(count == sum(named) for named in world for count in named)
        behind[tuple(one.wishes for one in (*own, whole))].append(agreed)
    assert any(whole for *_, whole in behind)
    for worlds_ in behind.values():
        assert not any(all(agreed) for agreed in zip(*worlds_, strict=True))


@pytest.mark.parametrize(
    ("villages", "one", "other"),
    [
        ([Village(8, 8), Village(8, 8)], [(0, 3), (0, 4)], [(0, 3), (1, 4)]),
        ([Village(8, 12), Village(8, 8)], [(0, 0), (0, 4)], [(1, 0), (0, 4)]),
        ([Village(8, 12), Village(8, 8)], [(0, 2), (0, 4)], [(1, 2), (0, 4)]),
    ],
)
def test_known_leaks_of_missing_figures_are_closed(villages, one, other):
    """Two worlds that differ in who is content lead to the same releases: what is missing depends on what is told."""

    def released(content: Sequence[Sequence[int]]) -> list[object]:
        cells = [
            [*((0, n - yes, 0, 0, yes) for n, yes in zip((v.woman, v.man), yeses, strict=True)), (0,) * 5]
            for v, yeses in zip(villages, content, strict=True)
        ]
        own, merged = all_releases([village_tally(number, c) for number, c in enumerate(cells, start=1)], [2])
        return [said(release_) for release_ in (*own, *merged)]

    assert released(one) == released(other)


def told_sets(tallies: Sequence[Tally], releases: Iterable[Release]) -> dict[object, list[dict[object, int]]]:
    """For each criterion and dimension, the sums that were told, each as its cells (village, group) and their people.

    Ballots are a criterion of their own: each village is one cell.
    """
    by_session = {tally.session: tally for tally in tallies}
    told: dict[object, list[dict[object, int]]] = defaultdict(list)
    for one in releases:
        if one.ballots is None:
            continue
        rows = [by_session[session] for session in one.merges or (one.session,)]
        told["ballots"].append({(tally.session, ""): tally.ballots for tally in rows})
        for figure, dimension in itertools.product(one.figures, DIMENSIONS):
            if figure.group in (EVERYBODY, *dimension):
                cells = {}
                for tally in rows:
                    groups = {group: tally.of(figure.criterion, group).base for group in dimension}
                    groups[""] = tally.of(figure.criterion).base - sum(groups.values())
                    cells |= {(tally.session, g): n for g, n in groups.items() if figure.group in (EVERYBODY, g)}
                told[figure.criterion, dimension].append(cells)
    return told


def worked_out(sums: Sequence[dict[object, int]], most: int) -> Iterator[tuple[object, ...]]:
    """The sets of cells with up to so many people, that adding and subtracting told sums can single out."""
    people = {cell: n for one in sums for cell, n in one.items() if n}
    rows = independent([cell in one for cell in people] for one in sums)
    small = [cell for cell, n in people.items() if n <= most]
    for size in range(1, most + 1):
        for cells in itertools.combinations(small, size):
            few = sum(people[cell] for cell in cells) <= most
            if few and not any(beyond(rows, [cell in cells for cell in people])):
                yield cells


PRIME = 2**61 - 1
"""Sums are reckoned modulo this, which is faster than fractions and the same: no determinant of 0 and 1 with as few
rows as here is as large (Hadamard: of 32 rows, below 2 ** 52)."""


def independent(rows: Iterable[Sequence[int]]) -> dict[int, list[int]]:
    """Rows from which all of these can be added up, none of them from the others (Gauss): by where they begin."""
    kept: dict[int, list[int]] = {}
    for row in rows:
        left = beyond(kept, row)
        if any(left):
            lead = next(i for i, value in enumerate(left) if value)
            inverse = pow(left[lead], -1, PRIME)
            kept[lead] = [value * inverse % PRIME for value in left]
    return kept


def beyond(rows: dict[int, list[int]], wanted: Sequence[int]) -> list[int]:
    """What is left of a row once all is taken away that these rows can be added up to: nothing, if it is all."""
    left = [int(value) for value in wanted]
    for lead, row in rows.items():
        if times := left[lead]:
            left = [(a - b * times) % PRIME for a, b in zip(left, row, strict=True)]
    return left


@st.composite
def communes(draw) -> tuple[list[Tally], list[Release]]:
    """Villages of 0 to 30 ballots, and all that is released of them, while more and more of them are merged."""
    tallies = [
        replace(count(number, POINT, ASKED, cast), largest_phone=1 if cast else 0)
        for number, cast in enumerate(draw(st.lists(ballots(most=30), min_size=2, max_size=5)), start=1)
    ]
    merges = sorted(draw(st.sets(st.integers(2, len(tallies)), min_size=1)))
    own = [release(tally) for tally in tallies]
    merged: list[Release] = []
    for number, first in enumerate(merges):
        merged.append(release(merge(100 + number, ASKED, tallies[:first]), [*own[:first], *merged]))
    return tallies, [*own, *merged]


@SOME
@given(communes())
def test_no_sum_or_difference_describes_one_to_seven(commune):
    """No told figures, ballots included, can be added and subtracted so that one to seven people are left."""
    for sums in told_sets(*commune).values():
        assert not list(worked_out(sums, 7))


def test_a_difference_would_be_found():
    """The search is no rubber stamp: three people are what two told sums leave of a third, and nothing else is."""
    sums = [{"a": 8, "b": 3, "c": 9}, {"a": 8, "c": 9}, {"c": 9}]
    assert list(worked_out(sums, 7)) == [("b",)]
    assert list(worked_out(sums[:1], 7)) == []
    assert list(worked_out([{"a": 3, "b": 9}, {"b": 9, "c": 3}, {"a": 3, "c": 3}], 7)) == [("a",), ("c",), ("a", "c")]
