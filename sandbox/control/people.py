"""People come into the world."""

from typing import Any

from sandbox.control.given import ControlError, Given

FIELDS = frozenset({"first_name", "username", "language_code", "count"})
AT_ONCE = 100_000


def add_people(given: Given) -> dict[str, Any]:
    count = given.number("count")
    if count is not None and not 1 <= count <= AT_ONCE:
        raise ControlError(f"count must be 1 to {AT_ONCE}")
    if count is not None and given.has("username"):
        raise ControlError("a username belongs to one person: leave out count")
    added = [_add(given) for _ in range(1 if count is None else count)]
    return added[0] if count is None else {"people": added}


def _add(given: Given) -> dict[str, Any]:
    person = given.world.add_person(given.text("first_name"), given.text("username"), given.text("language_code"))
    return {
        "id": person.id,
        "first_name": person.first_name,
        "username": person.username,
        "language_code": person.language_code,
    }
