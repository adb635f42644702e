"""Attacks on villages and their commune: by those who hold all releases, and know two phones' ballots in each."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from attack import Cell, World, learnt, tally_of
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, ballots

from scorecard.disclosure import Release, release
from scorecard.tally import EVERYBODY, Scores, Source, Tally, count, merge

POINT = 7


def all_releases(cells: Sequence[Cell], merges: Iterable[int], world: World) -> tuple[object, ...]:
    """The villages' releases, and those of the first so many villages merged, one after another."""
    tallies = [tally_of(cells, world, session) for session in sorted({cell.session for cell in cells})]
    own = [release(tally) for tally in tallies]
    merged: list[Release] = []
    for number, first in enumerate(merges):
        whole = merge(100 + number, ("a",), tallies[:first])
        merged.append(release(whole, [*own[:first], *merged]))
    return tuple((one.ballots, one.figures, one.merges) for one in (*own, *merged))


def villages(*people: int) -> list[Cell]:
    return [Cell(number, session=session) for session, number in enumerate(people, start=1)]


def households(*sizes: tuple[int, int]) -> list[Cell]:
    """Villages of so many women and so many men."""
    cells = ((Cell(w, "woman", session=i), Cell(m, "man", session=i)) for i, (w, m) in enumerate(sizes, start=1))
    return [cell for pair in cells for cell in pair if cell.people]


DEEP = pytest.mark.deep
COMMUNES = [
    (villages(8, 8), (2, 5), [2]),
    (villages(9, 12), (2, 5), [2]),
    pytest.param(villages(9, 8, 4, 4), (2, 5), [4], marks=DEEP),
    pytest.param(villages(8, 9, 8), (2, 5), [2, 3], marks=DEEP),
    pytest.param(villages(16, 8, 9, 1), (2, 5), [2, 4], marks=DEEP),
    pytest.param(households((4, 4), (4, 4)), (2, 5), [2], marks=DEEP),
    pytest.param(households((8, 8), (8, 0)), (2, 5), [2], marks=DEEP),
    pytest.param(villages(8, 8), (2, 4, 5), [2], marks=DEEP),
    pytest.param(villages(10, 20, 16), (2, 5), [2, 3], marks=DEEP),
    pytest.param(households((10, 9), (9, 10)), (2, 5), [2], marks=DEEP),
]


@pytest.mark.parametrize(("cells", "scores", "merges"), COMMUNES)
def test_nobody_is_certain_of_a_village(cells, scores, merges):
    """Of no group of any village it is certain that all, or none, of the others are satisfied; something is told."""
    told = []

    def shown(world: World) -> object:
        releases = all_releases(cells, merges, world)
        told.append(any(figures for _, figures, merged in releases if merged))
        return releases

    assert learnt(cells, shown, dict.fromkeys({cell.session for cell in cells}, 2), scores) == []
    assert any(told)


def test_a_whole_that_looks_at_nothing_but_itself_is_found_out():
    """The attack is no rubber stamp: merged as if nothing were known of its villages, the whole gives them away."""
    cells = villages(8, 9)

    def shown(world: World) -> object:
        parts = [tally_of(cells, world, session) for session in (1, 2)]
        whole = replace(merge(1, ("a",), parts), parts=())
        return tuple(release(tally).figures for tally in (*parts, whole))

    assert learnt(cells, shown, {1: 2, 2: 2}, (2, 5))


def test_a_count_put_right_after_the_whole_tells_nothing():
    """Before and after a correction, of one ballot or of twenty, the same is told of the village and of the whole."""
    cells = villages(12, 14)
    before, after = ((0, 6, 0, 6, 0), (0, 3, 0, 11, 0)), ((0, 5, 0, 7, 0), (0, 3, 0, 11, 0))
    first, others = tally_of(cells, before), tally_of(cells, before, 2)
    own = [release(first), release(others)]
    whole = release(merge(99, ("a",), [first, others]), own)
    for corrected in (tally_of(cells, after), tally_of(villages(32), ((0, 12, 0, 20, 0),))):
        again = release(corrected, [*own, whole])
        assert again == own[0]
        assert release(merge(99, ("a",), [corrected, others]), [*own, again, whole]) == whole


def wished(session: int, named: Sequence[int]) -> Tally:
    """A village in which so many people want each criterion repaired first; all gave a 3."""
    keys = tuple("abc"[: len(named)])
    scores = {(key, EVERYBODY): Scores(0, (0, 0, sum(named), 0, 0)) for key in keys}
    return Tally(session, POINT, Source.BALLOTS, keys, scores, dict(zip(keys, named, strict=True)))


def ways(people: int, criteria: int) -> list[tuple[int, ...]]:
    """All that so many people can wish."""
    all_ = itertools.combinations_with_replacement(range(criteria), people)
    return [tuple(map(way.count, range(criteria))) for way in all_]


@pytest.mark.parametrize(
    ("people", "criteria"),
    [
        ((8, 9), 2),
        ((14, 12), 2),
        pytest.param((20, 23), 2, marks=DEEP),
        pytest.param((8, 9), 3, marks=DEEP),
    ],
)
def test_nobody_is_certain_of_a_village_s_wishes(people: tuple[int, ...], criteria: int) -> None:
    """It is never certain that all, or none, of the others in a village named a criterion; two are known in each."""
    behind: dict[object, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for world in itertools.product(*(ways(number, criteria) for number in people)):
        tallies = [wished(number, named) for number, named in enumerate(world, start=1)]
        own = [release(tally) for tally in tallies]
        whole = release(merge(99, tallies[0].asked, tallies), own)
        behind[tuple(one.wishes for one in (*own, whole))].append(world)
    assert any(whole for *_, whole in behind)
    few = [way for number in range(3) for way in ways(number, criteria)]
    for alike, known in itertools.product(behind.values(), itertools.product(few, repeat=len(people))):
        left = [world for world in alike if all(map(_holds, world, known))]
        for village, wish in itertools.product(range(len(people)), range(criteria)) if left else ():
            others = people[village] - sum(known[village])
            named = {world[village][wish] - known[village][wish] for world in left}
            assert named not in ({0}, {others}), (known, left[:3])


def _holds(named: Sequence[int], some: Sequence[int]) -> bool:
    return all(a >= b for a, b in zip(named, some, strict=True))


@st.composite
def communes(draw) -> tuple[list[Tally], list[Release]]:
    """Villages of 0 to 30 ballots, and all that is released of them, while more and more of them are merged."""
    tallies = [
        count(number, POINT, ASKED, cast)
        for number, cast in enumerate(draw(st.lists(ballots(most=30), min_size=2, max_size=5)), start=1)
    ]
    merges = sorted(draw(st.sets(st.integers(2, len(tallies)), min_size=1)))
    own = [release(tally) for tally in tallies]
    merged: list[Release] = []
    for number, first in enumerate(merges):
        merged.append(release(merge(100 + number, ASKED, tallies[:first]), [*own[:first], *merged]))
    return tallies, [*own, *merged]


def worked_out(sums: Sequence[frozenset[int]], people: dict[int, int], most: int) -> Iterator[tuple[int, ...]]:
    """The villages with up to so many ballots together, that adding and subtracting told numbers can single out."""
    reached, fresh = set(sums), set(sums)
    while fresh:
        pairs = itertools.product(fresh, reached)
        fresh = {new for a, b in pairs for new in _combined(a, b)} - reached
        reached |= fresh
    yield from (tuple(sorted(some)) for some in reached if 0 < sum(people[village] for village in some) <= most)


def _combined(one: frozenset[int], other: frozenset[int]) -> Iterator[frozenset[int]]:
    if one > other:
        yield one - other
    if other > one:
        yield other - one
    if not one & other:
        yield one | other


@examples(30)
@given(communes())
def test_no_sum_or_difference_of_ballots_counts_one_to_seven(commune):
    """The numbers of ballots that are told can't be added and subtracted so that one to seven people are left."""
    tallies, releases = commune
    people = {tally.session: tally.ballots for tally in tallies}
    told = [frozenset(one.merges or (one.session,)) for one in releases if one.ballots is not None]
    assert not [some for some in worked_out(told, people, 7) if sum(people[village] for village in some)]


def test_a_difference_would_be_found():
    """The search is no rubber stamp: three people are what one told sum leaves of another."""
    people = {1: 8, 2: 3, 3: 9}
    assert list(worked_out([frozenset({1, 2, 3}), frozenset({1, 3})], people, 7)) == [(2,)]
    assert list(worked_out([frozenset({1, 2, 3})], people, 7)) == []
