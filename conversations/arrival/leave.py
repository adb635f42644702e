"""Leaving what was begun."""

from dataclasses import dataclass

from conversations.commands import LeaveDialogue
from conversations.engine import Flow
from conversations.prompts import YES, OneOf


@dataclass(frozen=True, slots=True)
class LeaveFacts:
    """For `leave`: whether scores may have been sent in what is left."""

    scoring: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(OneOf):
    """Whether to leave what was begun."""

    scoring: bool
    key: str = "leave"
    options: tuple[str, ...] = (YES,)


def leave(facts: LeaveFacts) -> Flow:
    """A person leaves what they began."""
    yield Leave(scoring=facts.scoring)
    return LeaveDialogue()
