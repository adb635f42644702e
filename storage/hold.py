"""A role that one process has at a time."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hold:
    """What a process has until it lets go or is gone. `is_there`: whether it still has it."""

    is_there: Callable[[], bool]
    release: Callable[[], None]
