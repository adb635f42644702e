"""Exact counts of scores, as far as they may be told."""

from scorecard.card import SATISFIED, SCALE
from scorecard.disclosure.release import SMALLEST_COUNT, Bin
from scorecard.tally import Scores


def bins(scores: Scores) -> tuple[Bin, ...] | None:
    """Counts of neighbouring scores, merged until none but empty ones is under the smallest that may be told.

    None where next to nobody is (or isn't) satisfied, so that one against all looks like none, and where the
    median would tell a count that was merged away.
    """
    if min(scores.satisfied, scores.base - scores.satisfied) <= SMALLEST_COUNT:
        return None
    small = [score for score in SCALE if 0 < scores.given[score - 1] < SMALLEST_COUNT]
    return _merged(scores) if all(_hidden(scores, score) for score in small) else None


def _merged(scores: Scores) -> tuple[Bin, ...]:
    """Satisfied and unsatisfied are never merged with each other: the share would tell them apart again."""
    each = [Bin((score,), people) for score, people in zip(SCALE, scores.given, strict=True)]
    sides = each[: SATISFIED - 1], each[SATISFIED - 1 :]
    for side in sides:
        while small := [i for i, b in enumerate(side) if 0 < b.people < SMALLEST_COUNT]:
            left = min(small[0], len(side) - 2)
            one, other = side[left : left + 2]
            side[left : left + 2] = [Bin(one.scores + other.scores, one.people + other.people)]
    return (*sides[0], *sides[1])


def _hidden(scores: Scores, small: int) -> bool:
    """Whether one more or one fewer could have given this score, for all that bins and median say."""
    shown = _merged(scores), scores.median
    for other in SCALE:
        for more in (1, -1) if other != small else ():
            change = {small: more, other: -more}
            one, two, three, four, five = (scores.given[s - 1] + change.get(s, 0) for s in SCALE)
            alike = Scores(scores.dont_know, (one, two, three, four, five))
            if min(alike.given) >= 0 and (_merged(alike), alike.median) == shown:
                return True
    return False
