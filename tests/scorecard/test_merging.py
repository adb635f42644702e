"""The door for several villages merged: what it adds up, what it leaves out, and when the earlier release stands."""

from dataclasses import replace

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, SOME, ballots

from scorecard.disclosure import Release, release, release_from_json, release_to_json, share
from scorecard.tally import EVERYBODY, Phones, Scores, Source, Tally, count, merge

EVEN = (1, 2, 4, 2, 1)
"""How many of ten people give each score."""


def village(session: int, tens: float = 2, *, wishes: dict[str, int] | None = None) -> Tally:
    """A village of so many times ten people of mixed minds, who scored two criteria alike."""
    given = tuple(round(tens * people) for people in EVEN)
    scores = {(key, EVERYBODY): Scores(0, given) for key in ("a", "b")}
    return Tally(session, 7, Source.BALLOTS, ("a", "b"), scores, wishes or {})


def few(session: int, people: int) -> Tally:
    """A village with few ballots, which all say 3."""
    scores = {(key, EVERYBODY): Scores(0, (0, 0, people, 0, 0)) for key in ("a", "b")}
    return Tally(session, 7, Source.BALLOTS, ("a", "b"), scores, {})


def merged(*parts: Tally, before: tuple[Release, ...] = (), session: int = 99) -> Release:
    return release(merge(session, ("a", "b"), parts), [*(release(part) for part in parts if not part.erased), *before])


@SOME
@given(st.lists(ballots(most=40), min_size=2, max_size=4))
def test_counts_are_added_up(villages):
    """Merged counts are those of all ballots in one box: nothing lost, nothing twice; the parts are kept apart."""
    parts = [count(number, 7, ASKED, cast) for number, cast in enumerate(villages)]
    whole, one_box = merge(9, ASKED, parts), count(9, 7, ASKED, [ballot for cast in villages for ballot in cast])
    assert whole.ballots == one_box.ballots
    assert dict(whole.wishes) == dict(one_box.wishes)
    for key, group in one_box.scores:
        both = whole.of(key, group), one_box.of(key, group)
        assert both[0].given == both[1].given
        assert both[0].dont_know == both[1].dont_know
    assert whole.parts == tuple(parts)


@examples(10)
@given(st.lists(ballots(least=20, most=60), min_size=3, max_size=5))
def test_figures_are_those_of_all_ballots(villages):
    """What is told is true of all ballots of the sessions it covers, and ballots add up."""
    parts = [count(number, 7, ASKED, cast) for number, cast in enumerate(villages)]
    own = [release(part) for part in parts]
    told = release(merge(9, ASKED, parts), own)
    whole = merge(9, ASKED, [part for part in parts if part.session in told.merges])
    assert told.ballots == whole.ballots
    assert told.session == 9
    for figure in told.figures:
        scores = whole.of(figure.criterion, figure.group)
        assert figure.satisfied == share(scores.satisfied, scores.base, figure.words)
        assert figure.median == (scores.median if figure.group == EVERYBODY else None)


def test_villages_that_told_enough_are_all_covered():
    """Three villages of twenty, forty and sixty: one release of 120 ballots."""
    told = merged(village(1), village(2, 4), village(3, 6))
    assert (told.ballots, told.merges) == (120, (1, 2, 3))
    assert [figure.criterion for figure in told.figures] == ["a", "b"]


@pytest.mark.parametrize(
    ("people", "covered"), [((4, 3), (1,)), ((4, 4), (1, 2, 3)), ((7,), (1,)), ((7, 1), (1, 2, 3))]
)
def test_few_are_left_out_unless_they_are_enough_together(people, covered):
    """Who takes away the village that was told is left with nobody, or with eight ballots at least."""
    told = merged(village(1), *(few(number, n) for number, n in enumerate(people, start=2)))
    assert told.merges == covered


def test_few_are_left_out_where_they_keep_figures_back():
    """Two villages of forty are told without the eight people of two others; with them nothing could be."""
    told = merged(village(1, 4), village(2, 4), few(3, 4), few(4, 4))
    assert told.merges == (1, 2)
    assert told.told
    assert merged(few(1, 5), few(2, 5), few(3, 5), few(4, 5)).merges == (1, 2, 3, 4)


def test_few_alone_are_too_few():
    """Two villages with seven ballots together look like any that are too few."""
    told = merged(few(1, 3), few(2, 4))
    assert (told.ballots, told.figures, told.merges) == (None, (), ())
    assert merged(few(1, 4), few(2, 4)).ballots == 8


def test_a_phone_that_filled_a_village_does_not_bring_others_in():
    """Twelve ballots of three phones are too few by themselves, and bring nobody's along."""
    stuffed = replace(village(2, 1.2), sent_by=Phones(3, 11))
    assert release(stuffed).ballots is None
    assert merged(village(1), stuffed, few(3, 3)).merges == (1,)


def test_two_phones_may_be_the_same_two_everywhere():
    """Somebody may have sent the most ballots in each village from one phone: what they know is added up."""
    whole = merge(9, ("a", "b"), [village(1), village(2, 4), few(3, 5)])
    assert whole.phones == Phones(65, 6)
    assert whole.of("a").phones == Phones(65, 6)


def test_nothing_new_is_the_same_again():
    """The same villages again, or with one more that is left out, say what was said."""
    first = merged(village(1), village(2, 4))
    assert merged(village(1), village(2, 4), before=(first,), session=100) == replace(first, session=100)
    assert merged(village(1), village(2, 4), few(3, 7), before=(first,), session=100).merges == (1, 2)


def test_those_who_were_merged_before_stay():
    """Few ballots that were covered once are covered again, also where the new few ones are left out."""
    first = merged(village(1), few(2, 4), few(3, 4))
    again = merged(village(1), few(2, 4), few(3, 4), few(4, 7), village(5, 4), before=(first,))
    assert (first.merges, again.merges) == ((1, 2, 3), (1, 2, 3, 5))


def test_few_that_join_later_are_enough_by_themselves():
    """Between two merged releases lie nobody's ballots or eight at least, beside villages that were told."""
    first = merged(village(1), few(2, 4), few(3, 4))
    again = merged(village(1), few(2, 4), few(3, 4), few(4, 4), few(5, 4), before=(first,))
    assert again.merges == (1, 2, 3, 4, 5)


def unsure(session: int, people: int) -> Tally:
    """A village of twenty of whom so many score the second criterion, and all the first."""
    scores = {("a", EVERYBODY): Scores(0, (2, 4, 8, 4, 2)), ("b", EVERYBODY): Scores(20 - people, (0, 0, people, 0, 0))}
    return Tally(session, 7, Source.BALLOTS, ("a", "b"), scores, {})


@pytest.mark.parametrize("people", [0, 7, 9])
def test_a_village_of_whom_few_scored_something_is_one_among_many(people):
    """It told nothing of that criterion; the whole does, as nobody can reckon what these few said."""
    assert unsure(2, people).of("b").base == people
    release_ = merged(village(1, 6), unsure(2, people), village(3, 5))
    assert release_.figure("b") is not None


def grouped(session: int, woman: int, man: int, silent: int = 0) -> Tally:
    """A village of women, men, and those who didn't say, each of mixed minds."""
    groups = {group: _mixed(people) for group, people in (("woman", woman), ("man", man), ("", silent))}
    whole = tuple(map(sum, zip(*groups.values(), strict=True)))
    scores = {("a", group): Scores(0, given) for group, given in ((EVERYBODY, whole), *groups.items()) if group}
    return Tally(session, 7, Source.BALLOTS, ("a",), scores, {})


def _mixed(people: int) -> tuple[int, ...]:
    return tuple(people // 5 + (score < people % 5) for score in range(5))


def groups_of(*parts: Tally) -> list[str]:
    told = release(merge(99, ("a",), parts), [release(part) for part in parts])
    return [figure.group for figure in told.figures]


def test_groups_too_small_in_each_village_are_told_together():
    """Ten women and ten men in each of two villages: nothing of them there, both in the whole."""
    parts = [grouped(number, 10, 10) for number in range(1, 3)]
    assert not any(figure.group != EVERYBODY for part in parts for figure in release(part).figures)
    assert groups_of(*parts) == [EVERYBODY, "woman", "man"]


def erased(part: Tally) -> tuple[Tally, Release]:
    """A village whose counts that were not released are gone, and what was released of it."""
    told = release(part)
    cells = {(figure.criterion, figure.group) for figure in told.figures}
    scores = {cell: counts for cell, counts in part.scores.items() if cell in cells}
    return replace(part, scores=scores, wishes={}, erased=True), told


def test_what_was_erased_is_not_made_up():
    """A village whose small counts are gone is covered by what is left; what is missing there is missing in all."""
    gone, told = erased(unsure(2, 5))
    release_ = merged(village(1, 4), gone, before=(told,))
    assert (release_.ballots, release_.merges) == (60, (1, 2))
    assert (release_.figure("a") is not None, release_.figure("b")) == (True, None)
    assert release_.wishes == ()


def test_a_village_that_was_too_small_is_gone_for_good():
    """Nothing is left of it, so it is not covered."""
    gone, told = erased(few(2, 4))
    assert merged(village(1, 4), village(3, 4), gone, few(4, 4), before=(told,)).merges == (1, 3)


def test_an_earlier_release_stands_once_its_counts_are_erased():
    """Whom an earlier release covered can't be compared with any more."""
    first = merged(village(1, 4), village(2, 4))
    gone, told = erased(village(1, 4))
    assert merged(gone, village(2, 4), village(3, 4), before=(told, first)) == first


def test_what_was_merged_is_not_released_anew():
    """A village's own release stands once it is part of a merged one."""
    own = release(village(1))
    whole = merged(village(1), village(2, 4))
    assert release(village(1, 4), [own, whole]) is own
    assert release(few(3, 20), [own, whole]).ballots == 20


def test_order_follows_from_what_is_told():
    """Two wishes that look alike stand in the order of the card, whatever their counts are."""
    wished = merged(village(1, 4, wishes={"a": 19, "b": 20}), village(2, 4, wishes={"a": 19, "b": 20}))
    assert [(wish.criterion, wish.share) for wish in wished.wishes] == [("a", "about half"), ("b", "about half")]


def test_wishes_of_a_village_that_asked_for_something_else_are_not_told():
    """What somebody wished who isn't counted could be taken away from those who are."""
    other = replace(village(2, 4, wishes={"z": 30}), asked=("a", "z"))
    parts = [village(1, 4, wishes={"a": 26, "b": 10}), other]
    assert merged(parts[0], village(2, 4, wishes={"a": 26, "b": 10})).wishes
    assert merged(*parts).wishes == ()


def test_merged_releases_survive_being_written_down():
    """A merged release comes back as it was."""
    told = merged(village(1), village(2, 4))
    assert release_from_json(release_to_json(told)) == told
