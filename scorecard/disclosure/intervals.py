"""What a figure tells somebody who knows how many people it describes: how many gave some score or a better one."""

from functools import lru_cache

from scorecard.card import SATISFIED, SCALE
from scorecard.disclosure.release import SMALLEST_COUNT, Figure, Share, share
from scorecard.tally import Tally

CUTS = SCALE[1:]
"""Scores that part people in two: those who gave this or a better one, and the others."""


def figure_of(tally: Tally, key: str, group: str) -> Figure:
    """What is told of a criterion in a group, without exact counts."""
    scores = tally.of(key, group)
    return Figure(key, group, scores.median, share(scores.satisfied, scores.base))


def looks(people: int, base: int, cut: int) -> object:
    """What a figure shows of `people` among `base` who gave `cut` or better: their share, and which side the median is.

    A median between two scores leaves open which two scores are in the middle; here that counts as known.
    """
    side = (2 * people > base) - (2 * people < base)
    return side, share(people, base) if cut == SATISFIED else None


@lru_cache(maxsize=4096)
def between(people: int, base: int, cut: int, *, counts: bool = False) -> tuple[int, int]:
    """At least and at most so many gave `cut` or better, for all that a figure shows if `people` did.

    counts: exact counts may have been told. Why they were merged, or are missing, tells nearly what they are; so
    they count as known, but for those of next to nobody and next to all, which are never told.
    """

    def shown(people: int) -> object:
        known = counts and min(people, base - people) > SMALLEST_COUNT
        return looks(people, base, cut), people if known else None

    alike = [other for other in range(base + 1) if shown(other) == shown(people)]
    return alike[0], alike[-1]


def named_looks(people: int, base: int) -> Share | None:
    """What a list of wishes shows if `people` among the `base` who named something named this."""
    return share(people, base) if people >= SMALLEST_COUNT else None


@lru_cache(maxsize=4096)
def named_between(people: int, base: int, *, ordered: bool = False) -> tuple[int, int]:
    """At least and at most so many named something, for all that a list of wishes shows if `people` did.

    ordered: by their numbers, which tells nearly what those are; they count as known in the same way.
    """

    def shown(people: int) -> object:
        known = ordered and min(people, base - people) > SMALLEST_COUNT
        return named_looks(people, base), people if known else None

    alike = [other for other in range(base + 1) if shown(other) == shown(people)]
    return alike[0], alike[-1]
