"""What sums can be, beside trying out everything."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.disclosure.reckoning import Crowd, nothing_told
from scorecard.disclosure.sums import Sums

People = list[int]


def tried_out(sessions: list[People]) -> set[tuple[int, ...]]:
    """All that columns can add up to, where so many people of each session said yes in a column, or no."""
    worlds = [
        {(*yes, sum(people) - sum(yes)) for yes in itertools.product(*(range(n + 1) for n in people))}
        for people in sessions
    ]
    return {tuple(map(sum, zip(*world, strict=True))) for world in itertools.product(*worlds)}


def reckoned(people: People) -> Sums:
    return nothing_told(Crowd(sum(people), 0), [[Crowd(n, 0) for n in people]]).outside[0]


@SOME
@given(st.integers(0, 2**32))
def test_ends_are_those_of_all_worlds(seed: int) -> None:
    """What is told of columns and of all, before and after sessions are put together, leaves exactly these ends."""
    chance = random.Random(seed)
    columns = chance.choice((2, 3))
    sessions = [[chance.randint(0, 4) for _ in range(columns)] for _ in range(2)]
    parts = [({*tried_out([people])}, reckoned(people)) for people in sessions]
    told = [_told(*part, chance) for part in parts]
    worlds = {tuple(map(sum, zip(a, b, strict=True))) for a in told[0][0] for b in told[1][0]}
    worlds, sums = _told(worlds, told[0][1] + told[1][1], chance)
    for column in range(columns + 1):
        here = {world[column] for world in worlds}
        assert sums.ends(column) == (min(here), max(here))


def _told(worlds: set[tuple[int, ...]], sums: Sums, chance: random.Random) -> tuple[set[tuple[int, ...]], Sums]:
    """Some columns told roughly, as one of the worlds has them."""
    true = chance.choice(sorted(worlds))
    for column, number in enumerate(true):
        if chance.random() < 0.6:
            fewest, greatest = max(0, number - chance.randint(0, 2)), number + chance.randint(0, 2)
            worlds = {world for world in worlds if fewest <= world[column] <= greatest}
            sums = sums.told(column, fewest, greatest)
    return worlds, sums
