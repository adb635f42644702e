"""Attacks on the groups of one session, and on wishes and order: two phones' ballots known, and every group's size."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from attack import Cell, Counts, World, learnt, tally_of

from scorecard.disclosure import release
from scorecard.tally import EVERYBODY, Scores, Source, Tally

TWO_PHONES = {1: 2}


def shown(cells: Sequence[Cell], world: World) -> object:
    released = release(tally_of(cells, world))
    return released.ballots, released.figures


def gender(woman: int, man: int, silent: int = 0) -> list[Cell]:
    return [cell for cell in (Cell(woman, "woman"), Cell(man, "man"), Cell(silent)) if cell.people]


DEEP = pytest.mark.deep
VILLAGES = [
    (gender(9, 8), (2, 4)),
    (gender(10, 10, 3), (2, 4)),
    (gender(13, 8, 1), (2, 4)),
    pytest.param(gender(9, 8), (3, 4, 5), marks=DEEP),
    pytest.param(gender(8, 8), (2, 3, 4), marks=DEEP),
    pytest.param(gender(20, 17, 3), (2, 4), marks=DEEP),
    pytest.param(gender(12, 11, 2), (2, 5), marks=DEEP),
]


@pytest.mark.parametrize(("cells", "scores"), VILLAGES)
def test_nobody_is_certain_of_a_group(cells: list[Cell], scores: Counts) -> None:
    """Of women, men, and those who did not say, it is never certain that all, or none, of the others are satisfied."""
    told = []

    def seen(world: World) -> object:
        released = shown(cells, world)
        told.append(released)
        return released

    assert learnt(cells, seen, TWO_PHONES, scores) == []
    assert any(figure.group != EVERYBODY for _, figures in told for figure in figures)


@pytest.mark.parametrize(("woman", "man"), [(8, 8), (10, 10)])
def test_who_looks_at_the_counts_is_found_out(woman: int, man: int) -> None:
    """A door that tells a group wherever it isn't of one mind gives away where it is: by what is missing."""
    cells = gender(woman, man)

    def looks_at_counts(world: World) -> object:
        tally = tally_of(cells, world)
        figures = release(tally).figures
        mixed = [f for f in figures if 0 < tally.of("a", f.group).satisfied < tally.of("a", f.group).base]
        return replace(release(tally), figures=tuple(mixed))

    assert learnt(cells, looks_at_counts, TWO_PHONES, (2, 4))


MIXED = [Cell(5, "woman", "youth"), Cell(5, "woman", "older"), Cell(4, "man", "youth"), Cell(4, "man", "older")]


def test_two_dimensions_tell_no_more_of_a_group() -> None:
    """What women and men, and young and older people, are told to say never makes it certain of one of them."""
    assert learnt(MIXED, lambda world: shown(MIXED, world), {1: 1}, (2, 4)) == []


def wished(people: int, named: Counts) -> Tally:
    """A village in which so many want each criterion repaired first; all gave a 3."""
    keys = tuple("abcdef"[: len(named)])
    scores = {(key, EVERYBODY): Scores(0, (0, 0, people, 0, 0)) for key in keys}
    return Tally(1, 7, Source.BALLOTS, keys, scores, dict(zip(keys, named, strict=True)))


def ways(people: int, criteria: int) -> Iterator[Counts]:
    """All that so many people can wish."""
    for way in itertools.combinations_with_replacement(range(criteria), people):
        yield tuple(map(way.count, range(criteria)))


@pytest.mark.parametrize(
    ("people", "criteria"),
    [
        (8, 4),
        (10, 4),
        (12, 3),
        (16, 3),
        (20, 3),
        (40, 2),
        pytest.param(23, 4, marks=DEEP),
        pytest.param(15, 5, marks=DEEP),
    ],
)
def test_nobody_is_certain_of_wishes(people: int, criteria: int) -> None:
    """It is never certain that all, or none, of the others named a criterion: not by what is told, or its order."""
    behind: dict[object, list[Counts]] = defaultdict(list)
    for named in ways(people, criteria):
        behind[release(wished(people, named)).wishes].append(named)
    assert len(behind) > 1
    for alike, known in itertools.product(behind.values(), [*ways(1, criteria), *ways(2, criteria)]):
        left = [named for named in alike if all(n >= k for n, k in zip(named, known, strict=True))]
        for wish in range(criteria) if left else ():
            others = {named[wish] - known[wish] for named in left}
            assert others not in ({0}, {people - sum(known)}), (known, wish, left)


@pytest.mark.parametrize("people", [8, 12, 20, 30, 40, 60])
def test_a_wish_is_named_from_three_people_beside_two(people: int) -> None:
    """Five people of whom two may be known are the fewest behind a wish that is named, and the share is true."""
    for first in range(people + 1):
        for wish in release(wished(people, (first, people - first, 0))).wishes:
            assert {"a": first, "b": people - first}[wish.criterion] >= 5


def test_what_most_want_is_told_in_small_villages() -> None:
    """Eight people of whom six want the same: that is told; of ten, five against five, one half is."""
    assert [wish.criterion for wish in release(wished(8, (1, 6, 1))).wishes] == ["b"]
    assert [(wish.criterion, wish.share) for wish in release(wished(10, (5, 5, 0))).wishes] == [("a", "about half")]
    assert [wish.share for wish in release(wished(40, (17, 15, 8))).wishes] == ["about half", "few", "few"]


def test_order_follows_from_what_is_told_of_wishes() -> None:
    """Of two wishes with the same share the one higher up on the card comes first, however many named each."""
    assert release(wished(40, (17, 19, 4))).wishes == release(wished(40, (19, 17, 4))).wishes
