"""What can be reckoned of how many people gave some score or better, by somebody who knows all that was told of it.

In each dimension people stand in columns: yes in each of its groups, yes of those who did not say, and no. That those
who know the ballots of two phones could stand anywhere among them is reckoned in: for each end of each sum, the worst
place. Nothing here is looked at but sizes, and what was told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scorecard.disclosure.sums import Sums

Range = tuple[int, int]
"""The fewest and the most of something."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people there are, and how many of their ballots the two phones have sent that sent most of these."""

    people: int
    known: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """outside: what can be reckoned in each dimension; inside: that, as far as it may go for who knows two phones.

    firm: whether everything would stay open if it were known that as few, or as many, as can be said yes.
    """

    outside: tuple[Sums, ...]
    inside: tuple[Sums, ...]
    firm: tuple[bool, bool] = (False, False)

    def __add__(self, others: "Reckoned") -> "Reckoned":
        """These people and those of another session."""
        return Reckoned(
            tuple(a + b for a, b in zip(self.outside, others.outside, strict=True)),
            tuple(a + b for a, b in zip(self.inside, others.inside, strict=True)),
            (self.firm[0] and others.firm[0], self.firm[1] and others.firm[1]),
        )

    def ends(self, dimension: int = 0, column: int | None = None) -> Range:
        """How few and how many said yes: in one column, or in all."""
        return _ends(self.outside[dimension], column)

    def told(self, dimension: int, column: int | None, yes: Range, surely: Range | None = None) -> "Reckoned":
        """The same, once it is known that so few and so many said yes; surely: what this is for who knows more."""
        return Reckoned(
            _told(self.outside, dimension, column, yes), _told(self.inside, dimension, column, surely or yes)
        )

    def stays_open(self, dimension: int, column: int | None, ranges: Sequence[Range]) -> bool:
        """Whether telling which of these ranges a sum is in makes nobody certain that all, or none, said yes.

        How far what a column can be lies apart is a concave function of the sum; so a column becomes certain only at
        an end of the sum, and only if what is told there is told of that one number. A known ballot moves the ends.
        """
        low, high = self.ends(dimension, column)
        lower, higher = _ends(self.inside[dimension], column)
        _, lowest_to = next(one for one in ranges if one[0] <= low <= one[1])
        highest_from, _ = next(one for one in ranges if one[0] <= high <= one[1])
        at_low, at_high = self.firm if column is None else (False, False)
        return (at_low or lowest_to >= min(lower + 1, high)) and (at_high or highest_from <= max(higher - 1, low))

    def firmly(self, everybody: Crowd, dimensions: Sequence[Sequence[Crowd]]) -> "Reckoned":
        """The same of one session, with whether it is firm at the ends of the sum of all."""
        (low, high), (lower, higher) = self.ends(), _ends(self.inside[0], None)

        def is_open(yes: int) -> bool:
            inside = _told(self.inside, 0, None, (yes, yes))
            columns = [
                (*sums.ends(i), one) for sums, of in zip(inside, dimensions, strict=True) for i, one in enumerate(of)
            ]
            return all(
                one.people == 0 or (fewest < one.people - one.known and most > one.known)
                for fewest, most, one in (*columns, (yes, yes, everybody))
            )

        firm = all(map(is_open, range(low, lower + 1))), all(map(is_open, range(higher, high + 1)))
        return Reckoned(self.outside, self.inside, firm)


def nothing_told(everybody: Crowd, dimensions: Sequence[Sequence[Crowd]]) -> Reckoned:
    """Of one session before anything is told; dimensions: for each the groups and, last, who did not say."""
    outside, inside = [], []
    for columns in dimensions:
        most, surely = [], []
        for some in range(2 << len(columns)):
            has_no = bool(some >> len(columns))
            inner = [one for i, one in enumerate(columns) if some >> i & 1]
            outer = [one for i, one in enumerate(columns) if not some >> i & 1]
            most.append(everybody.people if has_no else sum(one.people for one in inner))
            known = min(everybody.known, sum(one.known for one in (outer if has_no else inner)))
            surely.append(most[-1] - known)
        outside.append(Sums(tuple(most)))
        inside.append(Sums(tuple(surely)))
    return Reckoned(tuple(outside), tuple(inside))


def ranges(looks: Callable[[int], object], people: int) -> list[Range]:
    """The numbers from 0 to `people` that look alike, in order."""
    found = [(0, 0)]
    for number in range(1, people + 1):
        first, last = found[-1]
        if looks(number) == looks(last):
            found[-1] = first, number
        else:
            found.append((number, number))
    return found


def _ends(sums: Sums, column: int | None) -> Range:
    """How few and how many said yes in a column, or in all: then, all but those in the last column, who said no."""
    if column is not None:
        return sums.ends(column)
    fewest, greatest = sums.ends(sums.last)
    return sums.people - greatest, sums.people - fewest


def _told(dimensions: tuple[Sums, ...], dimension: int, column: int | None, yes: Range) -> tuple[Sums, ...]:
    """What is told in one dimension; what that tells of everybody holds in the others as well."""
    told = _of_all(dimensions[dimension], yes) if column is None else dimensions[dimension].told(column, *yes)
    of_all = _ends(told, None)
    return tuple(told if i == dimension else _of_all(sums, of_all) for i, sums in enumerate(dimensions))


def _of_all(sums: Sums, yes: Range) -> Sums:
    return sums.told(sums.last, sums.people - yes[1], sums.people - yes[0])
