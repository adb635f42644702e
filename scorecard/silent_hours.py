"""Silent hours: the part of the night in which no group is woken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scorecard.session import PHNOM_PENH


@dataclass(frozen=True, slots=True)
class SilentHours:
    """From one full hour to another in Phnom Penh, 0 to 23; over midnight where the first is the later one."""

    begin: int
    end: int

    def hold(self, at: datetime) -> bool:
        """Whether a moment lies in them."""
        return (at.astimezone(PHNOM_PENH).hour - self.begin) % 24 < (self.end - self.begin) % 24

    def over(self, at: datetime) -> datetime:
        """The first moment from `at` on, in its zone, that does not lie in them."""
        if not self.hold(at):
            return at
        local = at.astimezone(PHNOM_PENH)
        morning = local.replace(hour=self.end, minute=0, second=0, microsecond=0)
        return (morning if morning > local else morning + timedelta(days=1)).astimezone(at.tzinfo)
