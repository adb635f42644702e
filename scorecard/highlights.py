"""What to keep and what to improve: the few criteria of a release that people are told first."""

from dataclasses import dataclass

from scorecard.card import OVERALL, SATISFIED
from scorecard.disclosure import Figure, Release

MOST = 2
STRENGTH_FROM = 3.5
"""A strength is better than merely acceptable."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """Strengths, best first, and points to improve, the most urgent first; no criterion is both.

    same: all of them, where what was released tells none from another: then nothing is a
    strength and nothing to be improved more than the rest.
    """

    strengths: tuple[Figure, ...]
    improve: tuple[Figure, ...]
    same: tuple[Figure, ...] = ()


def highlights(release: Release) -> Highlights:
    """Up to two of each. Nothing with a median of 4 or more is called a point to improve."""
    ranked = [figure for key in release.ranked if key != OVERALL and (figure := release.figure(key))]
    if len(ranked) > 1 and len({(figure.median, figure.satisfied) for figure in ranked}) == 1:
        return Highlights((), (), tuple(ranked))
    strengths = tuple(figure for figure in ranked[:MOST] if figure.score >= STRENGTH_FROM)
    weak = [figure for figure in reversed(ranked) if figure.score < SATISFIED and figure not in strengths]
    return Highlights(strengths, tuple(weak[:MOST]))
