"""What was played in a chat, in the order in which it happened, written as a developer would read it.

Sokha says /start s-abc
Bot, message 2:
    Hello
    [✅ Go] [✖ Leave]
Sokha taps [✅ Go]
Bot, message 2, rewritten:
    How satisfied are you?
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

KEPT = 1000
"""What is kept of a chat; the oldest goes first."""

INDENT = "    "


@dataclass(frozen=True)
class Moment:
    """One thing that happened: who did what, to which message, with which text and keyboard."""

    who: str
    did: str
    text: str = ""
    keyboard: list[list[dict[str, Any]]] | None = None
    person: int | None = None
    """Only this person saw it."""


class Story:
    """Moments are noted as they are and written only when somebody asks: a benchmark notes thousands a second."""

    def __init__(self) -> None:
        self._moments: deque[Moment] = deque(maxlen=KEPT)

    def note(
        self,
        who: str,
        did: str,
        text: str = "",
        keyboard: list[list[dict[str, Any]]] | None = None,
        *,
        person: int | None = None,
    ) -> None:
        self._moments.append(Moment(who, did, text, keyboard, person))

    def written(self, person: int) -> str:
        """All that this person saw and did, as plain text."""
        seen = (moment for moment in self._moments if moment.person in {None, person})
        return "".join(f"{line}\n" for moment in seen for line in _lines(moment))


def _lines(moment: Moment) -> Iterator[str]:
    yield f"{moment.who}{moment.did}" + (":" if moment.text or moment.keyboard else "")
    for line in moment.text.splitlines():
        yield INDENT + line if line else ""
    for row in moment.keyboard or ():
        yield INDENT + " ".join(f"[{button['text']}]" for button in row)
