"""Attacks on one session: by outsiders, and by those who know one phone's ballots, or two phones'."""

from dataclasses import replace
from functools import partial

import pytest
from attack import Cell, Counts, learnt, tally_of, worlds

from scorecard.ballot import Ballot
from scorecard.disclosure import release
from scorecard.tally import count

SMALL = (8, 9, 10, 11, *(pytest.param(people, marks=pytest.mark.deep) for people in (12, 13)))
OUTSIDE, ONE_PHONE, TWO_PHONES = 0, 1, 2
"""How many ballots somebody knows."""


def shown(cells, world, phones=()):
    """All that a release says."""
    released = release(tally_of(cells, world, phones=phones))
    return released.ballots, released.figures


@pytest.mark.parametrize("people", SMALL)
def test_nobody_is_certain_of_the_others(people: int) -> None:
    """Of all that 8 to 13 people can answer: it is never certain that all, or none, of the others gave a score.

    Neither to outsiders, nor to who knows one or two ballots.
    """
    cells = [Cell(people)]
    assert all(figures for _, figures in (shown(cells, world) for world in worlds(cells, (2, 4))))
    assert learnt(cells, partial(shown, cells), {1: TWO_PHONES}) == []


@pytest.mark.parametrize(
    ("people", "scores"), [(14, (3, 4)), (19, (2, 3, 4)), (20, (3, 4, 5)), (26, (1, 5)), (40, (3, 4)), (47, (2, 4))]
)
def test_nobody_is_certain_of_many_others(people: int, scores: Counts) -> None:
    """The same of more people, where there are more words, with fewer scores."""
    cells = [Cell(people)]
    assert all(figures for _, figures in (shown(cells, world) for world in worlds(cells, scores)))
    assert learnt(cells, partial(shown, cells), {1: TWO_PHONES}, scores) == []


PHONES = [(people, sent) for people in (9, 10, 12, 13, 15, 18) for sent in ((2,), (2, 2), (3,), (3, 2), (4, 4))]


@pytest.mark.parametrize(("people", "sent"), PHONES)
def test_nobody_is_certain_beside_shared_phones(people: int, sent: tuple[int, ...]) -> None:
    """The same where phones are shared, and somebody knows the ballots of the two that sent most."""
    cells = [Cell(people)]
    known = sum(sorted((*sent, 1, 1))[-2:])
    assert learnt(cells, partial(shown, cells, phones=sent), {1: known}, (2, 4)) == []


def test_three_accounts_with_seven_seats_learn_nothing_of_the_one_beside_them() -> None:
    """Seven ballots that are 1, 1, 1, 3, 5, 5, 5 made each median give back the eighth, for all six criteria."""
    keys = tuple("abcdef")
    phones = (b"x", b"x", b"x", b"y", b"y", b"z", b"z")
    theirs = [
        Ballot(dict.fromkeys(keys, score), None, phone=phone)
        for score, phone in zip((1, 1, 1, 3, 5, 5, 5), phones, strict=True)
    ]
    victims = [dict.fromkeys(keys, score) for score in range(1, 6)] + [dict(zip(keys, (1, 2, 3, 4, 5, 1), strict=True))]
    told = {release(count(1, 7, keys, [*theirs, Ballot(victim, None, phone=b"v")])) for victim in victims}
    assert len(told) == 1


def test_one_ballot_learns_nothing_of_seven_others() -> None:
    """Who gave one of eight ballots learnt in 36 of 330 worlds that none, or all, of the seven others was satisfied."""
    cells = [Cell(8)]
    assert len(list(worlds([Cell(7)]))) == 330
    found = learnt(cells, partial(shown, cells), {1: ONE_PHONE})
    assert [one for one in found if one.cut == 4] == []


def test_one_phone_with_three_seats_learns_nothing_of_seven_others() -> None:
    """Ten ballots of eight phones: the household's three made it certain what all seven others gave."""
    cells = [Cell(10)]
    assert learnt(cells, partial(shown, cells, phones=(3,)), {1: 4}, (2, 4)) == []


@pytest.mark.parametrize("people", [20, 24])
def test_no_empty_bin_tells_of_anybody(people: int) -> None:
    """Exact counts said where nobody was: that none gave a 5, and of a group that fills a bin that all did."""
    cells = [Cell(people)]
    assert learnt(cells, partial(shown, cells), {1: OUTSIDE}, (3, 4, 5)) == []


@pytest.mark.parametrize("people", [8, 10])
def test_who_looks_at_the_counts_is_found_out(people: int) -> None:
    """The attack is no rubber stamp: a door that keeps a figure back where all, or none, are satisfied tells so."""
    cells = [Cell(people)]

    def looks_at_counts(world):
        released = release(tally_of(cells, world))
        satisfied = sum(world[0][3:])
        return replace(released, figures=()) if satisfied in {0, people} else released

    assert learnt(cells, looks_at_counts, {1: OUTSIDE}, (2, 4)) == []
    assert learnt(cells, looks_at_counts, {1: TWO_PHONES}, (2, 4))
