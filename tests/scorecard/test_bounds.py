"""What can be reckoned from sums, beside trying out everything."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.disclosure.bounds import Sum, ends


def tried_out(cells, known, rows, column):
    """The least and the most that a sum can be, and whether some cell is certain there, from all tables there are."""
    tables = {}
    for yes in itertools.product(*(range(people + 1) for _, people in cells.values())):
        table = dict(zip(cells, yes, strict=True))

        def total(rows, column, table=table):
            return sum(people for (row, col), people in table.items() if row in rows and column in (None, col))

        if all(one.least <= total(one.rows, one.column) <= one.most for one in known):
            tables.setdefault(total(rows, column), []).append(table)
    for end in (min(tables), max(tables)):
        certain = any(
            people and ({table[cell] for table in tables[end]} in ({0}, {people}))
            for cell, (_, people) in cells.items()
        )
        yield end, certain


@SOME
@given(st.integers(0, 2**32))
def test_ends_are_those_of_all_tables(seed):
    """The network finds the very ends, and the certainty there, that trying out every table finds."""
    chance = random.Random(seed)
    columns, villages = chance.choice((("a", "b", 3), ("a", "b", 2), ("a", "b", "c", 2))), 0
    *columns, villages = columns
    cells = {}
    for cell in itertools.product(range(villages), columns):
        people = chance.randint(0, 3 if villages * len(columns) > 4 else 4)
        cells[cell] = chance.randint(0, people), people
    sets = [*(frozenset({row}) for row in range(villages)), frozenset({0, 1}), frozenset(range(villages))]
    known = []
    for rows, column in itertools.product(sets, (None, *columns)):
        if chance.random() < 0.5:
            yes = sum(yes for (row, col), (yes, _) in cells.items() if row in rows and column in (None, col))
            known.append(Sum(rows, column, max(0, yes - chance.randint(0, 2)), yes + chance.randint(0, 2)))
    rows, column = chance.choice(sets), chance.choice((None, *columns))
    found = [(end.yes, end.settles_a_cell()) for end in ends(cells, known, rows, column)]
    assert found == list(tried_out(cells, known, rows, column))
