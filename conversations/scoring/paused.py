"""A session is paused: whoever is in the middle of it waits, and loses nothing."""

from collections.abc import Generator
from dataclasses import dataclass

from conversations.prompts import Prompt, Value
from conversations.refusals import Why
from scorecard.session import Session

LOOK_AGAIN = "again"
STILL_PAUSED = Why("still paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Prompt):
    """Nothing can be answered until the session goes on: then what was asked before is asked again."""

    session: Session
    key: str = "paused"

    def fits(self, value: Value) -> bool:  # noqa: ARG002
        return False

    def why_not(self, value: Value) -> Why:  # noqa: ARG002
        return STILL_PAUSED


def wait_while_paused(session: Session) -> Generator[Prompt, Value, None]:
    """Ask nothing else while a session is paused."""
    if session.is_paused:
        yield Paused(session=session)
