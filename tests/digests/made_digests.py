"""Digests made as they are in the field: ballots, counted and let out by the door. All chance comes from one seed."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from files.cards import shipped_cards
from scorecard.ballot import DONT_KNOW, Age, Ballot, Compared, Gender, Groups
from scorecard.card import Card, Criterion, Service
from scorecard.digest import Before, Digest
from scorecard.disclosure import Release, release
from scorecard.place import Location, Place, ServicePoint
from scorecard.session import Session, State
from scorecard.tally import count

CLOSED = datetime(2026, 11, 24, 11, tzinfo=UTC)
HERE = Location(
    Place("21", "តាកែវ", "Takeo"), Place("2106", "ព្រៃកប្បាស", "Prey Kabbas"), Place("210601", "អង្កាញ់", "Angkanh")
)
MOODS = ((1, 2, 10, 30, 57), (1, 4, 30, 45, 20), (5, 20, 50, 20, 5), (20, 45, 25, 8, 2), (60, 25, 10, 4, 1))
"""How likely each score is, from content to angry."""

Scored = Callable[[random.Random, str], int]
"""What one person gives for a criterion."""


def made_digest(
    people: int | Mapping[Service, int] = 24,
    *,
    services: Sequence[Service] = tuple(Service),
    criteria: Sequence[Criterion] = (),
    scored: Scored | None = None,
    location: Location = HERE,
    name: tuple[str, str] = ("អង្គរ", "Angkor"),
    last: bool = True,
    villages: int = 0,
    seed: int = 1,
) -> Digest:
    """One session of these services, each with so many ballots, and the round before.

    criteria: instead of those of the shipped cards; scored: instead of a mood for each criterion; name: of the
    health centre and the school, in Khmer and English.
    """
    chance = random.Random(seed)
    points = tuple(
        ServicePoint(i, service, *name, location, tuple(criteria) or _cards()[service].asked)
        for i, service in enumerate(services, start=1)
    )
    at = Session(1, location, points, "2026", State.CLOSED, "30715248", CLOSED)

    def released(session: int) -> tuple[Release, ...]:
        numbers = people if isinstance(people, Mapping) else dict.fromkeys(services, people)
        return tuple(_release(session, point, numbers[point.service], scored, chance) for point in points)

    now = tuple(replace(one, merges=tuple(range(1, villages + 1))) for one in released(1))
    before = tuple(Before("2025", one) for one in released(2)) if last else ()
    return Digest(at, now, before, villages, (villages,) * len(now))


def many_criteria(number: int, label: str = "") -> tuple[Criterion, ...]:
    """So many criteria, each with a label of its own."""
    return tuple(
        Criterion(f"c{i}", {"km": f"{label or 'ចំណុច'} {i}", "en": f"{label or 'Point'} {i}"}, {"km": "?"})
        for i in range(1, number + 1)
    )


def _release(session: int, point: ServicePoint, people: int, scored: Scored | None, chance: random.Random) -> Release:
    asked = tuple(criterion.key for criterion in point.criteria)
    single = tuple(criterion.key for criterion in point.single)
    compared = chance.choice(((Compared.BETTER,) * 6, (Compared.WORSE,) * 6, ()))
    moods = {key: MOODS[(i + chance.randrange(2)) % len(MOODS)] for i, key in enumerate(asked)}

    def by_mood(chance: random.Random, key: str) -> int:
        return DONT_KNOW if chance.random() < 0.05 else chance.choices((1, 2, 3, 4, 5), moods[key])[0]

    ballots = [
        Ballot(
            {key: (scored or by_mood)(chance, key) for key in asked},
            chance.choice((None, single[-1], single[-1], single[len(single) // 2])),
            Groups(chance.choice((Gender.WOMAN, Gender.MAN)), chance.choice(tuple(Age))),
            compared=chance.choice((None, *Compared, *compared)),
        )
        for _ in range(people)
    ]
    return release(count(session, point.id, asked, ballots))


@cache
def _cards() -> dict[Service, Card]:
    return {card.service: card for card in shipped_cards()}
