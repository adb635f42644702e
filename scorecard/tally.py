"""Tallies: how often each score was given, and what is derived from that."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from scorecard.ballot import DONT_KNOW, Age, Ballot, Gender
from scorecard.card import OVERALL, SATISFIED, SCALE

EVERYBODY = "all"

DIMENSIONS: tuple[tuple[str, ...], ...] = (
    tuple(gender.value for gender in Gender),
    tuple(age.value for age in Age),
)
"""The groups of each dimension; dimensions are never crossed."""

GROUPS = tuple(group for dimension in DIMENSIONS for group in dimension)


class Source(StrEnum):
    """How scores came in; sources are never mixed."""

    BALLOTS = "ballots"
    KIOSK = "kiosk"
    HAND_COUNT = "hand count"


@dataclass(frozen=True, slots=True)
class Phones:
    """How many phones some ballots came from, and how many of the ballots came from the two that sent most."""

    number: int
    largest: int


TWO = 2
"""So many phones may be in one hand, or their owners may talk."""


def one_each(people: int) -> Phones:
    """Everybody on a phone of their own; so people count as well at a kiosk, and where hands were counted."""
    return Phones(people, min(TWO, people))


@dataclass(frozen=True, slots=True)
class Scores:
    """How often one criterion was given "don't know" and each score from 1 to 5.

    sent_by: the phones of those who gave a score; None where each had their own.
    """

    dont_know: int
    given: tuple[int, int, int, int, int]
    sent_by: Phones | None = None

    @property
    def phones(self) -> Phones:
        """The phones of those who gave a score."""
        return self.sent_by or one_each(self.base)

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


LEAST_KEPT = 5
"""From fewer phones nothing is kept once a session is closed (docs/trust.md)."""

NO_SCORES = Scores(0, (0, 0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Tally:
    """What one session counted for one service point from one source, or several sessions together.

    asked: the criteria in card order; scores: by (criterion, group), the group being EVERYBODY or one of
    DIMENSIONS; wishes: how many people want each criterion repaired first; sent_by: the phones of all ballots,
    named_by: of those that name a wish, each None where everybody had their own; compared: how many find it better,
    the same or worse than last year, compared_by: their phones; erased: whether the counts that were not released are
    gone; parts: the tallies that were merged, none in a single session's.
    """

    session: int
    point: int
    source: Source
    asked: tuple[str, ...]
    scores: Mapping[tuple[str, str], Scores]
    wishes: Mapping[str, int]
    sent_by: Phones | None = None
    named_by: Phones | None = None
    compared: Mapping[str, int] = field(default_factory=dict)
    compared_by: Phones | None = None
    erased: bool = False
    parts: tuple["Tally", ...] = ()

    @property
    def single(self) -> tuple[str, ...]:
        """The criteria that can be wished for: all but the overall one."""
        return tuple(key for key in self.asked if key != OVERALL)

    def of(self, criterion: str, group: str = EVERYBODY) -> Scores:
        return self.scores.get((criterion, group), NO_SCORES)

    @property
    def ballots(self) -> int:
        """How many ballots were counted (each answers every criterion, if only with "don't know")."""
        if self.parts:
            return sum(part.ballots for part in self.parts)
        return max((self.of(key).dont_know + self.of(key).base for key in self.asked), default=0)

    @property
    def phones(self) -> Phones:
        """The phones of all ballots."""
        return self.sent_by or one_each(self.ballots)

    @property
    def may_be_kept(self) -> bool:
        """Whether enough phones took part for it to wait for other villages; from fewer nothing is kept at all."""
        return self.phones.number >= LEAST_KEPT

    @property
    def named(self) -> int:
        """How many named a wish."""
        return sum(self.wishes.values())

    @property
    def naming_phones(self) -> Phones:
        """The phones of those who named a wish."""
        return self.named_by or one_each(self.named)

    @property
    def comparing_phones(self) -> Phones:
        """The phones of those who compared it with last year."""
        return self.compared_by or one_each(sum(self.compared.values()))


def count(session: int, point: int, asked: tuple[str, ...], ballots: Sequence[Ballot]) -> Tally:
    """The tally of a service point's ballots."""
    given: Counter[tuple[str, str, int]] = Counter()
    for criterion in asked:
        alike = Counter((b.groups.gender, b.groups.age, b.scores.get(criterion, DONT_KNOW)) for b in ballots)
        for (gender, age, score), people in alike.items():
            for group in filter(None, (EVERYBODY, gender, age)):
                given[criterion, str(group), score] += people
    marks = [ballot.phone or number for number, ballot in enumerate(ballots)]
    sent = Counter(marks)
    shared = [(ballot, mark) for ballot, mark in zip(ballots, marks, strict=True) if sent[mark] > 1]
    scored = Counter[tuple[str, str]]()
    for (criterion, group, score), people in given.items():
        scored[criterion, group] += people if score != DONT_KNOW else 0
    phones = {
        (criterion, group): _phones(
            people,
            (
                mark
                for ballot, mark in shared
                if group in {EVERYBODY, ballot.groups.gender, ballot.groups.age}
                and ballot.scores.get(criterion, DONT_KNOW) != DONT_KNOW
            ),
        )
        for (criterion, group), people in scored.items()
    }
    single = {key for key in asked if key != OVERALL}
    wishes = Counter(ballot.repair for ballot in ballots if ballot.repair in single)
    beside = Counter(ballot.compared for ballot in ballots if ballot.compared is not None)
    return Tally(
        session,
        point,
        Source.BALLOTS,
        asked,
        collect(given, phones),
        {criterion: wishes[criterion] for criterion in wishes if criterion is not None},
        _phones(len(ballots), (mark for _, mark in shared)),
        _phones(wishes.total(), (mark for ballot, mark in shared if ballot.repair in single)),
        {said.value: beside[said] for said in beside},
        _phones(beside.total(), (mark for ballot, mark in shared if ballot.compared is not None)),
    )


def merge(session: int, asked: tuple[str, ...], parts: Sequence[Tally]) -> Tally:
    """The tallies of one service point from several sessions added up, as those of the merged session `session`.

    asked: what the sessions asked, in the order of the newest card. A phone counts once in each session: whether it
    sent ballots in others as well nobody can see, so that the two that sent most may be the same two everywhere.
    """
    given: Counter[tuple[str, str, int]] = Counter()
    wishes: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    phones: defaultdict[tuple[str, str], list[Phones]] = defaultdict(list)
    for part in parts:
        wishes.update({criterion: people for criterion, people in part.wishes.items() if criterion in asked})
        beside.update(part.compared)
        for (criterion, group), scores in part.scores.items():
            phones[criterion, group].append(scores.phones)
            for score, people in enumerate((scores.dont_know, *scores.given)):
                given[criterion, group, score] += people
    first = parts[0]
    return Tally(
        session,
        first.point,
        first.source,
        asked,
        collect(given, {cell: _together(some) for cell, some in phones.items()}),
        dict(wishes),
        _together(part.phones for part in parts),
        _together(part.naming_phones for part in parts),
        dict(beside),
        _together(part.comparing_phones for part in parts),
        parts=tuple(parts),
    )


def collect(
    given: Mapping[tuple[str, str, int], int], phones: Mapping[tuple[str, str], Phones]
) -> dict[tuple[str, str], Scores]:
    """Scores by (criterion, group), from counts by (criterion, group, score), and the phones of those who scored."""
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
            phones.get((criterion, group)),
        )
        for criterion, group in {(criterion, group) for criterion, group, _ in given}
    }


def _phones(people: int, sharing: Iterable[Hashable]) -> Phones:
    """The phones of so many people's ballots; `sharing`: the marks of those that come from a phone with several."""
    sent = Counter(sharing)
    alone = people - sent.total()
    most = sorted([*sent.values(), *[1] * min(alone, TWO)], reverse=True)
    return Phones(alone + len(sent), sum(most[:TWO]))


def _together(some: Iterable[Phones]) -> Phones:
    numbers = [(phones.number, phones.largest) for phones in some]
    return Phones(sum(number for number, _ in numbers), sum(largest for _, largest in numbers))
