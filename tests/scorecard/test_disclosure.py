"""The disclosure door: what a release says, and what it keeps to itself."""

import json
import runpy
from dataclasses import replace
from math import ceil, floor
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, SOME, tallies, tally_of

from scorecard.ballot import Ballot
from scorecard.disclosure import (
    MINIMUM,
    ShareWord,
    Words,
    band,
    release,
    release_from_json,
    release_to_json,
    share,
    stands_for,
)
from scorecard.tally import DIMENSIONS, EVERYBODY, Phones, Source, count

MINIMUMS = st.sampled_from((8, 8, 9, 12))
OUTERMOST = (ShareWord.ALMOST_NONE, ShareWord.ALMOST_ALL)


@SOME
@given(tallies(), MINIMUMS)
def test_every_figure_comes_from_enough_phones(tally, minimum):
    """No figure comes from fewer phones than the minimum, and every criterion with enough has one."""
    released = release(tally, minimum=minimum)
    assert all(tally.of(f.criterion, f.group).base >= minimum for f in released.figures)
    assert {f.criterion for f in released.figures} == {key for key in ASKED if tally.of(key).base >= minimum}


@pytest.mark.parametrize("minimum", [-1, 0, 1, 7])
def test_a_minimum_that_protects_nobody_is_refused(minimum):
    """The setting can't be turned below eight."""
    with pytest.raises(ValueError, match="8"):
        release(tally_of((9, 9, 9, 9, 9)), minimum=minimum)


@SOME
@given(tallies(most=7))
def test_none_to_seven_look_alike(tally):
    """Fewer ballots than the minimum, none at all included, make one and the same release, without figures."""
    assert release(tally) == release(count(1, 7, ASKED, []))
    assert release(tally).ballots is None


@SOME
@given(tallies(least=8))
def test_the_number_of_ballots_is_exact_from_the_minimum_on(tally):
    """From eight on a release says how many ballots there were."""
    assert release(tally).ballots == tally.ballots


@SOME
@given(tallies(least=12), MINIMUMS)
def test_groups_and_all_others_are_large_enough(tally, minimum):
    """A group that is told, and everybody without it, come from enough phones; who did not say may be few."""
    for figure in release(tally, minimum=minimum).figures:
        if figure.group != EVERYBODY:
            base = tally.of(figure.criterion, figure.group).base
            assert minimum <= base <= tally.of(figure.criterion).base - minimum


@SOME
@given(tallies(least=16))
def test_groups_get_one_of_three_words(tally):
    """A group's figure has no median, and no word but few, about half, most."""
    for figure in release(tally).figures:
        if figure.group != EVERYBODY:
            assert figure.median is None
            assert figure.words is Words.THREE
            assert figure.satisfied in {ShareWord.FEW, ShareWord.ABOUT_HALF, ShareWord.MOST}


def test_three_who_did_not_say_keep_no_group_back():
    """Twenty women and men, of mixed minds, are both told beside three people who said neither."""
    groups = {"woman": (4, 4, 4, 4, 4), "man": (4, 4, 4, 4, 4)}
    told = release(tally_of((9, 8, 8, 9, 9), groups=groups)).figures
    assert [figure.group for figure in told] == ["all", "woman", "man"]


@pytest.mark.parametrize("known", [1, 2, 3, 4, 6, 8])
@pytest.mark.parametrize("people", [8, 10, 11, 13, 14, 19, 20, 26, 27, 39, 40, 41, 60, 120])
def test_words_withstand_so_many_known_ballots(people, known):
    """Three words up to ⌈0.4 n⌉ − 2 ballots of two phones, five up to ⌊0.15 n⌋ − 1, tens as well from forty people."""
    spread = tuple(people // 5 + (score < people % 5) for score in range(5))
    tally = tally_of(spread)
    sent = {cell: replace(scores, sent_by=Phones(8, known)) for cell, scores in tally.scores.items()}
    figures = release(replace(tally, scores=sent)).figures
    if known > ceil(0.4 * people) - 2:
        assert figures == ()
    elif known > floor(0.15 * people) - 1:
        assert figures[0].words is Words.THREE
    else:
        assert figures[0].words is (Words.TENS if people >= 40 else Words.FIVE)


@pytest.mark.parametrize("words", Words)
def test_shares_are_said_as_they_are(words):
    """Whatever share is said lies where the words say it does; opposite shares mirror each other; none goes back."""
    for base in (*range(8, 61), 99, 100, 1000):
        said = [share(part, base, words) for part in range(base + 1)]
        ranks = [sum(stands_for(one, words)) for one in said]
        assert ranks == sorted(ranks)
        assert ranks == [200 - rank for rank in reversed(ranks)]
        for part, one in enumerate(said):
            low, high = stands_for(one, words)
            assert low <= 100 * part / base <= high
        tens = {one for one in said if isinstance(one, int)}
        assert tens <= set(range(20, 90, 10))
        assert bool(tens) is (words is Words.TENS)
        if words is not Words.THREE:
            assert said[0] is ShareWord.ALMOST_NONE


@SOME
@given(tallies(least=8))
def test_medians_and_shares_are_those_of_the_people_described(tally):
    """A figure's median and share are those of its own group, after don't know."""
    for figure in release(tally).figures:
        scores = tally.of(figure.criterion, figure.group)
        if figure.group == EVERYBODY:
            assert figure.median == median([s for s in range(1, 6) for _ in range(scores.given[s - 1])])
        assert figure.satisfied == share(scores.given[3] + scores.given[4], scores.base, figure.words)


@SOME
@given(tallies(least=8))
def test_figures_follow_the_card(tally):
    """Figures come in card order, everybody before the groups, and are found by criterion and group."""
    released = release(tally)
    order = [(ASKED.index(f.criterion), f.group != EVERYBODY) for f in released.figures]
    assert order == sorted(order)
    assert all(released.figure(f.criterion, f.group) is f for f in released.figures)
    assert released.figure("nobody asked") is None


@SOME
@given(tallies(), MINIMUMS)
def test_a_release_survives_being_written_down(tally, minimum):
    """A release read back from JSON is the same, down to the words."""
    released = release(tally, minimum=minimum)
    again = release_from_json(release_to_json(released))
    assert again == released
    assert [type(f.satisfied) for f in again.figures] == [type(f.satisfied) for f in released.figures]
    assert release_to_json(again) == release_to_json(released)


def test_a_release_holds_no_count_but_that_of_ballots():
    """What is written down of 43 people has no other whole number than session, point, ballots, tens, and fives."""
    written = json.loads(release_to_json(release(tally_of((9, 9, 9, 9, 7), (9, 7, 9, 9, 9)))))
    assert {name for name, value in written.items() if isinstance(value, int)} == {"session", "point", "ballots"}
    for figure in written["figures"]:
        assert set(figure) == {"criterion", "group", "median", "satisfied", "words", "word", "at_least"}
        assert (figure["satisfied"], figure["at_least"]) == (40, 40)


@SOME
@given(st.integers(0, 500), st.sampled_from((5, 8, 12)))
def test_while_open_only_a_band_is_said(people, minimum):
    """While a session is open: 0 below the minimum, then the minimum, then steps of five; never too many."""
    said = band(people, minimum)
    assert (said == 0) == (people < minimum)
    assert said <= people < max(said, minimum) + 5
    assert said in {0, minimum} or said % 5 == 0


def test_bands_are_those_of_the_design():
    """Fewer than 8, 8+, 10+, 15+, 20+ and so on."""
    assert [band(n) for n in (0, 7, 8, 9, 10, 14, 15, 19, 20, 24)] == [0, 0, 8, 8, 10, 10, 15, 15, 20, 20]


def test_the_ballots_are_asked_for_nothing_but_counts():
    """The order of the ballots leaves no trace in a release."""
    cast = [Ballot({"staff": 1 + n % 5}, None) for n in range(30)]
    assert release(count(1, 7, ASKED, cast)) == release(count(1, 7, ASKED, cast[::-1]))
    assert MINIMUM == 8


@pytest.mark.parametrize(
    ("phones", "ballots", "figures"),
    [
        ((1,) * 13, True, True),
        ((1,) * 7, False, False),
        ((2,) * 7, False, False),
        ((12, 1), False, False),
        ((3, 1, 1, 1, 1, 1, 1, 1), True, False),
        ((2, 2, 1, 1, 1, 1, 1, 1), True, False),
        ((2, 1, 1, 1, 1, 1, 1, 1), True, False),
        ((2, 2, 2, 2, 2, 2, 1, 1), True, True),
    ],
)
def test_what_two_phones_sent_can_be_taken_away(phones: tuple[int, ...], ballots: bool, figures: bool) -> None:
    """Eight phones, however many ballots, tell how many there were; a figure needs others enough beside any two."""
    cast = [
        Ballot({"water": 1 + number % 5}, None, phone=bytes([phone]))
        for phone, seats in enumerate(phones)
        for number in range(seats)
    ]
    released = release(count(1, 1, ("water",), cast))
    assert (released.ballots is not None) is ballots
    assert bool(released.figures) is figures


@pytest.mark.parametrize("source", [Source.KIOSK, Source.HAND_COUNT])
def test_people_at_a_kiosk_or_in_a_hall_count_as_a_phone_each(source: Source) -> None:
    """They come from one phone, the facilitator's, who is named as the source; any two of them may talk."""
    tally = replace(tally_of((2, 2, 2, 2, 2)), source=source)
    assert tally.phones == Phones(10, 2)
    assert release(tally).figures[0].words is Words.THREE
    assert release(tally).source is source
    assert release(replace(tally_of((1, 2, 1, 2, 1)), source=source)).ballots is None


def test_the_table_in_the_docs_is_what_the_door_does():
    """At forty people it tells of groups twice as often in all as the rule before, of youth in half of the criteria."""
    bench = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "door.py"))
    now, before = bench["told"](40), bench["BEFORE"][40]
    assert sum(now[1:]) >= 2 * sum(before[1:])
    assert now[3] >= 50
    cells = (f"{share} %" for pair in zip(before, now, strict=True) for share in pair)
    assert f"| 40 | {' | '.join(cells)} |\n" in bench["PAGE"].read_text()


def test_whether_a_figure_is_told_is_decided_without_looking_at_it():
    """Villages of the same sizes tell the same figures, as far as what was told before is the same as well."""
    told: dict[tuple[object, ...], set[object]] = {}
    for women in range(13):
        for men in range(11):
            groups = {"woman": (0, 12 - women, 0, women, 0), "man": (0, 10 - men, 0, men, 0)}
            tally = tally_of((0, 22 - women - men, 0, women + men, 0), groups=groups)
            figures = release(tally).figures
            for number in range(len(figures) + 1):
                after = figures[number].group if number < len(figures) else None
                told.setdefault(figures[:number], set()).add(after)
    assert len(told) > 10
    assert all(len(after) == 1 for after in told.values())
    assert DIMENSIONS[0][:2] == ("woman", "man")
