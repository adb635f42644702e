"""Which figures of a criterion may be told, and what they say.

A figure is told only if, whatever it says, nobody can be certain afterwards that all, or none, of the others in some
group gave some score or a better one: not who holds every release, knows how many people each group has, knows this
rule, and knows the ballots of any two phones. First everybody's is decided on, by sizes and by what was released
before; then each group's, by that and by what was told before it. None is decided on by looking at what it says: who
reads a release can work out why a figure is missing, and learns nothing from it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from scorecard.card import SATISFIED, SCALE
from scorecard.disclosure.reckoning import Crowd, Range, Reckoned, nothing_told, ranges
from scorecard.disclosure.release import Figure, Release
from scorecard.disclosure.words import Share, ShareWord, Words, sayable, share, word
from scorecard.tally import DIMENSIONS, EVERYBODY, GROUPS, Tally

CUTS = SCALE[1:]
"""Scores that part people in two: those who gave this or a better one, and the others."""


def figures(
    tally: Tally, key: str, before: Sequence[Reckoned], minimum: int, groups: Sequence[str] = GROUPS
) -> Iterator[Figure]:
    """The figures of a criterion that may be told, everybody's first.

    before: what can be reckoned already, for each of `CUTS`; groups: those whose counts are there.
    """
    everybody = tally.of(key)
    words = _finest(before, everybody.base) if everybody.phones.number >= minimum else None
    if words is None:
        return
    satisfied = share(everybody.satisfied, everybody.base, words)
    beside = word(everybody.satisfied, everybody.base, words)
    told = Figure(key, EVERYBODY, everybody.median, satisfied, words, beside, _at_least(tally, everybody.base))
    yield told
    seen, surely = _seen(told, everybody.base, SATISFIED)
    known = before[CUTS.index(SATISFIED)].told(0, None, seen, surely)
    for group in groups:
        scores = tally.of(key, group)
        alike = ranges(partial(share, base=scores.base, words=Words.THREE), scores.base)
        if _large_enough(tally, key, group, minimum) and known.stays_open(*_column(group), alike):
            told = Figure(key, group, None, share(scores.satisfied, scores.base, Words.THREE), Words.THREE)
            yield told
            known = _told(known, tally, told, SATISFIED)


def nothing_told_of(tally: Tally, key: str) -> Reckoned:
    """What can be reckoned of one session's criterion before anything was released of it."""
    return nothing_told(*_crowds(tally, key))


def figures_told(known: Reckoned, tally: Tally, released: Release, key: str, cut: int) -> Reckoned:
    """What can be reckoned of how many gave `cut` or better, beside what is `known`, once this was released."""
    for figure in released.figures:
        if figure.criterion == key:
            known = _told(known, tally, figure, cut)
    return known if tally.parts else known.firmly(*_crowds(tally, key))


def _at_least(tally: Tally, people: int) -> int | None:
    """Of villages put together none: beside each one's it might tell how many in one said that they don't know."""
    if tally.parts:
        return None
    fewer = min(people, tally.ballots - 1)
    return fewer - fewer % 5


def _crowds(tally: Tally, key: str) -> tuple[Crowd, list[list[Crowd]]]:
    """Everybody who scored a criterion, and in each dimension the groups and who did not say."""
    everybody = tally.of(key)
    dimensions = []
    for dimension in DIMENSIONS:
        groups = [tally.of(key, group) for group in dimension]
        silent = everybody.base - sum(group.base for group in groups)
        columns = [Crowd(group.base, group.phones.largest) for group in groups]
        dimensions.append([*columns, Crowd(silent, min(silent, everybody.phones.largest))])
    return Crowd(everybody.base, everybody.phones.largest), dimensions


def _finest(before: Sequence[Reckoned], people: int) -> Words | None:
    """The finest words in which everybody's share may be told beside their median; None where nothing may be."""
    for words in sayable(people):
        looks = [ranges(partial(_looks, people=people, cut=cut, words=words), people) for cut in CUTS]
        if all(known.stays_open(0, None, alike) for known, alike in zip(before, looks, strict=True)):
            return words
    return None


def _looks(yes: int, people: int, cut: int, words: Words) -> tuple[int, Share | None, ShareWord | None]:
    """What is seen of how many gave `cut` or better: on which side the median is, and the share of the satisfied.

    A median between two scores leaves open which two scores are in the middle; here that counts as known.
    """
    half = (2 * yes > people) - (2 * yes < people)
    return (half, share(yes, people, words), word(yes, people, words)) if cut == SATISFIED else (half, None, None)


def _large_enough(tally: Tally, key: str, group: str, minimum: int) -> bool:
    """Whether a group scored a criterion from enough phones, and all others in its dimension did."""
    phones = tally.of(key, group).phones.number
    dimension = DIMENSIONS[_column(group)[0]]
    beside = (tally.of(key, other).phones.number for other in dimension if other != group)
    return min(phones, max(tally.of(key).phones.number - phones, *beside)) >= minimum


def _told(known: Reckoned, tally: Tally, figure: Figure, cut: int) -> Reckoned:
    seen, _ = _seen(figure, tally.of(figure.criterion, figure.group).base, cut)
    return known.told(*_column(figure.group), seen)


def satisfied_range(figure: Figure, people: int) -> Range | None:
    """How few and how many of so many people can be satisfied, by what a figure says; None where that fits none."""
    possible = _possible(figure, people, SATISFIED)
    return (min(low for low, _ in possible), max(high for _, high in possible)) if possible else None


@lru_cache(maxsize=4096)
def _seen(figure: Figure, people: int, cut: int) -> tuple[Range, Range]:
    """How few and how many of the people in a figure gave `cut` or better, by its median and its share.

    Second, the most and the fewest of that for who knows which two scores are in the middle, whichever they are.
    """
    lows, highs = zip(*_possible(figure, people, cut), strict=True)
    return (min(lows), max(highs)), (max(lows), min(highs))


def _possible(figure: Figure, people: int, cut: int) -> list[Range]:
    """The same, by which two scores may be in the middle."""
    alike = [part for part in range(people + 1) if _says(figure, part, people)]
    if not alike:
        return []
    fewest = alike[0] if cut <= SATISFIED else 0
    most = alike[-1] if cut >= SATISFIED else people
    sides = _sides(figure.median, people, cut) if figure.median is not None else [(0, people)]
    ends = [(max(fewest, low), min(most, high)) for low, high in sides]
    return [(low, high) for low, high in ends if low <= high]


def _says(figure: Figure, part: int, people: int) -> bool:
    """Whether a figure says this of so many who are satisfied."""
    beside = figure.word is None or word(part, people, figure.words) == figure.word
    return share(part, people, figure.words) == figure.satisfied and beside


def _sides(median: float, people: int, cut: int) -> list[Range]:
    """By which two scores may be in the middle how few and how many gave `cut` or better.

    Of an odd number of people the two are one.
    """
    middles = [(low, round(2 * median) - low) for low in SCALE if low <= median and round(2 * median) - low in SCALE]
    half = people // 2
    each = [(0, (people - 1) // 2), (half, half), (half + 1, people)]
    return [each[(low >= cut) + (high >= cut)] for low, high in middles if low == high or people % 2 == 0]


def _column(group: str) -> tuple[int, int | None]:
    """Where a group stands: its dimension, and its column there; everybody is all columns."""
    if group == EVERYBODY:
        return 0, None
    return next((i, groups.index(group)) for i, groups in enumerate(DIMENSIONS) if group in groups)
