"""Tallies: how often each score was given, and what is derived from that."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scorecard.ballot import DONT_KNOW, Age, Ballot, Gender
from scorecard.card import SATISFIED, SCALE

EVERYBODY = "all"

DIMENSIONS: tuple[tuple[str, ...], ...] = (
    tuple(gender.value for gender in Gender),
    tuple(age.value for age in Age),
)
"""The groups of each dimension; dimensions are never crossed."""


class Source(StrEnum):
    """How scores came in; sources are never mixed."""

    BALLOTS = "ballots"
    KIOSK = "kiosk"
    HAND_COUNT = "hand count"


@dataclass(frozen=True, slots=True)
class Scores:
    """How often one criterion was given "don't know" and each score from 1 to 5."""

    dont_know: int
    given: tuple[int, int, int, int, int]

    @property
    def base(self) -> int:
        """How many people scored."""
        return sum(self.given)

    @property
    def satisfied(self) -> int:
        """How many gave 4 or 5."""
        return sum(self.given[SATISFIED - 1 :])

    @property
    def median(self) -> float:
        """The mean of the two middle scores; the base must not be 0."""
        scores = [score for score, count in zip(SCALE, self.given, strict=True) for _ in range(count)]
        return (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2

    @property
    def mean(self) -> float:
        """The mean score; the base must not be 0."""
        return sum(score * count for score, count in zip(SCALE, self.given, strict=True)) / self.base


NO_SCORES = Scores(0, (0, 0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Tally:
    """What one session counted for one service point from one source, or several sessions together.

    asked: the criteria in card order; scores: by (criterion, group), the group being EVERYBODY or one of
    DIMENSIONS; wishes: how many people want each criterion repaired first; largest_phone: how many of the ballots
    came from the phone that sent most, None where that is not known; erased: whether the counts that were not
    released are gone; parts: the tallies that were merged, none in a single session's.
    """

    session: int
    point: int
    source: Source
    asked: tuple[str, ...]
    scores: Mapping[tuple[str, str], Scores]
    wishes: Mapping[str, int]
    largest_phone: int | None = None
    erased: bool = False
    parts: tuple["Tally", ...] = ()

    def of(self, criterion: str, group: str = EVERYBODY) -> Scores:
        return self.scores.get((criterion, group), NO_SCORES)

    @property
    def ballots(self) -> int:
        """How many ballots were counted (each answers every criterion, if only with "don't know")."""
        if self.parts:
            return sum(part.ballots for part in self.parts)
        return max((self.of(key).dont_know + self.of(key).base for key in self.asked), default=0)


def count(session: int, point: int, asked: tuple[str, ...], ballots: Sequence[Ballot]) -> Tally:
    """The tally of a service point's ballots."""
    given: Counter[tuple[str, str, int]] = Counter()
    for criterion in asked:
        alike = Counter((b.groups.gender, b.groups.age, b.scores.get(criterion, DONT_KNOW)) for b in ballots)
        for (gender, age, score), people in alike.items():
            for group in filter(None, (EVERYBODY, gender, age)):
                given[criterion, str(group), score] += people
    wishes = Counter(ballot.repair for ballot in ballots if ballot.repair in asked)
    phones = Counter(ballot.phone for ballot in ballots if ballot.phone is not None)
    return Tally(
        session,
        point,
        Source.BALLOTS,
        asked,
        collect(given),
        {criterion: wishes[criterion] for criterion in wishes if criterion is not None},
        max(phones.values(), default=None),
    )


def merge(session: int, asked: tuple[str, ...], parts: Sequence[Tally]) -> Tally:
    """The tallies of one service point from several sessions added up, as those of the merged session `session`.

    asked: what the sessions asked, in the order of the newest card.
    """
    given: Counter[tuple[str, str, int]] = Counter()
    wishes: Counter[str] = Counter()
    for part in parts:
        wishes.update({criterion: people for criterion, people in part.wishes.items() if criterion in asked})
        for (criterion, group), scores in part.scores.items():
            for score, people in enumerate((scores.dont_know, *scores.given)):
                given[criterion, group, score] += people
    first = parts[0]
    return Tally(session, first.point, first.source, asked, collect(given), dict(wishes), parts=tuple(parts))


def collect(given: Mapping[tuple[str, str, int], int]) -> dict[tuple[str, str], Scores]:
    """Scores by (criterion, group), from counts by (criterion, group, score)."""
    return {
        (criterion, group): Scores(
            given.get((criterion, group, DONT_KNOW), 0),
            (
                given.get((criterion, group, 1), 0),
                given.get((criterion, group, 2), 0),
                given.get((criterion, group, 3), 0),
                given.get((criterion, group, 4), 0),
                given.get((criterion, group, 5), 0),
            ),
        )
        for criterion, group in {(criterion, group) for criterion, group, _ in given}
    }
