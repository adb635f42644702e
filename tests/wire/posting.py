"""A session that was scored, closed and is to be posted: what the tests of digests in groups share."""

from typing import Any

from house import House
from village import digests, of_bot, open_three

from conversations.scoring.score import CastBallot
from sandbox import Sandbox
from sandbox.people import Group, People, Person, Screen
from scorecard.digest import Digest
from storage.results.digests import digest_of
from storage.scoring.cast_ballot import cast_ballot
from storage.session import by_id
from storage.unit import Unit

CITIZENS = 9


async def scored(people: People, house: House, groups: int = 1) -> tuple[Person, list[Group], str]:
    """A facilitator with groups, and the link of a session of three services, the first of which people have scored."""
    dara = await house.facilitator(people)
    linked = [await house.group(people, dara, f"ឃុំ {number}") for number in range(groups)]
    link = await open_three(dara)
    await nine_score(house)
    return dara, linked, link


async def nine_score(house: House) -> None:
    """So many score as something can be shown of: what the tests of scoring send tap by tap, a four for everything of
    the first session's first service.
    """
    await house.store.run(_score)


def _score(unit: Unit) -> None:
    held = by_id(unit, 1)
    assert held is not None
    point = held.session.points[0]
    scores = dict.fromkeys((criterion.key for criterion in point.criteria), 4)
    for person in range(5001, 5001 + CITIZENS):
        cast_ballot(unit, held, person, CastBallot(held.session.id, point.id, 1, scores, next(iter(scores)), None))


def uploads(telegram: Sandbox) -> list[bool]:
    """The calls that brought a picture, and whether each carried its bytes (not a file id)."""
    calls = [call for call in telegram.calls.since(0) if call.method == "editMessageMedia" and call.error is None]
    return ["attach://" in str(call.parameters["media"]) for call in calls]


async def digest(house: House) -> Digest:
    def read(unit: Unit) -> Digest:
        found = by_id(unit, 1)
        assert found is not None
        return digest_of(unit, found)

    return await house.store.run(read)


async def picture(people: People, screen: Screen) -> bytes:
    """The picture in a message."""
    file = await people.file(screen)
    assert file is not None, f"no picture: {screen.text}"
    return file


async def previews(dara: Person) -> list[Screen]:
    """What a facilitator was shown before it is posted."""
    return [m for m in await of_bot(dara) if "What people said" in m.text and m.raw.get("photo")]


async def with_photo(person: Person, group: Group) -> list[Screen]:
    """The messages with pictures in a group, oldest first."""
    return [m for m in await of_bot(person, chat=group.id) if m.raw.get("photo")]


async def corrected(dara: Person, group: Group, name: str) -> Any:
    """The only digest in a group, once this name stands there."""
    found = await digests(dara, group)
    return found[0] if len(found) == 1 and name in found[0].text else None
