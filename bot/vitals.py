"""What the bot notes as it works, for whoever looks after it: how much, how often what went wrong, and when last."""

import time
from collections import Counter
from dataclasses import dataclass, field

from structlog.typing import EventDict

TOLD: Counter[tuple[str, str]] = Counter()
"""How often each error and warning was logged, by level and event."""

_COUNTED = frozenset({"error", "warning"})


@dataclass
class Vitals:
    """Since the start. unreadable: updates passed over, by kind; the moments are on a clock that nobody sets: when the
    bot began, when Telegram answered the receptionist last, when an update came, and when the courier swept last.
    """

    updates: int = 0
    taps: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)
    answered: float | None = None
    updated: float | None = None
    swept: float | None = None

    def received(self, updates: int) -> None:
        """Telegram has answered, with so many updates."""
        self.answered = time.monotonic()
        if updates:
            self.updates += updates
            self.updated = self.answered


def count_event(_logger: object, level: str, event: EventDict) -> EventDict:
    """Counts what is logged as it passes by."""
    if level in _COUNTED:
        TOLD[level, str(event["event"])] += 1
    return event
