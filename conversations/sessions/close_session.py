"""Closing a session."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.prompts import YES, OneOf
from conversations.refusals import Why
from conversations.sessions.live import Count
from scorecard.session import CancelReason, Session

CLOSE = EntryName("close")
CALL = "call"
NOW = "now"
LONGER = "longer"
CANCEL = "cancel"
ALREADY_CLOSED = Why("already closed")
ENOUGH_TOOK_PART = Why("enough took part")


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """For `close_session`: the open sessions this facilitator may close; `asked` is the one they came for.

    counts: what may be known of each session, by its id; may_cancel: whether whoever closes may cancel whatever took
    part.
    """

    sessions: tuple[Session, ...]
    asked: int | None
    counts: Mapping[int, Count]
    may_cancel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichSession(OneOf):
    """Which session is closed."""

    sessions: tuple[Session, ...]
    key: str = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToClose(OneOf):
    """With a last call or now; the facilitator sees whether enough took part. `few`: nothing could be shown yet."""

    session: Session
    count: Count
    few: bool = False
    key: str = "how"
    options: tuple[str, ...] = (CALL, NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseNow(OneOf):
    """Whether to close it, or to make the last call."""

    session: Session
    last_call: bool
    key: str = "close"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyCancel(OneOf):
    """Why a session is cancelled in which enough took part."""

    session: Session
    key: str = "why"
    options: tuple[str, ...] = tuple(CancelReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelNow(OneOf):
    """Whether to cancel it, so that nothing counts."""

    session: Session
    reason: CancelReason | None = None
    key: str = "cancel"
    options: tuple[str, ...] = (YES,)


@dataclass(frozen=True, slots=True)
class ExtendSession(Command):
    """Let a session go on an hour longer."""

    session: int


@dataclass(frozen=True, slots=True)
class CancelSession(Command):
    """Cancel a session; for a reason, where so many took part that something could be shown of it."""

    session: int
    reason: CancelReason | None = None

    @property
    def detail(self) -> str:
        return self.reason or ""


@dataclass(frozen=True, slots=True)
class CloseSession(Command):
    """Close a session now, or in three minutes after a last call."""

    timed: ClassVar[bool] = True

    session: int
    last_call: bool


def close_session(facts: CloseFacts) -> Flow:
    """A facilitator closes a session, now or with a last call; where few took part it can go on, or be cancelled."""
    by_id = {str(session.id): session for session in facts.sessions}
    asked = str(facts.asked)
    if asked not in by_id:
        one = len(by_id) == 1
        asked = next(iter(by_id)) if one else str((yield WhichSession(sessions=facts.sessions, options=tuple(by_id))))
    session = by_id[asked]
    count = facts.counts[session.id]
    few = not any(one.phones for one in count.turnout)
    call = () if session.is_paused else (CALL,)
    options = (*call, NOW, LONGER, CANCEL) if few else (*call, NOW, *((CANCEL,) if facts.may_cancel else ()))
    how = yield HowToClose(session=session, count=count, few=few, options=options)
    if how == LONGER:
        return ExtendSession(session.id)
    if how == CANCEL:
        reason = None if few else CancelReason(str((yield WhyCancel(session=session))))
        yield CancelNow(session=session, reason=reason)
        return CancelSession(session.id, reason)
    yield CloseNow(session=session, last_call=how == CALL)
    return CloseSession(session.id, last_call=how == CALL)
