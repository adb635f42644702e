"""The steps that cases are written in. README.md shows them; each is read by one function, marked with its pattern."""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcripts.playing import Player

Act = Callable[..., Awaitable[None]]

_STEPS: list[tuple[re.Pattern[str], Act]] = []


class StepError(Exception):
    """A step that can't be played; says which, and what was on the screen."""


def step(pattern: str) -> Callable[[Act], Act]:
    """Marks what reads the steps of one form. It gets the player, the step, and the pattern's groups."""

    def mark(act: Act) -> Act:
        _STEPS.append((re.compile(pattern), act))
        return act

    return mark


async def take(player: "Player", line: str) -> None:
    """Have a step acted on by the first that reads it."""
    for pattern, act in _STEPS:
        if match := pattern.fullmatch(line):
            await act(player, line, *match.groups())
            return
    raise StepError("no step reads like this; tests/transcripts/README.md lists them")
