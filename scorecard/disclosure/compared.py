"""How people find a service beside last year: one of three verdicts, by a sign test between "better" and "worse".

Whether it is told is decided by how many answered and by their phones alone: only where, whatever the verdict,
somebody who knows the ballots of any two phones is never certain that all, or none, of the others said "better", "the
same" or "worse". From eight people a significant test would mean that nobody said the opposite.
"""

from bisect import bisect_left, bisect_right
from enum import StrEnum
from functools import cache, partial
from itertools import product
from math import comb

from scorecard.ballot import Compared
from scorecard.tally import Tally

FEWEST_PHONES = 15
"""From so many phones on a verdict may be told."""

FALSE_ALARMS = 0.05
"""How often at most, where as many find it better as worse, either of these is told."""


class Verdict(StrEnum):
    """What may be said of a change, by whatever it was found; `unsure`: it can't be told from chance."""

    BETTER = "better"
    WORSE = "worse"
    UNSURE = "unsure"


def compared(tally: Tally) -> Verdict | None:
    """How people find a service beside last year; None where that may not be told."""
    said, phones = tally.compared, tally.comparing_phones
    people = sum(said.values())
    if phones.number < FEWEST_PHONES or not _stays_open(people, phones.largest):
        return None
    return sign_test(said.get(Compared.BETTER, 0), said.get(Compared.WORSE, 0))


def sign_test(better: int, worse: int) -> Verdict:
    """Exact and two-sided; those who find it the same don't count (W. J. Conover, Practical Nonparametric Statistics,
    1999, section 3.4).
    """
    if min(better, worse) > _critical(better + worse):
        return Verdict.UNSURE
    return Verdict.BETTER if better > worse else Verdict.WORSE


@cache
def _critical(number: int) -> int:
    """Up to so many of `number` who differ may say the opposite; -1 where none may, for there are too few."""
    likely, most = 0, -1
    while 2 * (likely := likely + comb(number, most + 1)) <= FALSE_ALARMS * 2**number:
        most += 1
    return most


@cache
def _stays_open(people: int, known: int) -> bool:
    """Whether any verdict on so many people leaves open what all others said, whichever ballots somebody knows.

    Who knows fewer of them is certain of no more.
    """
    return known < people and all(
        _leaves_open(people, verdict, better, known - better - worse, worse)
        for verdict, better, worse in product(Verdict, range(known + 1), range(known + 1))
        if better + worse <= known
    )


def _leaves_open(people: int, verdict: Verdict, better: int, same: int, worse: int) -> bool:
    """Whether somebody who knows ballots that say these things can't be certain of the others.

    The more find it better, where as many find it worse, the better the verdict: so the ends tell of all between.
    """
    others = people - better - same - worse
    said: list[tuple[int, int, int]] = []
    for all_worse in range(worse, people - better - same + 1):
        possible = range(better, people - all_worse - same + 1)
        place = partial(_place, worse=all_worse)
        first = bisect_left(possible, _ORDER[verdict], key=place)
        end = bisect_right(possible, _ORDER[verdict], key=place)
        ends = {possible[first], possible[end - 1]} if first < end else ()
        said += [(one - better, people - one - all_worse - same, all_worse - worse) for one in ends]
    return not said or all(min(column) < others and max(column) > 0 for column in zip(*said, strict=True))


_ORDER = {Verdict.WORSE: 0, Verdict.UNSURE: 1, Verdict.BETTER: 2}


def _place(better: int, worse: int) -> int:
    return _ORDER[sign_test(better, worse)]
