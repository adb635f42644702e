"""How people are protected, read in the middle of something."""

from dataclasses import dataclass

from conversations.commands import GoOnWith
from conversations.engine import Flow
from conversations.prompts import OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy(OneOf):
    """How people are protected; the way out is back."""

    key: str = "privacy"
    options: tuple[str, ...] = ()


def privacy(_: None) -> Flow:
    """A person reads how they are protected; the way out is back."""
    yield Privacy()
    return GoOnWith()
