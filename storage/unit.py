"""A unit of work's surroundings: the database in a transaction, the moment, chance, and the house."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from scorecard.disclosure import Release
from scorecard.silent_hours import SilentHours
from storage.keys import Keys
from storage.releasing import Cases, release_each

if TYPE_CHECKING:
    from storage.house import House


class OvertakenError(Exception):
    """What this unit of work has read was changed by another meanwhile: it runs again, and sees what is there then."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit of work works with.

    sure_now: the moment that has passed for sure, earlier than `now` where our clock is doubted: what can't be taken
    back goes by it; draw: so many random bytes; language: which people meet first, of the `languages` there are;
    loaded: what was read already in this unit, by what it is; released: what the door lets out of each of some tallies,
    which may have the unit run again (`storage/releasing.py`). The same unit may run twice (a batch was rolled back):
    it does nothing outside the database but what can be done again.
    """

    db: sa.Connection
    now: datetime
    sure_now: datetime
    draw: Callable[[int], bytes]
    keys: Keys
    house: "House"
    language: str
    languages: frozenset[str]
    silent: SilentHours | None = None
    loaded: dict[object, Any] = field(default_factory=dict)
    released: Callable[[Cases], tuple[Release, ...]] = release_each
