"""What a post is about: what it says is found by it when the post is sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing, and which of them."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def of_session(id_: int) -> Subject:
    """A session as a subject."""
    return Subject("session", id_)
