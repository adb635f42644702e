"""Commands: what a finished flow, or a button outside a dialogue, wants done in the same unit of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

About = Mapping[str, Any]
"""What a dialogue is about beside its session, as a JSON object: one of a later version may hold more."""


class Command:
    """Marks what can be carried out: each in one way, which its room says.

    timed: its minute stands in the audit trail, and not its day alone.
    """

    __slots__ = ()
    timed: ClassVar[bool] = False

    @property
    def detail(self) -> str:
        """What else stands there of it: a code, never what somebody wrote."""
        return ""


@dataclass(frozen=True, slots=True)
class Follow:
    """What a command may lead to: go on with another flow, about something else; `answers`: given there already."""

    flow: Callable[[Any], Any]
    about: About
    answers: Mapping[str, str] = field(default_factory=dict)


# What ends that which lies over a dialogue; taking a dialogue along is nobody's room


@dataclass(frozen=True, slots=True)
class GoOnWith:
    """Take up the dialogue where it was; `change` is the key of an answer to ask anew."""

    change: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveDialogue:
    """Erase the dialogue; what was sent counts."""


Ending = Command | Follow | GoOnWith | LeaveDialogue
"""What a flow can end with."""
