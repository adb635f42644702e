"""The door for several villages merged: what it adds up, what it leaves out, and when the earlier release stands."""

import json
from dataclasses import replace

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made_up import ASKED, SOME, ballots

from scorecard.disclosure import Release, release, release_from_json, release_to_json, share
from scorecard.tally import EVERYBODY, Scores, Source, Tally, count, merge

EVEN = (1, 2, 4, 2, 1)
"""How many of ten people give each score."""


def village(session: int, tens: float = 2, *, largest: int | None = 1, wishes: dict[str, int] | None = None) -> Tally:
    """A village of so many times ten people of mixed minds, who scored two criteria alike."""
    given = tuple(round(tens * people) for people in EVEN)
    scores = {(key, EVERYBODY): Scores(0, given) for key in ("a", "b")}
    return Tally(session, 7, Source.BALLOTS, ("a", "b"), scores, wishes or {}, largest)


def few(session: int, people: int, *, largest: int | None = 1) -> Tally:
    """A village with few ballots, which all say 3."""
    scores = {(key, EVERYBODY): Scores(0, (0, 0, people, 0, 0)) for key in ("a", "b")}
    return Tally(session, 7, Source.BALLOTS, ("a", "b"), scores, {}, largest)


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
        assert whole.of(key, group) == one_box.of(key, group)
    assert whole.parts == tuple(parts)


@examples(40)
@given(st.lists(ballots(least=20, most=60), min_size=3, max_size=5))
def test_figures_are_those_of_all_ballots(villages):
    """What is told is true of all ballots of the sessions it covers, exact counts are not told, ballots add up."""
    parts = [count(number, 7, ASKED, cast) for number, cast in enumerate(villages)]
    own = [release(part) for part in parts]
    told = release(merge(9, ASKED, parts), own)
    whole = merge(9, ASKED, [part for part in parts if part.session in told.merges])
    assert told.ballots == whole.ballots
    assert told.session == 9
    for figure in told.figures:
        scores = whole.of(figure.criterion, figure.group)
        assert (figure.median, figure.satisfied) == (scores.median, share(scores.satisfied, scores.base))
        assert figure.bins is None
    assert set(told.ranked) == {figure.criterion for figure in told.figures if figure.group == EVERYBODY}


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


def test_few_alone_are_too_few():
    """Two villages with seven ballots together look like any that are too few."""
    told = merged(few(1, 3), few(2, 4))
    assert (told.ballots, told.figures, told.merges) == (None, (), ())
    assert merged(few(1, 4), few(2, 4)).ballots == 8


@pytest.mark.parametrize(
    ("largest", "covered"),
    [((1, 1), True), ((1, 2), True), ((2, 2), False), ((4, 1), False), ((None, 1), False), ((None, None), False)],
)
def test_one_phone_in_each_village_does_not_make_the_eight(largest, covered):
    """Somebody may have sent the most ballots in each village from one phone: five of others must be left."""
    told = merged(village(1), few(2, 4, largest=largest[0]), few(3, 4, largest=largest[1]))
    assert (told.merges == (1, 2, 3)) is covered


def test_a_phone_that_filled_a_village_does_not_bring_others_in():
    """Twelve ballots of which one phone sent eleven are too few by themselves, and bring nobody's along."""
    stuffed = replace(village(2, 1.2), largest_phone=11)
    assert release(stuffed).ballots is None
    assert merged(village(1), stuffed, few(3, 3)).merges == (1,)


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
    return Tally(session, 7, Source.BALLOTS, ("a", "b"), scores, {}, 1)


@pytest.mark.parametrize(
    ("people", "told"), [((0,), True), ((3,), False), ((7,), False), ((5, 3), True), ((3, 4), False)]
)
def test_a_criterion_is_missing_where_few_are_left(people, told):
    """A village of whom few scored a criterion told nothing of it; the whole would, by subtraction."""
    release_ = merged(village(1, 6), *(unsure(number, n) for number, n in enumerate(people, start=2)))
    assert (release_.figure("b") is not None) is told


@pytest.mark.parametrize(("later", "told"), [((3,), False), ((7,), False), ((4, 4), True)])
def test_few_between_two_merged_releases_are_not_told(later, told):
    """Enough were left over the first time; a few more villagers since then are not enough for another figure."""
    first = merged(village(1, 20), unsure(2, 5), unsure(3, 5))
    since = [unsure(number, people) for number, people in enumerate(later, start=4)]
    again = merged(village(1, 20), unsure(2, 5), unsure(3, 5), *since, before=(first,))
    assert first.figure("b")
    assert (again.figure("b") is not None) is told
    assert again.merges == (1, 2, 3, *(part.session for part in since))


def test_groups_of_few_between_two_merged_releases_are_not_told():
    """The same for groups: three women in a village that joined later would be all that is new of women."""
    parts = [grouped(number, 5, 5) for number in range(1, 7)]
    own = [release(part) for part in parts]
    first = release(merge(98, ("a",), parts), own)
    assert [figure.group for figure in first.figures] == [EVERYBODY, "woman", "man"]
    for woman, told in ((3, False), (20, True)):
        late = grouped(7, woman, 20)
        again = release(merge(99, ("a",), [*parts, late]), [*own, release(late), first])
        assert again.figure("a")
        assert (again.figure("a", "woman") is not None) is told


def grouped(session: int, woman: int, man: int, silent: int = 0) -> Tally:
    """A village of women, men, and those who didn't say, each of mixed minds."""
    groups = {group: _mixed(people) for group, people in (("woman", woman), ("man", man), ("", silent))}
    whole = tuple(map(sum, zip(*groups.values(), strict=True)))
    scores = {("a", group): Scores(0, given) for group, given in ((EVERYBODY, whole), *groups.items()) if group}
    return Tally(session, 7, Source.BALLOTS, ("a",), scores, {}, 1)


def _mixed(people: int) -> tuple[int, ...]:
    return tuple(people // 5 + (score < people % 5) for score in range(5))


def groups_of(*parts: Tally) -> list[str]:
    told = release(merge(99, ("a",), parts), [release(part) for part in parts])
    return [figure.group for figure in told.figures]


def test_groups_too_small_in_each_village_are_told_together():
    """Five women and five men in each of four villages: nothing of them there, both in the whole."""
    parts = [grouped(number, 5, 5) for number in range(1, 5)]
    assert not any(figure.group != EVERYBODY for part in parts for figure in release(part).figures)
    assert groups_of(*parts) == [EVERYBODY, "woman", "man"]


@pytest.mark.parametrize(("woman", "man"), [(3, 20), (20, 3)])
def test_a_group_of_few_is_not_told_by_the_whole(woman, man):
    """Three women in a village that told nothing of women: neither they nor the men around them are told."""
    parts = [grouped(1, 30, 30), grouped(2, woman, man)]
    assert [f.group for f in release(parts[0]).figures] == [EVERYBODY, "woman", "man"]
    assert groups_of(*parts) == [EVERYBODY]


def test_mixtures_of_groups_are_not_recombined():
    """One village told of women, the other of men: told of both, women of one and the rest of the other are left."""
    one, other = grouped(1, 20, 10, 4), grouped(2, 10, 20, 4)
    shown = [{f.group for f in release(part).figures} - {EVERYBODY} for part in (one, other)]
    assert not shown[0] & shown[1]
    assert groups_of(one, other) == [EVERYBODY]


def erased(part: Tally) -> tuple[Tally, Release]:
    """A village whose counts that were not released are gone, and what was released of it."""
    told = release(part)
    cells = {(figure.criterion, figure.group) for figure in told.figures}
    scores = {cell: counts for cell, counts in part.scores.items() if cell in cells}
    return replace(part, scores=scores, wishes={}, largest_phone=None, erased=True), told


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


def test_a_village_that_was_released_anew_is_left_out():
    """Two releases of one village describe different ballots: what the whole adds to each can't be told apart."""
    again = release(village(1, 4), [release(village(1))])
    assert merged(village(1, 4), village(2, 4), village(3, 4), before=(release(village(1)), again)).merges == (2, 3)
    first = merged(village(1), village(2, 4), village(3, 4))
    assert merged(village(1, 4), village(2, 4), village(3, 4), before=(release(village(1)), first)) == first


def test_what_was_merged_is_not_released_anew():
    """A village's own release stands once it is part of a merged one."""
    own = release(village(1))
    whole = merged(village(1), village(2, 4))
    assert release(village(1, 4), [own, whole]) is own
    assert release(village(1, 4), [own, replace(whole, point=8)]).ballots == 40


def test_order_follows_from_what_is_told():
    """Two criteria that look alike stand in the order of the card, whatever their means and counts are."""
    better = {("a", EVERYBODY): Scores(0, (3, 3, 8, 3, 3)), ("b", EVERYBODY): Scores(0, (0, 6, 8, 0, 6))}
    part = Tally(2, 7, Source.BALLOTS, ("a", "b"), better, {}, 1)
    assert release(part).ranked == ("b", "a")
    assert merged(village(1, 4), part).ranked == ("a", "b")
    wished = merged(village(1, 4, wishes={"a": 19, "b": 20}), village(2, 4, wishes={"a": 19, "b": 20}))
    assert [(wish.criterion, wish.share) for wish in wished.wishes] == [("a", 50), ("b", 50)]


@pytest.mark.parametrize(("named", "told"), [((0,), True), ((5,), False), ((5, 3), True), ((4, 3), False)])
def test_wishes_of_few_are_not_told_by_the_whole(named, told):
    """Villages where few named something told no wishes; who subtracts finds nobody, or eight at least."""
    some = [village(number, 4, wishes={"a": n - n // 2, "b": n // 2}) for number, n in enumerate(named, start=2)]
    assert bool(merged(village(1, 4, wishes={"a": 26, "b": 10}), *some).wishes) is told


def test_merged_releases_survive_being_written_down():
    """A merged release comes back as it was; one that was written before villages were merged reads as ever."""
    told = merged(village(1), village(2, 4))
    assert release_from_json(release_to_json(told)) == told
    own = release(village(1))
    old = json.loads(release_to_json(own))
    del old["merges"]
    assert release_from_json(json.dumps(old)) == own
