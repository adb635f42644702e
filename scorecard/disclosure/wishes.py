"""Which wishes may be told: what people want put right first, in the words of the figures.

From the largest share that there is a word for to the smallest, and each time in the order of the card, it is told
whether so many named a criterion. Where "yes" or "no" could make somebody certain that none, or all, of the others in a
session named one, nothing is told of that criterion any more. It is decided by how many named anything, and by what was
told already; who reads the wishes can do the same again, and so does the door.
"""

from collections.abc import Callable, Sequence

from scorecard.disclosure.reckoning import Reckoned, ranges
from scorecard.disclosure.release import Release, Wish
from scorecard.disclosure.sums import Sums
from scorecard.disclosure.words import Share, ShareWord, Words, sayable, share
from scorecard.tally import Tally

FEWEST_OTHERS = 3
"""So many must have named a criterion beside those whose ballots somebody may know."""

MOST_CRITERIA = 10
"""Of more criteria no wishes are told: each one doubles the work, and no card has as many."""

Reached = Callable[[str, int], bool]
"""Whether so many named a criterion."""


def wishes(tally: Tally, known: Reckoned, asked: Sequence[str], minimum: int) -> tuple[Wish, ...]:
    """The wishes that may be told, most wanted first, then in the order of the card.

    known: what can be reckoned of them already; asked: its columns.
    """
    told, _ = _tell(tally, known, asked, minimum, lambda key, number: tally.wishes.get(key, 0) >= number)
    return told


def may_be_told(tally: Tally) -> bool:
    """Whether anything can be told of wishes: all that anybody named must be there, and not be too much."""
    known = all(not part.erased and set(part.asked) <= set(tally.asked) for part in tally.parts)
    return known and len(tally.single) <= MOST_CRITERIA


def no_wish_told(tally: Tally, asked: Sequence[str]) -> Reckoned:
    """What can be reckoned of one session's wishes before any was told: only what it asked can have been named."""
    most, surely = [], []
    for some in range(1 << len(asked)):
        inside = any(key in tally.asked for i, key in enumerate(asked) if some >> i & 1)
        outside = any(key in tally.asked for i, key in enumerate(asked) if not some >> i & 1)
        most.append(tally.named if inside else 0)
        surely.append(most[-1] - (tally.naming_phones.largest if inside and outside else 0))
    return Reckoned((Sums(tuple(most)),), (Sums(tuple(surely)),))


def wishes_reckoned(known: Reckoned, tally: Tally, told: Release, asked: Sequence[str], minimum: int) -> Reckoned:
    """What can be reckoned of wishes, beside what is `known`, once these were released."""
    words = _words(tally)
    reach = {
        wish.criterion: [number for number in range(tally.named + 1) if share(number, tally.named, words) == wish.share]
        for wish in told.wishes
        if words is not None
    }
    _, after = _tell(tally, known, asked, minimum, lambda key, number: key in reach and number <= reach[key][-1])
    return after


def _tell(
    tally: Tally, known: Reckoned, asked: Sequence[str], minimum: int, reached: Reached
) -> tuple[tuple[Wish, ...], Reckoned]:
    words, named = _words(tally), tally.named
    if words is None or tally.naming_phones.number < minimum:
        return (), known
    fewest = tally.naming_phones.largest + FEWEST_OTHERS
    alike = ranges(lambda number: share(number, named, words), named)
    steps = sorted({max(low, fewest) for low, high in alike if high >= fewest}, reverse=True)
    left = dict.fromkeys(key for key in asked if key in tally.asked)
    told: list[Wish] = []
    for number in steps:
        for key in tuple(left):
            column = asked.index(key)
            if number > known.ends(0, column)[1]:
                continue
            if not known.stays_open(0, column, ((0, number - 1), (number, named))):
                del left[key]
                continue
            yes = reached(key, number)
            known = known.told(0, column, (number, named) if yes else (0, number - 1))
            if yes:
                told.append(Wish(key, _word(share(number, named, words))))
                del left[key]
    return tuple(told), known


def _word(said: Share) -> ShareWord:
    assert isinstance(said, ShareWord), "wishes are said in words"
    return said


def _words(tally: Tally) -> Words | None:
    """The finest words that stay open where nothing else is told. Never tens: what people want is no figure."""
    named, known = tally.named, tally.naming_phones.largest

    def stay_open(words: Words) -> bool:
        return ranges(lambda number: share(number, named, words), named)[0][1] > known

    return next((words for words in sayable(named) if words is not Words.TENS and stay_open(words)), None)
