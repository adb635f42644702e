"""Going on with what was begun."""

from dataclasses import dataclass

from conversations.commands import GoOnWith, LeaveDialogue
from conversations.engine import Flow
from conversations.prompts import NO, YES, OneOf


@dataclass(frozen=True, slots=True)
class GoOnFacts:
    """For `go_on`: whether the person came for something else."""

    elsewhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn(OneOf):
    """Whether to go on with what was begun; `elsewhere` when the person asked for something else."""

    elsewhere: bool
    key: str = "go_on"
    options: tuple[str, ...] = (YES, NO)


def go_on(facts: GoOnFacts) -> Flow:
    """A person who comes back, or comes for something else, goes on with what they began or leaves it."""
    answer = yield GoOn(elsewhere=facts.elsewhere)
    return GoOnWith() if answer == YES else LeaveDialogue()
