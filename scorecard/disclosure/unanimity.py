"""Whether a figure would make certain that all, or none, in some group are satisfied.

Worked out as by somebody who holds what was released before, knows how many people are in each group (a villager
might), and knows this rule. It is decided without looking at the figure itself: so that one is missing tells nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from scorecard.disclosure.bounds import Cell, Cells, Sum, ends
from scorecard.disclosure.intervals import CUTS, between, looks
from scorecard.disclosure.release import EXACT_FROM, Release
from scorecard.tally import DIMENSIONS, EVERYBODY, Tally


@dataclass(frozen=True, slots=True)
class Told:
    """What was released of some sessions."""

    rows: frozenset[int]
    release: Release


def stays_open(parts: Mapping[int, Tally], told: Sequence[Told], key: str, group: str) -> bool:
    """Whether no group of a session would certainly be of one mind if a figure were told of all sessions.

    parts: the tally of each session; told: what was told before of some of them, and of all.
    """
    _, base = _given(parts, parts, key, group, CUTS[0])
    column = None if group == EVERYBODY else group
    return not any(
        settles(
            _cells(parts, key, dimension, cut),
            [one for release in told for one in _sums(parts, release, key, dimension, cut)],
            frozenset(parts),
            column,
            partial(looks, base=base, cut=cut),
        )
        for dimension in DIMENSIONS
        if column is None or column in dimension
        for cut in CUTS
    )


def settles(
    cells: Cells,
    known: list[Sum],
    rows: frozenset[int],
    column: str | None,
    looks_like: Callable[[int], object],
) -> bool:
    """Whether telling a sum roughly could make a cell certain.

    How far a cell's own ends lie apart is a concave function of the sum. So only at one of the sum's ends can a
    cell become certain, and only if the next sum looks different from that.
    """
    low, high = ends(cells, known, rows, column)
    if low.yes == high.yes:
        return False
    return any(
        looks_like(end.yes) != looks_like(end.yes + inwards) and end.settles_a_cell()
        for end, inwards in ((low, 1), (high, -1))
    )


def counted(part: Tally, key: str, group: str) -> bool:
    """Whether a session's counts are still there: those that were released are."""
    return not part.erased or key not in part.asked or (key, group) in part.scores


def _cells(parts: Mapping[int, Tally], key: str, dimension: tuple[str, ...], cut: int) -> dict[Cell, tuple[int, int]]:
    """Of each session's groups, and of its people in none: how many gave `cut` or better, and how many there are."""
    cells = {}
    for row, part in parts.items():
        everybody = part.of(key)
        rest = [sum(everybody.given[cut - 1 :]), everybody.base]
        for group in dimension:
            if counted(part, key, group):
                scores = part.of(key, group)
                cells[row, group] = sum(scores.given[cut - 1 :]), scores.base
                rest = [rest[0] - cells[row, group][0], rest[1] - scores.base]
        cells[row, ""] = rest[0], rest[1]
    return cells


def _sums(parts: Mapping[int, Tally], told: Told, key: str, dimension: tuple[str, ...], cut: int) -> Iterator[Sum]:
    """What a release tells of everybody, which the other dimension's groups do too, and of a dimension's groups."""
    if told.release.figure(key) is None:
        return
    yes, base = _given(parts, told.rows, key, EVERYBODY, cut)
    counts = base >= EXACT_FROM and not told.release.merges
    yield Sum(told.rows, None, *between(yes, base, cut, counts=counts))
    for groups in DIMENSIONS:
        least, most, others = 0, 0, base
        for group in groups:
            if told.release.figure(key, group) is not None:
                yes, people = _given(parts, told.rows, key, group, cut)
                fewest, greatest = between(yes, people, cut)
                least, most, others = least + fewest, most + greatest, others - people
                if groups == dimension:
                    yield Sum(told.rows, group, fewest, greatest)
        yield Sum(told.rows, None, least, most + others)


def _given(parts: Mapping[int, Tally], rows: Iterable[int], key: str, group: str, cut: int) -> tuple[int, int]:
    """How many in a group gave `cut` or better, and how many there are."""
    scores = [parts[row].of(key, group) for row in rows]
    return sum(sum(one.given[cut - 1 :]) for one in scores), sum(one.base for one in scores)
