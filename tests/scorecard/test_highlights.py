"""What people are told first: what to keep, what to improve, what they wish. Nothing of it contradicts the rest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME, tallies

from scorecard.card import OVERALL
from scorecard.disclosure import Figure, Release, Share, ShareWord, Wish, Words, release
from scorecard.highlights import IMPROVE_BELOW, KEEP_FROM, highlights
from scorecard.tally import EVERYBODY, Source

FEW, HALF, MOST = ShareWord.FEW, ShareWord.ABOUT_HALF, ShareWord.MOST


def figure(
    key: str, median: float, satisfied: Share, words: Words = Words.FIVE, word: ShareWord | None = None
) -> Figure:
    return Figure(key, EVERYBODY, median, satisfied, words, word)


def of(*figures: Figure, wishes: tuple[Wish, ...] = ()) -> Release:
    return Release(1, 7, Source.BALLOTS, 60, figures, wishes)


def keys(figures: tuple[Figure, ...]) -> list[str]:
    return [one.criterion for one in figures]


@SOME
@given(tallies(least=8, most=90), st.booleans())
def test_nothing_contradicts_itself(tally, in_tens) -> None:
    """Out of the door, whatever people answered: kept is what has 4 or more and nobody wishes first, improved what has
    less than 3.5; no criterion is two of these, and the order is that of what is shown.
    """
    released = release(tally)
    told = highlights(released, in_tens=in_tens)
    wishes = {wish.criterion for wish in told.wishes}
    assert all(one.score >= KEEP_FROM and one.criterion not in wishes for one in told.strengths)
    assert all(one.score < IMPROVE_BELOW for one in told.improve)
    assert len({*keys(told.strengths), *keys(told.improve)}) == len(told.strengths) + len(told.improve)
    assert not (told.same and (told.strengths or told.improve))
    assert len(told.same) != 1
    medians = [one.score for one in told.strengths], [-one.score for one in told.improve]
    assert all(some == sorted(some, reverse=True) for some in medians)
    if told.same:
        assert len({(one.score, one.said(in_tens=in_tens)) for one in told.same}) == 1
    assert OVERALL not in {*keys(told.strengths), *keys(told.improve), *keys(told.same), *wishes}


@pytest.mark.parametrize(("median", "kept", "improved"), [(3, 0, 1), (3.4, 0, 1), (3.5, 0, 0), (3.9, 0, 0), (4, 1, 0)])
def test_between_neither(median: float, kept: int, improved: int) -> None:
    """3.5 was praise for one service and blame for another: it is neither."""
    told = highlights(of(figure("a", median, HALF)), in_tens=False)
    assert (len(told.strengths), len(told.improve), told.same) == (kept, improved, ())


def test_a_wish_is_not_to_be_kept() -> None:
    """Well as it came out: what most people want put right first does not stand under "to keep"; what few want may."""
    three = figure("a", 5, MOST), figure("b", 4, MOST), figure("c", 4, HALF)
    told = highlights(of(*three, wishes=(Wish("a", MOST), Wish("b", FEW))), in_tens=False)
    assert keys(told.strengths) == ["b", "c"]
    assert [wish.criterion for wish in told.wishes] == ["a"]


def test_by_what_is_shown() -> None:
    """In words two tens are the same, and so are few of three words and few of five: then the card's order holds."""
    two = figure("a", 2, 20, Words.TENS, FEW), figure("b", 2, 30, Words.TENS, FEW), figure("c", 3, 30, Words.TENS, FEW)
    assert keys(highlights(of(*two), in_tens=True).improve) == ["a", "b"]
    assert keys(highlights(of(two[1], two[0], two[2]), in_tens=True).improve) == ["a", "b"]
    assert keys(highlights(of(two[1], two[0], two[2]), in_tens=False).improve) == ["b", "a"]
    words = figure("a", 3, FEW, Words.THREE), figure("b", 3, FEW, Words.FIVE), figure("c", 3, HALF)
    assert keys(highlights(of(*words), in_tens=False).improve) == ["a", "b"]
    almost = figure("a", 2, 20, Words.TENS, FEW), figure("b", 2, ShareWord.ALMOST_NONE, Words.TENS), words[2]
    assert keys(highlights(of(*almost), in_tens=True).improve) == ["b", "a"]


def test_all_the_same() -> None:
    """Where nothing that is shown tells one from another, none is praised or blamed; one alone is no "all"."""
    alike = [figure(key, 4, MOST) for key in "abc"]
    told = highlights(of(*alike, figure(OVERALL, 2, FEW)), in_tens=False)
    assert (told.strengths, told.improve, keys(told.same)) == ((), (), ["a", "b", "c"])
    assert highlights(of(alike[0], figure(OVERALL, 2, FEW)), in_tens=False).same == ()
    in_tens = [
        replace(one, satisfied=tens, words=Words.TENS, word=MOST) for one, tens in zip(alike, (70, 80, 70), strict=True)
    ]
    assert highlights(of(*in_tens), in_tens=True).same == ()
    assert keys(highlights(of(*in_tens), in_tens=False).same) == ["a", "b", "c"]
