"""Counting ballots, and what is derived from counts."""

import random
import statistics
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, SOME, ballots

from scorecard.ballot import Age, Ballot, Gender, Groups
from scorecard.tally import DIMENSIONS, EVERYBODY, Phones, Scores, Source, collect, count, merge

COUNTS = st.tuples(*[st.integers(0, 9)] * 5)


@SOME
@given(COUNTS)
def test_the_median_is_that_of_the_scores(given_counts):
    """The median is the mean of the two middle scores, as the statistics module has it."""
    scores = [score for score, people in enumerate(given_counts, start=1) for _ in range(people)]
    counted = Scores(3, given_counts)
    assert counted.base == len(scores)
    assert counted.satisfied == sum(score >= 4 for score in scores)
    if scores:
        assert counted.median == statistics.median(scores)


def test_medians_lie_between_the_two_middle_scores():
    """1 and 5 make 3, 4 and 5 make 4.5; "don't know" weighs nothing."""
    assert Scores(9, (1, 0, 0, 0, 1)).median == 3
    assert Scores(9, (0, 0, 0, 1, 1)).median == 4.5
    assert Scores(0, (1, 1, 1, 0, 0)).median == 2


@SOME
@given(ballots())
def test_every_ballot_is_counted_once(cast):
    """Each ballot counts once for everybody and once for each group its voter named, in every criterion."""
    tally = count(3, 4, ASKED, cast)
    assert (tally.session, tally.point, tally.source, tally.ballots) == (3, 4, Source.BALLOTS, len(cast))
    for key in ASKED:
        for group in (EVERYBODY, *DIMENSIONS[0], *DIMENSIONS[1]):
            scores = [b.scores[key] for b in cast if group in (EVERYBODY, b.groups.gender, b.groups.age)]
            counted = tally.of(key, group)
            assert (counted.dont_know, *counted.given) == tuple(map(scores.count, range(6)))


@SOME
@given(ballots(), st.integers())
def test_the_order_of_ballots_leaves_no_trace(cast, seed):
    """Ballots counted in any order make the same tally, also as it would be written down."""
    mixed = random.Random(seed).sample(cast, len(cast))
    assert count(1, 1, ASKED, mixed) == count(1, 1, ASKED, cast)


@SOME
@given(ballots())
def test_wishes_are_counted(cast):
    """How many want a criterion repaired first; those who named none are not counted."""
    wishes = count(1, 1, ASKED, cast).wishes
    assert all(wishes.get(key, 0) == sum(b.repair == key for b in cast) for key in ASKED)
    assert sum(wishes.values()) == sum(b.repair is not None for b in cast)


def test_what_was_not_asked_is_not_counted():
    """Scores and wishes for other criteria fall away; a criterion without a score counts as "don't know"."""
    tally = count(1, 1, ("staff",), [Ballot({"gone": 5}, "gone"), Ballot({"staff": 2}, "staff")])
    assert tally.of("staff") == Scores(1, (0, 1, 0, 0, 0), Phones(1, 1))
    assert tally.of("gone").base == 0
    assert tally.wishes == {"staff": 1}


def test_no_ballots_make_an_empty_tally():
    """Nobody came: no ballots, no scores, no wishes."""
    tally = count(1, 1, ASKED, [])
    assert (tally.ballots, tally.of("staff").base, tally.wishes) == (0, 0, {})


def test_groups_are_taken_from_what_the_voter_said():
    """A voter who skipped age counts among women and everybody only."""
    tally = count(1, 1, ("staff",), [Ballot({"staff": 4}, None, Groups(Gender.WOMAN))])
    assert set(tally.scores) == {("staff", "all"), ("staff", "woman")}
    assert tally.of("staff", Age.YOUTH).base == 0


@SOME
@given(ballots())
def test_counts_read_back_make_the_same_scores(cast):
    """Counts by (criterion, group, score), as they are stored, are collected to the same scores."""
    tally = count(1, 1, ASKED, cast)
    stored = {
        (key, group, score): people
        for (key, group), scores in tally.scores.items()
        for score, people in enumerate((scores.dont_know, *scores.given))
        if people
    }
    phones = {cell: scores.phones for cell, scores in tally.scores.items()}
    assert {cell: (s.dont_know, s.given, s.phones) for cell, s in collect(stored, phones).items()} == {
        cell: (s.dont_know, s.given, s.phones) for cell, s in tally.scores.items()
    }


@SOME
@given(ballots(), st.integers(0, 2**32))
def test_each_figure_knows_its_phones(cast, seed):
    """However many ballots a phone sent: how many phones scored there, and what the two that sent most have in it."""
    chance = random.Random(seed)
    shared = [bytes([number]) for number in range(chance.randint(1, 9))]
    sent = [replace(b, phone=chance.choice((None, *shared, bytes([99, n])))) for n, b in enumerate(cast)]
    tally = count(1, 1, ASKED, sent)

    def phones(some):
        marks = Counter(b.phone or n for n, b in some)
        return Phones(len(marks), sum(number for _, number in marks.most_common(2)))

    assert tally.phones == phones(list(enumerate(sent)))
    assert tally.naming_phones == phones([(n, b) for n, b in enumerate(sent) if b.repair in ASKED])
    for key in ASKED:
        for group in (EVERYBODY, *DIMENSIONS[0], *DIMENSIONS[1]):
            there = [(n, b) for n, b in enumerate(sent) if group in (EVERYBODY, b.groups.gender, b.groups.age)]
            assert tally.of(key, group).phones == phones([(n, b) for n, b in there if b.scores[key]])


def test_phones_are_counted_where_their_ballots_count():
    """Of all ballots, of those who scored a criterion in a group, of those who wish: how many, and what two sent."""
    woman, man = Groups(Gender.WOMAN), Groups(Gender.MAN)
    cast = [
        Ballot({"staff": 1}, "staff", woman, b"a"),
        Ballot({"staff": 2}, None, woman, b"a"),
        Ballot({"staff": 0}, "staff", man, b"a"),
        Ballot({"staff": 4}, "staff", man, b"b"),
        Ballot({"staff": 5}, "hours", man, b"c"),
    ]
    tally = count(1, 1, ("staff",), cast)
    assert tally.phones == Phones(3, 4)
    assert tally.of("staff").phones == Phones(3, 3)
    assert tally.of("staff", "woman").phones == Phones(1, 2)
    assert tally.of("staff", "man").phones == Phones(2, 2)
    assert (tally.named, tally.naming_phones) == (3, Phones(2, 3))
    assert merge(9, ("staff",), [tally, tally]).of("staff").phones == Phones(6, 6)
    assert count(1, 1, ("staff",), [Ballot({"staff": 1}, None)] * 5).phones == Phones(5, 2)
