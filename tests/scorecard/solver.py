"""A solver that looks for worlds: how many people of each village, gender and age can have given each score.

Known is how many people each gender and age has, what was released, and some ballots.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from scorecard.card import SCALE
from scorecard.disclosure import Figure, Release, share
from scorecard.disclosure.words import word
from scorecard.tally import EVERYBODY

Person = tuple[int, str, str, int]
"""A person of a village, of a gender and an age, or silent on these, who gave a score; or how many are like that."""

Kind = Callable[[Person], bool]


@dataclass
class Worlds:
    """All worlds that fit what is known."""

    people: list[Person]
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)
    choices: int = 0

    def sum_of(self, kind: Kind) -> dict[int, float]:
        return {i: 1.0 for i, person in enumerate(self.people) if kind(person)}

    def known(self, kind: Kind, fewest: float, most: float) -> None:
        """So many people are of a kind."""
        self.rows.append((self.sum_of(kind), fewest, most))

    def told(self, figure: Figure, villages: Iterable[int], base: int) -> None:
        """A figure of some villages, in which so many people gave a score."""
        there = frozenset(villages)

        def described(person: Person) -> bool:
            return person[0] in there and figure.group in {EVERYBODY, *person[1:3]}

        said = figure.satisfied, figure.word
        alike = [
            part
            for part in range(base + 1)
            if (share(part, base, figure.words), word(part, base, figure.words)) == said
        ]
        self.known(lambda person: described(person) and person[3] >= 4, alike[0], alike[-1])
        if figure.median is not None:
            self._median(described, figure.median, base)

    def _median(self, described: Kind, median: float, base: int) -> None:
        """Of each pair of scores that can be in the middle, one is: whoever stands there has it."""
        pairs = [(low, high) for low in SCALE for high in SCALE if low <= high and low + high == 2 * median]
        chosen: dict[int, float] = {}
        for pair in pairs if base % 2 == 0 else [pair for pair in pairs if pair[0] == pair[1]]:
            choice = len(self.people) + self.choices
            self.choices += 1
            chosen[choice] = 1.0
            for place, score in zip(((base - 1) // 2, base // 2), pair, strict=True):
                below = self.sum_of(lambda person, score=score: described(person) and person[3] < score)
                up_to = self.sum_of(lambda person, score=score: described(person) and person[3] <= score)
                self.rows.append(({**below, choice: float(base)}, 0, place + base))
                self.rows.append(({**up_to, choice: -float(base)}, place + 1 - base, np.inf))
        self.rows.append((chosen, 1, 1))

    def most(self, kind: Kind, sign: int = 1) -> int:
        """How many people can be of a kind at most; with sign -1, at least."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and most workers need it not

        size = len(self.people) + self.choices
        table = np.zeros((len(self.rows), size))
        for row, (coefficients, _, _) in enumerate(self.rows):
            table[row, list(coefficients)] = list(coefficients.values())
        wanted = np.zeros(size)
        wanted[list(self.sum_of(kind))] = -sign
        low, high = ([row[end] for row in self.rows] for end in (1, 2))
        upper = np.concatenate([np.full(len(self.people), np.inf), np.ones(self.choices)])
        solved = milp(
            wanted, constraints=LinearConstraint(table, low, high), integrality=np.ones(size), bounds=Bounds(0, upper)
        )
        assert solved.success, "the true world fits"
        return round(-sign * solved.fun)


def worlds(people: Iterable[Person], releases: Iterable[Release]) -> Worlds:
    """The worlds that fit the sizes of groups in these people's villages, and all that was released."""
    there = list(people)
    sizes: dict[tuple[int, int, str], int] = defaultdict(int)
    for village, gender, age, _ in there:
        sizes[village, 1, gender] += 1
        sizes[village, 2, age] += 1
    genders, ages = ({name for _, at, name in sizes if at == place} for place in (1, 2))
    villages = {village for village, _, _ in sizes}
    found = Worlds([(v, g, a, score) for v in villages for g in genders for a in ages for score in SCALE])
    for village in villages:
        for place, names in ((1, genders), (2, ages)):
            for name in names:
                number = sizes[village, place, name]
                found.known(lambda p, v=village, at=place, n=name: (p[0], p[at]) == (v, n), number, number)
    for released in releases:
        covered = released.merges or (released.session,)
        for figure in released.figures:
            base = sum(p[0] in covered and figure.group in {EVERYBODY, *p[1:3]} for p in there)
            found.told(figure, covered, base)
    return found
