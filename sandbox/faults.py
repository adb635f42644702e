"""What goes wrong on purpose: which faults are on, and whether one strikes now.

Each has a random generator of its own, so a run with the same seeds and the same calls has the same faults.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

ON_CALLS = ("delay", "lost_request", "reset", "revoked", "too_many", "server_error", "lost_reply")
"""In the order in which they strike one call."""

ON_UPDATES = ("duplicate_update", "late_update")
KINDS = (*ON_CALLS, *ON_UPDATES)

STATUSES = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(eq=False)
class Fault:
    """One fault that is on. `methods`, `updates`: None for all; `left`: how often it strikes yet, None without end."""

    id: int
    kind: str
    methods: frozenset[str] | None = None
    updates: frozenset[str] | None = None
    bot: int | None = None
    left: int | None = None
    chance: float = 1.0
    seed: int = 0
    seconds: float = 1.0
    code: int = 500
    struck: int = 0
    random: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # A run is to be repeated, not to be unpredictable.
        self.random = Random(self.seed)  # noqa: S311

    def fits(self, bot: int, method: str | None, update: str | None) -> bool:
        wanted, name = (self.updates, update) if self.kind in ON_UPDATES else (self.methods, method)
        return self.bot in {None, bot} and (wanted is None or name in wanted)

    def strikes(self) -> bool:
        """Whether it strikes a call or update that fits."""
        if self.left == 0 or (self.chance < 1 and self.random.random() >= self.chance):
            return False
        self.struck += 1
        if self.left is not None:
            self.left -= 1
        return True

    def about(self) -> dict[str, Any]:
        """As the control shows it."""
        about = {name: value for name, value in vars(self).items() if name != "random"}
        return about | {name: sorted(about[name]) for name in ("methods", "updates") if about[name] is not None}


class Faults:
    """Those that are on."""

    def __init__(self) -> None:
        self._on: list[Fault] = []
        self._ids = count(1)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._on)

    def add(self, kind: str, **given: Any) -> Fault:
        fault = Fault(next(self._ids), kind, **given)
        self._on.append(fault)
        return fault

    def clear(self, number: int | None = None) -> bool:
        """Turn one off, or all; whether there was such a one."""
        kept = [fault for fault in self._on if number not in {None, fault.id}]
        cleared = len(kept) < len(self._on)
        self._on = kept
        return cleared

    def hit(self, kind: str, bot: int, *, update: str) -> Fault | None:
        """The fault of this kind that strikes an update now."""
        return next(self._striking((kind,), bot, None, update), None) if self._on else None

    def hits(self, bot: int, method: str) -> list[Fault]:
        """The faults that strike a call now, in the order in which they do."""
        return list(self._striking(ON_CALLS, bot, method, None)) if self._on else []

    def _striking(self, kinds: Iterable[str], bot: int, method: str | None, update: str | None) -> Iterator[Fault]:
        for kind in kinds:
            for fault in self._on:
                if fault.kind == kind and fault.fits(bot, method, update) and fault.strikes():
                    yield fault
                    break
        self._on = [fault for fault in self._on if fault.left != 0]
