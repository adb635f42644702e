"""What changed since an earlier round, without lying: one verdict on a service, worked out from two releases alone.

Rounds are unpaired: by design no ballot of one is tied to the next. A service is better, or worse, where the interval
that covers the difference of the satisfied shares in 95 of 100 cases lies on one side of 0; mostly that can't be told.
The interval is R. Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10), the widest of all that
the counts behind the two releases can have: so a change tells nothing that the releases don't. Criteria are looked at
only inside that verdict, with an error shared among them all (Bonferroni).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil, floor, hypot, sqrt
from statistics import NormalDist

from scorecard.card import OVERALL
from scorecard.disclosure import Figure, Release, Verdict, Words, satisfied_range

NOMINAL = 0.075
"""The error of each single interval. The widest of all that look alike covers more: with this one it covers the true
difference in at least 95 of 100 cases, and a service in which nothing changed is called better or worse in at most 5
(worked out for all numbers of people in tests/scorecard/test_change.py).
"""

FEWEST = {Words.THREE: 8, Words.FIVE: 20, Words.TENS: 40}
"""From fewer people the door says no share in these words."""

Interval = tuple[float, float]
"""Between which shares something lies, from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a service changed since an earlier round.

    points: from 40 people in both rounds on, how many per cent more people are satisfied at least and at most, rounded
    outwards to tens, fewer where it is negative; criteria: those that changed like the service, in card order.
    """

    verdict: Verdict
    points: tuple[int, int] | None = None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many people."""

    part: int
    people: int

    @property
    def share(self) -> float:
        return self.part / self.people


def change(now: Release, before: Release) -> Change:
    """The change of a service between what was released of it in two rounds."""
    overall = _interval(now, before, OVERALL, NOMINAL)
    verdict = _verdict(overall)
    if overall is None:
        return Change(Verdict.UNSURE)
    points = _in_tens(now, before, overall)
    if verdict is Verdict.UNSURE:
        return Change(verdict, points)
    both = [figure.criterion for figure in now.figures if figure.median is not None and figure.criterion != OVERALL]
    both = [key for key in both if before.figure(key) is not None]
    alike = (key for key in both if _verdict(_interval(now, before, key, NOMINAL / len(both))) is verdict)
    return Change(verdict, points, tuple(alike))


def newcombe(now: Count, before: Count, error: float = NOMINAL) -> Interval:
    """The interval that covers the difference of two shares but for such an error."""
    return _difference([_below(now, error)], [_above(now, error)], [_below(before, error)], [_above(before, error)])


def _interval(now: Release, before: Release, key: str, error: float) -> Interval | None:
    """The widest interval of a criterion's change; None where it was not told in both rounds."""
    figure, figure_before = now.figure(key), before.figure(key)
    if figure is None or figure_before is None or now.ballots is None or before.ballots is None:
        return None
    return _widest(figure, now.ballots, figure_before, before.ballots, error)


@cache
def _widest(now: Figure, ballots: int, before: Figure, ballots_before: int, error: float) -> Interval:
    """Over all counts that look alike: how many could score it is not told, but that no more did than sent a ballot."""
    counts, counts_before = list(_ends(now, ballots)), list(_ends(before, ballots_before))
    return _difference(
        _worst((_below(fewest, error) for fewest, _ in counts), 1),
        _worst((_above(most, error) for _, most in counts), -1),
        _worst((_below(fewest, error) for fewest, _ in counts_before), 1),
        _worst((_above(most, error) for _, most in counts_before), -1),
    )


def _ends(figure: Figure, ballots: int) -> Iterator[tuple[Count, Count]]:
    """The fewest and the most satisfied of each number of people of whom this can be said.

    The word beside tens is left out: it would tell so much more that 40 people would give 5.2 % of false alarms.
    """
    figure = replace(figure, word=None)
    for people in range(max(figure.at_least or 0, FEWEST[figure.words]), ballots + 1):
        if (satisfied := satisfied_range(figure, people)) is not None:
            yield Count(satisfied[0], people), Count(satisfied[1], people)


Side = tuple[float, float]
"""A share, and how far beyond it the true one may lie, on one side."""


def _difference(
    low: Sequence[Side], high: Sequence[Side], low_before: Sequence[Side], high_before: Sequence[Side]
) -> Interval:
    """The widest interval that two shares can make, each one of these."""
    return (
        min(a - b - hypot(arm, other) for a, arm in low for b, other in high_before),
        max(a - b + hypot(arm, other) for a, arm in high for b, other in low_before),
    )


def _worst(sides: Iterable[Side], sign: int) -> list[Side]:
    """Those that may make the widest interval: none of the others lies farther out, and reaches as far."""
    worst: list[Side] = []
    for side in sorted(sides, key=lambda side: (sign * side[0], -side[1])):
        if not worst or side[1] > worst[-1][1]:
            worst.append(side)
    return worst


def _below(count: Count, error: float) -> Side:
    return count.share, count.share - _wilson(count, error)[0]


def _above(count: Count, error: float) -> Side:
    return count.share, _wilson(count, error)[1] - count.share


def _wilson(count: Count, error: float) -> Interval:
    """The score interval of a share (E. Wilson, Journal of the American Statistical Association 22, 1927)."""
    z = NormalDist().inv_cdf(1 - error / 2)
    middle = count.share + z * z / (2 * count.people)
    arm = z * sqrt(count.share * (1 - count.share) / count.people + (z / (2 * count.people)) ** 2)
    whole = 1 + z * z / count.people
    return (middle - arm) / whole, (middle + arm) / whole


def _verdict(interval: Interval | None) -> Verdict:
    if interval is None or interval[0] <= 0 <= interval[1]:
        return Verdict.UNSURE
    return Verdict.BETTER if interval[0] > 0 else Verdict.WORSE


def _in_tens(now: Release, before: Release, interval: Interval) -> tuple[int, int] | None:
    figures = now.figure(OVERALL), before.figure(OVERALL)
    if not all(figure is not None and figure.words is Words.TENS for figure in figures):
        return None
    return 10 * floor(10 * interval[0]), 10 * ceil(10 * interval[1])
