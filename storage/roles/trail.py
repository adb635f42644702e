"""What was done, for whoever leads there."""

from conversations.roles.team import Deed, Trail
from scorecard.role import Role
from storage.audit import ANY_PARTNER, noted
from storage.people import Person
from storage.places import location
from storage.roles.team import roles_to_give
from storage.unit import Unit

PAGE = 10


def trail(unit: Unit, person: Person, page: int) -> Trail:
    """A page of what was done where a person leads: for their partner, or by everybody, for an administrator."""
    mine = roles_to_give(unit, person)
    seen: dict[str, str | None] = dict(mine.get(Role.COORDINATOR, {}))
    seen.update(mine.get(Role.FACILITATOR, {}))
    seen.update(dict.fromkeys(mine.get(Role.ADMINISTRATOR, {}), ANY_PARTNER))
    found = noted(unit, person.bot, seen, PAGE + 1, page * PAGE)
    places = {code: location(unit, code) for code in {one.commune for one in found}}
    done = tuple(Deed(one.name, one.act, one.detail, places[one.commune], one.day, one.at) for one in found[:PAGE])
    return Trail(done, page, len(found) > PAGE)
