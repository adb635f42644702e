"""Made-up tallies: what the tests of the field draw from."""

import random
from collections.abc import Sequence

from effort import examples
from hypothesis import strategies as st

from scorecard.ballot import Age, Ballot, Gender, Groups
from scorecard.tally import EVERYBODY, Scores, Source, Tally, count

SOME = examples(100)
"""Enough examples to find a fault, the same on every run."""

ASKED = ("staff", "hours", "price", "toilets")
MOODS = ((1, 1, 1, 1, 1), (1, 2, 10, 30, 57), (60, 25, 10, 4, 1), (40, 5, 2, 5, 40), (0, 0, 1, 9, 0), (0, 0, 0, 0, 1))
"""How likely each score is: any, content, angry, torn, lukewarm, all alike."""


@st.composite
def ballots(draw, least: int = 0, most: int = 60) -> list[Ballot]:
    """The ballots of a made-up village; all chance comes from one seed, so that many can be drawn."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    unsure = draw(st.sampled_from((0, 0.05, 0.4)))
    people = draw(st.integers(least, most))
    moods = {key: chance.choice(MOODS) for key in ASKED}
    women, silent = chance.choice((0.1, 0.5, 0.8)), chance.choice((0, 0.1))

    def score(key: str) -> int:
        return 0 if chance.random() < unsure else chance.choices((1, 2, 3, 4, 5), moods[key])[0]

    def groups() -> Groups:
        gender = Gender.WOMAN if chance.random() < women else chance.choice((Gender.MAN, Gender.MAN, Gender.OTHER))
        age = chance.choice(tuple(Age))
        return Groups(None if chance.random() < silent else gender, None if chance.random() < silent else age)

    return [
        Ballot({key: score(key) for key in ASKED}, chance.choice((None, "staff", "staff", "toilets")), groups())
        for _ in range(people)
    ]


def tallies(least: int = 0, most: int = 60) -> st.SearchStrategy[Tally]:
    """Tallies of made-up villages."""
    return ballots(least, most).map(lambda cast: count(1, 7, ASKED, cast))


def tally_of(*given: Sequence[int], dont_know: int = 0, groups: dict[str, Sequence[int]] | None = None) -> Tally:
    """A tally of these counts of the scores 1 to 5: one criterion for each (a, b, …); `groups` scored the first."""
    keys = "abcdefgh"[: len(given)]
    scores = {(key, EVERYBODY): Scores(dont_know, tuple(counts)) for key, counts in zip(keys, given, strict=True)}
    for group, counts in (groups or {}).items():
        scores["a", group] = Scores(0, tuple(counts))
    return Tally(1, 7, Source.BALLOTS, tuple(keys), scores, {})
