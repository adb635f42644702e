"""People come into the world, and change."""

from typing import Any

from sandbox.control.given import ControlError, Given
from sandbox.control.overview import about

FIELDS = frozenset({"first_name", "username", "language_code", "count"})
CHANGE_FIELDS = frozenset({"first_name", "language_code"})
AT_ONCE = 100_000


def add_people(given: Given) -> dict[str, Any]:
    count = given.number("count")
    if count is not None and not 1 <= count <= AT_ONCE:
        raise ControlError(f"count must be 1 to {AT_ONCE}")
    if count is not None and given.has("username"):
        raise ControlError("a username belongs to one person: leave out count")
    added = [_add(given) for _ in range(1 if count is None else count)]
    return added[0] if count is None else {"people": added}


def change(given: Given, number: str) -> dict[str, Any]:
    """Another name or language, in the person's settings; bots hear of it with what comes next."""
    person = Given(given.world, {"id": number}).person("id")
    if (name := given.text("first_name")) is not None:
        person.first_name = person.user["first_name"] = name
    if (language := given.text("language_code")) is not None:
        person.language_code = person.user["language_code"] = language
    given.world.journal.world_changed()
    return about(person)


def _add(given: Given) -> dict[str, Any]:
    return about(given.world.add_person(given.text("first_name"), given.text("username"), given.text("language_code")))
