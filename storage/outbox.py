"""The outbox: messages that must reach a chat, kept until they did. What to say is kept, not how."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from conversations.chat import Screen
from storage import tables
from storage.database import upsert
from storage.erase import erase_some
from storage.pauses import forget_pauses, pauses, pausing_chats
from storage.room import Kind
from storage.session import Held, by_id
from storage.subject import Subject
from storage.unit import Unit

CLAIMED_FOR = timedelta(seconds=20)
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=30)

NOBODY = 0
"""The chat of whoever was forgotten."""

REMOVE = Kind("remove")
"""What takes a message away."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message on its way.

    subject: what it is about; detail: which of that one's things it brings, such as a service point's id or a format;
    `replaces`: the message to edit or remove; attempts: those before this one; opened: the messages that its
    pictures come into, as far as those were sent.
    """

    id: int
    bot: int
    chat: int
    kind: Kind
    subject: Subject | None
    detail: str
    language: str
    replaces: int | None
    attempts: int
    opened: tuple[int, ...] = ()

    @property
    def session(self) -> int | None:
        """The session it is about, if it is about one."""
        return self.subject.id if self.subject is not None and self.subject.kind == "session" else None


_C = tables.post.c


def put(
    unit: Unit,
    *,
    bot: int,
    chat: int,
    kind: Kind,
    subject: Subject | None = None,
    detail: str = "",
    key: str = "",
    not_before: datetime | None = None,
    replaces: int | None = None,
    asked: bool = False,
) -> bool:
    """Put a post into the outbox, once for each chat, kind, subject, detail and `key`. Whether it is on its way.

    What somebody `asked` for, and may ask for again, is there for a while after it was sent: that is its throttle.
    """
    if chat == NOBODY:
        return False
    says = unit.house.posts[kind]
    dedup = ":".join(filter(None, (kind, str(subject or ""), detail, key)))
    if asked:
        if _state(unit, bot, chat, dedup) == "waiting":
            return True
        dedup += ":asked"
    if says.again_after is not None:
        same = (_C.bot == bot) & (_C.chat == chat) & (_C.dedup == dedup)
        done = same & (_C.state != "waiting") & (_C.not_before <= unit.now - says.again_after)
        unit.db.execute(tables.post.delete().where(done))
    row = {
        "bot": bot,
        "chat": chat,
        "kind": kind,
        "wiping": says.wiping,
        "subject": subject and subject.kind,
        "subject_id": subject and subject.id,
        "detail": detail,
        "language": unit.language,
        "dedup": dedup,
        "not_before": not_before or unit.sure_now,
        "replaces": replaces,
    }
    return upsert(unit.db, tables.post, row) or _state(unit, bot, chat, dedup) == "waiting"


def put_each(unit: Unit, kind: Kind, posts: sa.Select[Any]) -> None:
    """Put a post for each row, in one statement, however many those are.

    posts: selects bot, chat, detail, and the message that a post replaces, once for each.
    """
    each, there = posts.subquery(), tables.post.alias()
    dedup = sa.literal(f"{kind}:") + each.c.detail + ":" + sa.cast(each.c.replaces, sa.String)
    same = (there.c.bot == each.c.bot) & (there.c.chat == each.c.chat) & (there.c.dedup == dedup)
    values = {
        _C.bot: each.c.bot,
        _C.chat: each.c.chat,
        _C.kind: sa.literal(kind, sa.String),
        _C.wiping: sa.literal(unit.house.posts[kind].wiping),
        _C.detail: each.c.detail,
        _C.language: sa.literal(unit.language),
        _C.dedup: dedup,
        _C.not_before: sa.literal(unit.sure_now, tables.Time),
        _C.replaces: each.c.replaces,
    }
    new = sa.select(*values.values()).where(~sa.exists().where(same))
    unit.db.execute(tables.post.insert().from_select(list(values), new))


def session_of(unit: Unit, post: Post) -> Held | None:
    """The session that a post is about, if it is about one that is there."""
    return None if post.session is None else by_id(unit, post.session)


def remove(unit: Unit, bot: int, screen: Screen) -> None:
    """Have a message taken away."""
    put(unit, bot=bot, chat=screen.chat, kind=REMOVE, key=str(screen.message), replaces=screen.message)


def claim(unit: Unit, bot: int, worker: str, busy: frozenset[int] = frozenset(), most: int = 30) -> tuple[Post, ...]:
    """Posts that are due for `worker` to send: at most one for each chat, none that overtakes another there.

    What tells people something goes before what wipes screens, and what has been due for longest first. busy: the
    chats to which something is on its way, which are left alone; `most` counts them too.
    """
    if pauses(unit, bot):
        return ()
    held_up = list(busy | pausing_chats(unit, bot))
    rows: list[Any] = []
    for wiping in (False, True):
        room = most - len(busy) - len(rows)
        which = {"bot_": bot, "wiping_": wiping, "busy": held_up, "now": unit.now, "sure": unit.sure_now, "room": room}
        rows += unit.db.execute(_due(tuple(unit.house.posts)), which) if room > 0 else ()
    if rows:
        unit.db.execute(
            tables.post.update()
            .where(_C.id.in_([row.id for row in rows]))
            .values(claimed_by=worker, claimed_until=unit.now + CLAIMED_FOR)
        )
    return tuple(
        Post(
            row.id,
            bot,
            row.chat,
            Kind(row.kind),
            None if row.subject is None else Subject(row.subject, row.subject_id),
            row.detail,
            row.language,
            row.replaces,
            row.attempts,
            _ids(row.opened),
        )
        for row in rows
    )


@cache
def _due(known: tuple[str, ...]) -> sa.Select[Any]:
    """The posts that may be claimed, longest due first; made once, for it is asked at every sweep.

    Kinds that this version does not know wait for the version that does, and hold up nothing meanwhile. `earlier`
    keeps a chat's posts in their order: none is claimed while one that was put before it waits and is due; what is
    put off (not_before, ahead) does not count, but what failed and waits for another try (retry_at) does.
    """
    earlier, now = tables.post.alias(), sa.bindparam("now", type_=tables.Time)
    sure = sa.bindparam("sure", type_=tables.Time)
    return (
        sa.select(
            _C.id,
            _C.chat,
            _C.kind,
            _C.subject,
            _C.subject_id,
            _C.detail,
            _C.language,
            _C.replaces,
            _C.attempts,
            _C.opened,
        )
        .where(
            _C.bot == sa.bindparam("bot_"),
            _C.state == "waiting",
            _C.wiping == sa.bindparam("wiping_"),
            _C.not_before <= sure,
            _C.kind.in_(known),
            _C.chat.not_in(sa.bindparam("busy", expanding=True)),
            sa.or_(_C.retry_at.is_(None), _C.retry_at <= now),
            sa.or_(_C.claimed_until.is_(None), _C.claimed_until <= now),
            ~sa.exists().where(
                earlier.c.bot == _C.bot,
                earlier.c.chat == _C.chat,
                earlier.c.kind.in_(known),
                earlier.c.id < _C.id,
                earlier.c.state == "waiting",
                earlier.c.not_before <= sure,
            ),
        )
        .order_by(_C.not_before, _C.id)
        .limit(sa.bindparam("room", type_=sa.Integer))
        .with_for_update(skip_locked=True)
    )


def unknown_kinds(unit: Unit, bot: int) -> tuple[Kind, ...]:
    """The kinds of posts that wait for a version with the room that says them."""
    unknown = (_C.bot == bot) & (_C.state == "waiting") & _C.kind.not_in(list(unit.house.posts))
    return tuple(map(Kind, unit.db.scalars(sa.select(_C.kind).where(unknown).distinct().order_by(_C.kind))))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits: posts that are due, those that are refused until somebody allows them, and for how long the
    oldest has been due.
    """

    due: int
    held: int
    oldest: timedelta


def waiting(unit: Unit, bot: int) -> Waiting:
    """What waits for the courier."""
    due = (_C.bot == bot) & (_C.state == "waiting") & (_C.not_before <= unit.sure_now)
    number, oldest = unit.db.execute(sa.select(sa.func.count(), sa.func.min(_C.not_before)).where(due)).one()
    held = sa.select(sa.func.count()).where(_C.bot == bot, _C.state == "held", _C.retry_at.is_(None))
    return Waiting(number, unit.db.scalar(held) or 0, unit.sure_now - (oldest or unit.sure_now))


def messages_of(unit: Unit, post: int) -> tuple[int, ...]:
    """The messages that a post became, where they are known."""
    row = unit.db.execute(sa.select(_C.message_id, _C.opened).where(_C.id == post)).one_or_none()
    return _ids(row.opened) or (row.message_id,) if row and row.message_id else ()


def opened(unit: Unit, post: Post, message_id: int) -> None:
    """A message that one of the post's pictures comes into was sent: no later try sends it again."""
    there = _ids(unit.db.scalar(sa.select(_C.opened).where(_C.id == post.id)))
    _mark(unit, post, opened=json.dumps([*there, message_id]))


def delivered(unit: Unit, post: Post, message_id: int | None) -> None:
    """The post has reached its chat. Whom it concerns is shown that."""
    _settle(unit, post, "sent", message_id=message_id)
    says = unit.house.posts[post.kind]
    if says.delivered is not None:
        says.delivered(unit, post)


def given_up(unit: Unit, post: Post, error: str) -> None:
    """The post can never reach its chat: blocked, kicked, gone. Whom it concerns is told."""
    _settle(unit, post, "dead", error=error)
    undelivered(unit, post)


def dropped(unit: Unit, post: Post) -> None:
    """There is nothing to say there any more."""
    _settle(unit, post, "dead", error="nothing to say here")


def undelivered(unit: Unit, post: Post) -> None:
    """What is done about a post that does not get through."""
    says = unit.house.posts[post.kind]
    if says.undelivered is not None:
        says.undelivered(unit, post)


def unpinned(unit: Unit, post: Post) -> None:
    """What a post brought may not be pinned there. Whom it concerns is told."""
    says = unit.house.posts[post.kind]
    if says.unpinned is not None:
        says.unpinned(unit, post)


def failed(
    unit: Unit, post: Post, error: str, retry_after: timedelta | None = None, *, least: timedelta = timedelta()
) -> None:
    """The post did not get through this time: it waits, longer each time, and the chat's others wait behind it.

    Where Telegram asked for a pause, that is no attempt. least: the shortest time to wait otherwise.
    """
    pause = retry_after or max(least, min(FIRST_PAUSE * 2**post.attempts, LONGEST_PAUSE))
    attempts = post.attempts + (retry_after is None)
    _mark(unit, post, retry_at=unit.now + pause, attempts=attempts, claimed_until=None, error=error)


def _state(unit: Unit, bot: int, chat: int, dedup: str) -> str | None:
    same = (_C.bot == bot) & (_C.chat == chat) & (_C.dedup == dedup)
    return unit.db.scalar(sa.select(_C.state).where(same))


def _settle(unit: Unit, post: Post, state: str, **values: Any) -> None:
    says = unit.house.posts[post.kind]
    if not says.passing:
        _mark(unit, post, state=state, **values)
    elif says.again_after is not None:
        _mark(unit, post, state=state, not_before=unit.now)
    else:
        unit.db.execute(tables.post.delete().where(_C.id == post.id))


def forget_done(unit: Unit, before: datetime) -> int:
    """Erase some posts of each kind that were settled before a moment; those that may be asked for again, sooner.

    How many those were.
    """
    forget_pauses(unit)
    erased = 0
    for kind, says in unit.house.posts.items():
        over = before if says.again_after is None else unit.now - says.again_after
        settled = _C.state.in_(("sent", "dead")) & (_C.kind == kind) & (_C.not_before < over)
        erased += erase_some(unit, tables.post, settled)
    return erased


def _ids(text: str | None) -> tuple[int, ...]:
    return tuple(json.loads(text)) if text else ()


def _mark(unit: Unit, post: Post, **values: Any) -> None:
    unit.db.execute(tables.post.update().where(_C.id == post.id).values(**values))
