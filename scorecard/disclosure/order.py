"""In which order criteria are told: it follows from what is told of them, and tells nothing more."""

from collections.abc import Iterable

from scorecard.disclosure.release import Figure
from scorecard.disclosure.words import stands_for
from scorecard.tally import EVERYBODY


def ranked(figures: Iterable[Figure]) -> tuple[str, ...]:
    """The criteria best first: by everybody's median, then by their share, then as they stand on the card."""
    everybody = [figure for figure in figures if figure.group == EVERYBODY]
    return tuple(one.criterion for one in sorted(everybody, key=_best_first))


def _best_first(figure: Figure) -> tuple[float, float]:
    return -figure.score, -sum(stands_for(figure.satisfied, figure.words))
