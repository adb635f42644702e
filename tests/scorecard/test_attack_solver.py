"""Attacks on villages too large to list all their worlds: a solver looks for one in which another answer was given."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from effort import EFFORT
from solver import Person, worlds

from scorecard.ballot import Age, Ballot, Gender, Groups
from scorecard.disclosure import Release, release
from scorecard.tally import Tally, count, merge

CASES = {"fast": 1, "test": 10, "deep": 300}[EFFORT]
MOODS = ((1, 2, 10, 30, 57), (60, 25, 10, 4, 1), (5, 20, 50, 20, 5), (0, 0, 1, 9, 0), (1, 9, 0, 0, 0), (1, 1, 1, 1, 1))
SIZES = (2, 5, 8, 9, 12, 16, 20, 25, 33, 41)


def commune(chance: random.Random, sizes: Sequence[int]) -> list[Person]:
    """The people of villages of these sizes."""
    moods = [chance.choice(MOODS) for _ in sizes]
    return [
        (
            village,
            chance.choices(("woman", "man", "silent"), (50, 42, 8))[0],
            chance.choices(("15-30", "31+", "silent"), (40, 52, 8))[0],
            chance.choices((1, 2, 3, 4, 5), moods[village - 1])[0],
        )
        for village, size in enumerate(sizes, start=1)
        for _ in range(size)
    ]


def tally_of(people: Sequence[Person], village: int) -> Tally:
    ballots = [
        Ballot(
            {"a": score},
            None,
            Groups(None if gender == "silent" else Gender(gender), None if age == "silent" else Age(age)),
        )
        for at, gender, age, score in people
        if at == village
    ]
    return count(village, 7, ("a",), ballots)


def all_releases(people: Sequence[Person]) -> list[Release]:
    """Of each village, of the first two merged, and of all."""
    tallies = [tally_of(people, village) for village in sorted({person[0] for person in people})]
    releases = [release(tally) for tally in tallies]
    for number in sorted({2, len(tallies)} - {1}):
        releases.append(release(merge(90 + number, ("a",), tallies[:number]), releases))
    return releases


def certain(people: Sequence[Person], releases: Sequence[Release], known: Sequence[Person]) -> list[object]:
    """The groups of villages of which all, or none, of those who aren't known certainly gave 4, or 3, or better."""
    found = worlds(people, releases)
    for person, number in Counter(known).items():
        found.known(lambda p, person=person: p == person, number, float("inf"))
    groups = {(p[0], at, p[at]) for p in people for at in (0, 1, 2)}
    sure: list[object] = []
    for village, at, name in sorted(groups, key=str):
        mine = [p for p in known if (p[0], p[at]) == (village, name)]
        others = sum((p[0], p[at]) == (village, name) for p in people) - len(mine)
        for cut in (3, 4) if others else ():
            yes = sum(p[3] >= cut for p in mine)

            def said_yes(p: Person, at: int = at, cut: int = cut, where: object = (village, name)) -> bool:
                return (p[0], p[at]) == where and p[3] >= cut

            if found.most(said_yes) == yes or found.most(said_yes, -1) == yes + others:
                sure.append((village, name, cut))
    return sure


@pytest.mark.parametrize("seed", range(CASES))
def test_no_village_of_any_size_is_given_away(seed: int) -> None:
    """Up to three villages of 2 to 41 people, put together twice, five scores, two ballots known in each."""
    chance = random.Random(f"{seed} {EFFORT == 'deep'}")
    people = commune(chance, [chance.choice(SIZES[2:]), *chance.choices(SIZES, k=seed % 3)])
    known = [
        person
        for village in sorted({p[0] for p in people})
        for person in chance.sample([p for p in people if p[0] == village], 2)
    ]
    releases = all_releases(people)
    assert any(one.figures for one in releases)
    assert certain(people, releases, known) == []


def test_the_solver_finds_what_is_certain() -> None:
    """It is no rubber stamp: two villages merged as if nothing had been told of them give one of them away."""
    people: list[Person] = [(1, "woman", "31+", score) for score in (2, 2, 5, 5, 5, 5, 5, 5)]
    people += [(2, "woman", "31+", score) for score in (2, 2, 2, 2, 2, 2, 5, 5, 5)]
    known = [*people[:2], *people[8:10]]
    own = [release(tally_of(people, village)) for village in (1, 2)]
    unaware = replace(merge(9, ("a",), [tally_of(people, village) for village in (1, 2)]), parts=())
    together = replace(release(unaware), merges=(1, 2))
    assert certain(people, own, known) == []
    assert (1, "woman", 4) in certain(people, [*own, together], known)
