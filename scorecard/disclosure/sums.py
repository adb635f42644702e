"""What sums can be of which something is known: people stand in columns, and nobody says who stands where.

For each set of columns the most people that can stand there are kept; the fewest follow, as all others stand
elsewhere. Where people may stand anew whenever somebody else takes their place (a base polymatroid), this is all there
is to know: told how many stand in a column, and put together with others, it stays one, and its ends are exact
(A. Frank, Connections in Combinatorial Optimization, 2011, chapter 14).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sums:
    """most: how many people can stand in some columns at most; bit i of the index stands for column i."""

    most: tuple[int, ...]

    @property
    def people(self) -> int:
        return self.most[-1]

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.most).bit_length() - 2

    def __add__(self, others: "Sums") -> "Sums":
        """These people and others, in the same columns."""
        return Sums(tuple(a + b for a, b in zip(self.most, others.most, strict=True)))

    def ends(self, column: int) -> tuple[int, int]:
        """How few and how many people can stand in a column."""
        return self.people - self.most[len(self.most) - 1 - (1 << column)], self.most[1 << column]

    def told(self, column: int, fewest: int, greatest: int) -> "Sums":
        """The same, once it is known that no fewer and no more people than this stand in a column."""
        bit, most = 1 << column, self.most
        inner = (
            min(most[some], most[some ^ bit] + greatest) if some & bit else min(most[some], most[some | bit] - fewest)
            for some in range(1, len(most) - 1)
        )
        return Sums((0, *inner, self.people))
