"""What somebody can reckon who knows how many people are in each cell of a table, and some of its sums roughly.

The table has a row for each session and a column for each group; a cell's people said yes or no to something. The
sums that are known form a network in which the people who said yes flow: from the rows' sums through the cells into
the columns' sums. So the least and the most that a sum can be, and whether a cell is certain there, are found
exactly, by pushing flow around (Ford and Fulkerson).
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Cell = tuple[int, str]
"""A row and a column."""

Cells = Mapping[Cell, tuple[int, int]]
"""How many people of each cell said yes, and how many people there are."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The yeses in some rows, and one column or (None) all, are known to be at least `least` and at most `most`.

    Of two sums of one column, or of all columns, one has all rows of the other, or they have none in common.
    """

    rows: frozenset[int]
    column: str | None
    least: int
    most: int


class End:
    """The least or the most that a sum can be: so many yeses."""

    def __init__(self, arcs: "list[_Arc]", way: int) -> None:
        self._arcs, self._from = arcs, defaultdict[_Node, list[_Step]](list)
        for arc in arcs:
            self._from[arc.tail].append((arc, 1))
            self._from[arc.head].append((arc, -1))
        while self._push(arcs[0], way):
            pass
        self.yes = arcs[0].now
        arcs[0].least = arcs[0].most = self.yes

    def settles_a_cell(self) -> bool:
        """Whether at this end it would be certain of some cell that all its people said yes, or none."""
        at_an_end = [arc for arc in self._arcs if arc.cell and arc.most and arc.now in {0, arc.most}]
        return any(not self._push(arc, 1 if arc.now == 0 else -1) for arc in at_an_end if arc.now in {0, arc.most})

    def _push(self, pushed: "_Arc", way: int) -> bool:
        """Send as much more (or less) as fits along an arc and back by others; False where none fits."""
        start, goal = (pushed.head, pushed.tail) if way == 1 else (pushed.tail, pushed.head)
        came: dict[_Node, _Step] = {}
        waiting = deque([start])
        while waiting and goal not in came and start != goal:
            for arc, sign in self._from[waiting.popleft()]:
                to = arc.head if sign == 1 else arc.tail
                if to != start and to not in came and arc is not pushed and _room(arc, sign):
                    came[to] = arc, sign
                    waiting.append(to)
        if start != goal and goal not in came:
            return False
        path, node = [(pushed, way)], goal
        while node != start:
            arc, sign = came[node]
            path.append((arc, sign))
            node = arc.tail if sign == 1 else arc.head
        step = min(_room(arc, sign) for arc, sign in path)
        for arc, sign in path:
            arc.now += sign * step
        return step > 0


def ends(cells: Cells, known: Iterable[Sum], rows: frozenset[int], column: str | None) -> tuple[End, End]:
    """How few and how many yeses there can be in some rows and one column or all, for all that is known."""
    bounds: dict[_Key, tuple[int, int]] = {(rows, column): (0, sum(people for _, people in cells.values()))}
    for one in known:
        least, most = bounds.get((one.rows, one.column), (one.least, one.most))
        bounds[one.rows, one.column] = max(least, one.least), min(most, one.most)
    return End(_arcs(cells, bounds), -1), End(_arcs(cells, bounds), 1)


_Key = tuple[frozenset[int], str | None]
_Node = _Key | None
"""A sum; None is where all sums come from and go to."""


@dataclass(slots=True)
class _Arc:
    tail: _Node
    head: _Node
    least: int
    now: int
    most: int
    cell: bool = False


_Step = tuple[_Arc, int]
"""Along an arc (1), or against it (-1)."""


def _arcs(cells: Cells, bounds: Mapping[_Key, tuple[int, int]]) -> list[_Arc]:
    """The network, the sum in question first."""
    arcs = []
    for (rows, column), (least, most) in bounds.items():
        now = sum(yes for (row, col), (yes, _) in cells.items() if row in rows and column in {None, col})
        above = _smallest(bounds, column, rows, beyond=True)
        tail, head = ((rows, column), above) if column is not None else (above, (rows, column))
        arcs.append(_Arc(tail, head, least, now, most))
    for (row, column), (yes, people) in cells.items():
        around = frozenset({row})
        arcs.append(_Arc(_smallest(bounds, None, around), _smallest(bounds, column, around), 0, yes, people, cell=True))
    return arcs


def _smallest(keys: Iterable[_Key], column: str | None, rows: frozenset[int], *, beyond: bool = False) -> _Node:
    """The smallest of a column's sums that has these rows (and, `beyond`, more)."""
    around = [key for key in keys if key[1] == column and rows <= key[0] and not (beyond and rows == key[0])]
    return min(around, key=lambda key: len(key[0]), default=None)


def _room(arc: _Arc, sign: int) -> int:
    return arc.most - arc.now if sign == 1 else arc.now - arc.least
