"""What to keep and what to improve: the few criteria of a release that people are told first.

All of it follows from what is shown, so that nothing shown contradicts it: the middle score, then the share as it is
said, then the order of the card.
"""

from dataclasses import dataclass
from itertools import islice

from scorecard.card import OVERALL, SATISFIED
from scorecard.disclosure import Figure, Release, Share, ShareWord, Wish

MOST = 2
KEEP_FROM = SATISFIED
IMPROVE_BELOW = 3.5
"""Between these two nothing is praised or blamed."""

MOST_WISHES = 2
"""Who reads a picture from afar remembers no more."""

_NOT_FROM_MANY = (ShareWord.ALMOST_NONE, ShareWord.FEW)
_WORDS = [*ShareWord]


@dataclass(frozen=True, slots=True)
class Highlights:
    """Strengths, best first, and points to improve, the most urgent first; no criterion is both.

    same: all of them, where nothing that is shown tells one from another: then nothing is a strength and nothing to be
    improved more than the rest; wishes: what people want put right first, which is no strength.
    """

    strengths: tuple[Figure, ...]
    improve: tuple[Figure, ...]
    same: tuple[Figure, ...]
    wishes: tuple[Wish, ...]


def highlights(release: Release, *, in_tens: bool) -> Highlights:
    """Up to two of each. in_tens: whether shares are shown in tens."""
    shown = [figure for figure in release.told if figure.criterion != OVERALL]
    wishes = first_wishes(release)
    if len(shown) > 1 and len({(one.median, one.said(in_tens=in_tens)) for one in shown}) == 1:
        return Highlights((), (), tuple(shown), wishes)
    wanted = {wish.criterion for wish in wishes}
    strong = [one for one in shown if one.score >= KEEP_FROM and one.criterion not in wanted]
    weak = [one for one in shown if one.score < IMPROVE_BELOW]
    strong.sort(key=lambda one: _good(one, in_tens=in_tens), reverse=True)
    weak.sort(key=lambda one: _good(one, in_tens=in_tens))
    return Highlights(tuple(strong[:MOST]), tuple(weak[:MOST]), (), wishes)


def first_wishes(release: Release) -> tuple[Wish, ...]:
    """What people want put right first: the first wish, and others that as many named, or more than a few did."""
    first = release.wishes[0].share if release.wishes else None
    told = (wish for wish in release.wishes if wish.share == first or wish.share not in _NOT_FROM_MANY)
    return tuple(islice(told, MOST_WISHES))


def _good(figure: Figure, *, in_tens: bool) -> tuple[float, float]:
    """How good a figure is, by what is shown of it: its middle score, then its share."""
    return figure.score, _size(figure.said(in_tens=in_tens))


def _size(said: Share) -> float:
    """A share's place among those said in the same style."""
    if isinstance(said, int):
        return said
    return {ShareWord.ALMOST_NONE: -1, ShareWord.ALMOST_ALL: 101}.get(said, 20 * _WORDS.index(said))
