"""Several sessions at once, of all sizes and moods: what the tests of exports draw from."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st
from made_digests import made_digest

from scorecard.card import Criterion, Service
from scorecard.digest import Digest
from scorecard.place import Location, Place

EVENING = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""One o'clock on the 25th in Phnom Penh."""

MOODS = ((1, 1, 1, 1, 1), (1, 2, 10, 30, 57), (60, 25, 10, 4, 1), (40, 5, 2, 5, 40), (0, 0, 1, 9, 0), (3, 6, 30, 6, 5))


def digest(people: int = 40, *, seed: int = 1, session: int = 1, before: bool = True) -> Digest:
    """One session of a whole commune in all three services, with ids of its own."""
    chance = random.Random(seed)
    moods: dict[str, tuple[int, ...]] = {}
    unsure = chance.choice((0, 0.1, 0.5))

    def scored(chance: random.Random, key: str) -> int:
        mood = moods.setdefault(key, chance.choice(MOODS))
        return 0 if chance.random() < unsure else chance.choices((1, 2, 3, 4, 5), mood)[0]

    one = made_digest(people, scored=scored, seed=seed, last=before)
    points = tuple(replace(point, id=10 * session + point.id) for point in one.session.points)
    return Digest(
        replace(one.session, id=session, points=points, closes_at=EVENING),
        tuple(replace(release, session=session, point=10 * session + release.point) for release in one.releases),
        tuple(
            replace(last, release=replace(last.release, point=10 * session + last.release.point)) for last in one.before
        ),
    )


def relabelled(given: Digest, name: str) -> Digest:
    """The same digest, with a name in place of every text that somebody may have typed."""
    place = given.session.location
    location = Location(
        place.province,
        Place(place.district.code, name, name),
        Place(place.commune.code, name, name),
        Place(f"{place.commune.code}01", name, name),
    )
    points = tuple(
        replace(
            point,
            service=Service.HEALTH_CENTRE,
            km=name,
            en=name,
            location=location,
            criteria=tuple(Criterion(c.key, {"km": name, "en": name}, c.question) for c in point.criteria),
        )
        for point in given.session.points
    )
    return replace(given, session=replace(given.session, location=location, points=points))


@st.composite
def digests(draw: Callable) -> list[Digest]:
    """A few sessions of all sizes; all chance comes from one seed for each."""
    sizes = draw(st.lists(st.sampled_from((0, 5, 8, 12, 19, 20, 24, 35, 60)), min_size=1, max_size=3))
    return [
        digest(people, seed=draw(st.integers(0, 2**32)), session=i, before=draw(st.booleans()))
        for i, people in enumerate(sizes, start=1)
    ]
