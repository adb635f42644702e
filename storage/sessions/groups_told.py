"""What a commune's groups hear of a session: that it is open, the last call, and that it goes on after that.

Each group hears it once; whom it concerns is told where a group could not be.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from conversations.sessions.live import Announced, GoesOn, LastCall, NotHeard, OnHold, Reminder
from scorecard.session import LAST_CALL, REMINDED_BEFORE
from storage import outbox, tables
from storage.chats import groups_of, linked_to
from storage.outbox import Post, session_of
from storage.room import Kind
from storage.session import Held
from storage.unit import Unit

ANNOUNCED = Kind("announced")
CALLED = Kind("last call")
GOES_ON = Kind("goes on")
NOT_HEARD = Kind("not heard")
PAUSED = Kind("paused")
RESUMED = Kind("resumed")
REMINDED = Kind("reminder")

_P = tables.post.c


def announce(unit: Unit, held: Held) -> int:
    """Have each of the commune's groups hear that a session is open, once; how many those are."""
    groups = groups_of(unit, held.bot, held.session.commune)
    _tell(unit, held, groups, ANNOUNCED)
    return len(groups)


def call(unit: Unit, held: Held) -> None:
    """Have each of the commune's groups hear when a session closes."""
    _tell(unit, held, groups_of(unit, held.bot, held.session.commune), CALLED, _closing(held))


def say_it_goes_on(unit: Unit, held: Held) -> None:
    """Have those groups hear that a session goes on which heard the last call."""
    _tell(unit, held, sorted(told(unit, held, (CALLED,))), GOES_ON, _closing(held))


def say_it_pauses(unit: Unit, held: Held) -> None:
    """Have those groups hear that a session is paused which heard of it."""
    _tell(unit, held, sorted(told(unit, held)), PAUSED, str(held.turn))


def say_it_resumes(unit: Unit, held: Held) -> None:
    """Have those groups hear that a session goes on which heard that it was paused."""
    _tell(unit, held, sorted(told(unit, held, (PAUSED,))), RESUMED, str(held.turn))


def remind(unit: Unit, held: Held) -> int:
    """Have those groups be reminded of a session's end which were told of it, once for each end; how many those are."""
    groups = sorted(told(unit, held))
    _tell(unit, held, groups, REMINDED, _closing(held))
    return len(groups)


def unreminded(unit: Unit, held: Held) -> int:
    """How many groups were told of a session half an hour ago or earlier, and not yet reminded of its end."""
    ended = f"{REMINDED}:{held.subject}:{_closing(held)}"
    reminded = set(unit.db.scalars(sa.select(_P.chat).where(_about(held), _P.kind == REMINDED, _P.dedup == ended)))
    long_ago = _about(held) & (_P.kind == ANNOUNCED) & (_P.not_before <= unit.now - REMINDED_BEFORE)
    heard = set(unit.db.scalars(sa.select(_P.chat).where(long_ago, _P.state != "dead")))
    return len(heard - reminded)


def told(unit: Unit, held: Held, kinds: tuple[Kind, ...] = (ANNOUNCED, CALLED), *, arrived: bool = False) -> set[int]:
    """The groups that were told of a session, or are to be; those that have heard it, where it must have `arrived`."""
    those = _about(held) & _P.kind.in_(kinds) & (_P.state == "sent" if arrived else _P.state != "dead")
    return set(unit.db.scalars(sa.select(_P.chat).where(those)))


def say_announced(unit: Unit, post: Post) -> Announced | None:
    """That a session is open, as long as it is."""
    held = open_for(unit, post)
    return None if held is None or held.last_call else Announced(held.session, held.payload)


def say_last_call(unit: Unit, post: Post) -> LastCall | None:
    """What a group hears before a session closes; nothing where it was made to go on."""
    held = open_for(unit, post)
    return LastCall(held.session, held.payload) if held is not None and held.last_call else None


def say_goes_on(unit: Unit, post: Post) -> GoesOn | None:
    """That a session goes on, for who has heard the last call."""
    held = open_for(unit, post)
    if held is None or held.last_call or post.chat not in told(unit, held, (CALLED,), arrived=True):
        return None
    return GoesOn(held.session, held.payload)


def say_paused(unit: Unit, post: Post) -> OnHold | None:
    """That a session is paused, as long as it is."""
    held = session_of(unit, post)
    if held is None or not held.session.is_paused or not held.session.goes_on(unit.sure_now):
        return None
    return OnHold(held.session) if linked_to(unit, held.bot, post.chat) == held.session.commune else None


def say_resumed(unit: Unit, post: Post) -> GoesOn | None:
    """That a session goes on, for who has heard that it was paused."""
    held = open_for(unit, post)
    if held is None or held.last_call or post.chat not in told(unit, held, (PAUSED,), arrived=True):
        return None
    return GoesOn(held.session, held.payload)


def say_reminder(unit: Unit, post: Post) -> Reminder | None:
    """When a session closes; nothing after the last call, or when it is as good as over."""
    held = open_for(unit, post)
    if held is None or held.last_call or held.session.closes_at - unit.sure_now < LAST_CALL:
        return None
    return Reminder(held.session, held.payload)


def tell_not_heard(unit: Unit, post: Post) -> None:
    """A group can't be told: who opened the session hears that, once, and what to do."""
    held = session_of(unit, post)
    if held is not None:
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=NOT_HEARD, subject=held.subject, key=str(post.chat))


def say_not_heard(unit: Unit, post: Post) -> NotHeard | None:
    held = session_of(unit, post)
    return NotHeard(held.session) if held is not None and held.session.goes_on(unit.sure_now) else None


def _about(held: Held) -> sa.ColumnElement[bool]:
    """Posts about a session, which is of one bot alone."""
    return (_P.subject == held.subject.kind) & (_P.subject_id == held.subject.id)


def _tell(unit: Unit, held: Held, groups: Iterable[int], kind: Kind, key: str = "") -> None:
    for chat in groups:
        outbox.put(unit, bot=held.bot, chat=chat, kind=kind, subject=held.subject, key=key)


def _closing(held: Held) -> str:
    return str(round(held.session.closes_at.timestamp()))


def open_for(unit: Unit, post: Post) -> Held | None:
    """The session, if it is open and the group is still its commune's."""
    held = session_of(unit, post)
    if held is None or not held.session.accepts_ballots(unit.sure_now):
        return None
    return held if linked_to(unit, held.bot, post.chat) == held.session.commune else None
