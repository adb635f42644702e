"""What roles and those who have them are called."""

from collections.abc import Sequence

from conversations.roles.team import Invited, Member
from scorecard.place import Location
from scorecard.role import Role
from wording.catalogue import Wording, escaped
from wording.names import location_name


def role_name(role: Role, say: Wording) -> str:
    names = {
        Role.FACILITATOR: say.plain("facilitator"),
        Role.COORDINATOR: say.plain("coordinator"),
        Role.ADMINISTRATOR: say.plain("administrator"),
    }
    return names[role]


def person_name(one: Member | Invited, say: Wording) -> str:
    """As whoever invited them wrote it."""
    return one.name or say.plain("Somebody without a name")


def listed(places: Sequence[Location], say: Wording) -> str:
    """Places, a line each."""
    return "\n".join(escaped(location_name(place, say)) for place in places)
