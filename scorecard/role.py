"""Roles: who may act where, and the invitations through which alone a role is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scorecard.place import COMMUNE_CODE_LENGTH

INVITATION_VALID = timedelta(days=7)


class Role(StrEnum):
    """What a person may be beside a citizen."""

    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What only a role lets somebody do, each in their own places."""

    OPEN = "open a session"
    SEE = "see a session's turnout, or its digest before it is posted"
    CLOSE = "close a session"
    CORRECT = "put right what a session is of, before anybody has sent anything"
    CANCEL_LATE = "cancel a session in which enough took part for something to be shown"
    HAND_OUT = "pass on a session's link, or print it"
    COUNT_PEOPLE = "note how many people were present"
    POST = "post a digest"
    MERGE = "put villages together"
    RENAME = "put right a name"
    TAKE_DATA = "take a digest's figures along"
    LINK = "link a group"
    CHOOSE_LANGUAGE = "choose a group's language"
    LEAD = "see who works with oneself and what was done, and invite, move and revoke"


_LEADING = frozenset({Act.LEAD})
_OVERRULING = frozenset({Act.CANCEL_LATE})
_FACILITATING = frozenset(Act) - _LEADING - _OVERRULING

ACTS: dict[Role, frozenset[Act]] = {
    Role.FACILITATOR: _FACILITATING,
    Role.COORDINATOR: _FACILITATING | _LEADING | _OVERRULING,
    Role.ADMINISTRATOR: _LEADING,
}
"""What each role lets somebody do: who gives the partners' coordinators their roles sees no session."""


INVITES: dict[Role, tuple[Role, ...]] = {
    Role.FACILITATOR: (),
    Role.COORDINATOR: (Role.FACILITATOR, Role.COORDINATOR),
    Role.ADMINISTRATOR: (Role.COORDINATOR, Role.ADMINISTRATOR),
}
"""Which roles each role may give to others, and take from them."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer of a role in some communes (codes), usable once before it expires.

    name: how whoever invites calls the person, None where nobody gave them one.
    """

    role: Role
    communes: tuple[str, ...]
    partner: str | None
    name: str | None
    expires_at: datetime
    used: bool = False

    def stands(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return not self.used and now < self.expires_at


def covers(communes: frozenset[str], place: str) -> bool:
    """Whether a place is among these communes: a commune itself or a village of it."""
    return place[:COMMUNE_CODE_LENGTH] in communes
