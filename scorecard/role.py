"""Roles: who may act where, and the invitations through which alone a role is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

INVITATION_VALID = timedelta(days=7)


class Role(StrEnum):
    """What a person may be beside a citizen."""

    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer of a role in some communes (codes), usable once before it expires."""

    role: Role
    communes: tuple[str, ...]
    partner: str | None
    expires_at: datetime
    used: bool = False

    def stands(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return not self.used and now < self.expires_at


def may_act(communes: frozenset[str], place: str) -> bool:
    """Whether a facilitator of these communes may act in a place: the commune itself or a village of it."""
    return place[:6] in communes
