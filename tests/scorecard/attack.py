"""Somebody who knows how the door works, and lists every world that could be behind what it let out.

They hold every release, know how many people each group has, and know some ballots: nobody's, or those of one phone
or two. What holds in all worlds that look the same, and in which these ballots were cast, is certain to them.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorecard.ballot import Age, Ballot, Gender, Groups
from scorecard.tally import Tally, count

POINT = 7
Counts = tuple[int, ...]
"""How many people gave each score from 1 to 5."""

World = tuple[Counts, ...]
"""What the people of each cell gave."""

GENDERS = {"woman": Gender.WOMAN, "man": Gender.MAN}
AGES = {"youth": Age.YOUTH, "older": Age.OLDER}


@dataclass(frozen=True)
class Cell:
    """People nobody tells apart: of one session, who said the same of themselves, or nothing (silent)."""

    people: int
    gender: str = "silent"
    age: str = "silent"
    session: int = 1

    @property
    def groups(self) -> Groups:
        return Groups(GENDERS.get(self.gender), AGES.get(self.age))


@dataclass(frozen=True)
class Certainty:
    """That of the others in a group all (or none) gave `cut` or better, to somebody who knows these ballots."""

    group: tuple[int, str]
    cut: int
    all: bool
    known: World


def spread(people: int, scores: Sequence[int] = (1, 2, 3, 4, 5)) -> list[Counts]:
    """All that so many people can give of these scores."""
    ways = itertools.combinations_with_replacement(scores, people)
    return [tuple(way.count(score) for score in range(1, 6)) for way in ways]


def worlds(cells: Sequence[Cell], scores: Sequence[int] = (1, 2, 3, 4, 5)) -> Iterator[World]:
    """All that people may have answered."""
    yield from itertools.product(*(spread(cell.people, scores) for cell in cells))


def tally_of(cells: Sequence[Cell], world: World, session: int = 1, phones: Sequence[int] = ()) -> Tally:
    """What a session counted of a world; phones: how many ballots the first ones sent, all others one each."""
    people = [
        (cell.groups, score)
        for cell, given in zip(cells, world, strict=True)
        if cell.session == session
        for score, number in enumerate(given, start=1)
        for _ in range(number)
    ]
    marks = [phone for phone, sent in enumerate(phones) for _ in range(sent)]
    marks += range(len(marks), len(people))
    ballots = [
        Ballot({"a": score}, None, groups, mark.to_bytes(2))
        for (groups, score), mark in zip(people, marks, strict=False)
    ]
    return count(session, POINT, ("a",), ballots)


def learnt(
    cells: Sequence[Cell],
    shown: Callable[[World], object],
    known: Mapping[int, int],
    scores: Sequence[int] = (1, 2, 3, 4, 5),
) -> list[Certainty]:
    """All that somebody can be certain of; known: of how many ballots of each session they know, at most."""
    behind: dict[object, list[World]] = defaultdict(list)
    for world in worlds(cells, scores):
        behind[shown(world)].append(world)
    positions = list(_known(cells, known, scores))
    cuts = range(min(scores) + 1, max(scores) + 1)
    return [one for alike in behind.values() for some in positions for one in _certain(cells, alike, some, cuts)]


def _known(cells: Sequence[Cell], known: Mapping[int, int], scores: Sequence[int]) -> Iterator[World]:
    """All ballots that somebody may know."""
    each = [
        [ballots for number in range(min(cell.people, known[cell.session]) + 1) for ballots in spread(number, scores)]
        for cell in cells
    ]
    for ballots in itertools.product(*each):
        numbers: dict[int, int] = defaultdict(int)
        for cell, some in zip(cells, ballots, strict=True):
            numbers[cell.session] += sum(some)
        if all(number <= known[session] for session, number in numbers.items()):
            yield ballots


def _certain(cells: Sequence[Cell], alike: Iterable[World], known: World, cuts: range) -> Iterator[Certainty]:
    """What is certain of the others in each group of each session, where there are any."""
    left = [world for world in alike if all(_holds(cell, some) for cell, some in zip(world, known, strict=True))]
    for (session, group), where in _groups(cells).items() if left else ():
        others = sum(cells[i].people - sum(known[i]) for i in where)
        for cut in cuts if others else ():
            yes = {sum(sum(world[i][cut - 1 :]) - sum(known[i][cut - 1 :]) for i in where) for world in left}
            if yes in ({0}, {others}):
                yield Certainty((session, group), cut, yes != {0}, known)


def _groups(cells: Sequence[Cell]) -> dict[tuple[int, str], list[int]]:
    """The cells of each group of each session; who did not say is a group as well, in each dimension."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for i, cell in enumerate(cells):
        groups[cell.session, f"{cell.gender} by gender"].append(i)
        groups[cell.session, f"{cell.age} by age"].append(i)
    return groups


def _holds(given: Counts, some: Counts) -> bool:
    return all(a >= b for a, b in zip(given, some, strict=True))
