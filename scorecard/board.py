"""The planning board: what is planned, open, closed, posted and late, place by place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scorecard.session import POST_DELAY, Session, State
from scorecard.showing import day_of


class Standing(StrEnum):
    """How far a session of the board has come."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    POSTED = "posted"
    LATE = "late"


LATE_AFTER = timedelta(hours=1)
"""So long a plan may wait to be opened, or a digest for its group, before it is late."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """A session of the board. facilitator: who looks after it, as whoever invited them wrote it."""

    session: Session
    standing: Standing
    facilitator: str | None = None


def standing(session: Session, closed_at: datetime | None, *, posted: bool, grouped: bool, now: datetime) -> Standing:
    """How far a session has come, at a moment. posted: its group has what came out; grouped: it has a group."""
    if session.state is State.PLANNED:
        late = session.opens_at is not None and session.opens_at + LATE_AFTER < now
        return Standing.LATE if late else Standing.PLANNED
    if closed_at is None:
        return Standing.OPEN
    if posted:
        return Standing.POSTED
    soon = now < closed_at + POST_DELAY + LATE_AFTER
    waits = soon if session.shown_on is None else day_of(now) <= session.shown_on
    return Standing.CLOSED if waits or not grouped else Standing.LATE


def held_of(sessions: Iterable[OnBoard]) -> tuple[int, int]:
    """How many meetings were held, or are going on, of how many that there are to be."""
    all_ = tuple(sessions)
    return sum(one.session.state is not State.PLANNED for one in all_), len(all_)
