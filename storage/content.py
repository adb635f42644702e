"""What a post says now, loaded when it is about to be sent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from conversations.notices import Notice
from storage import tables
from storage.chats import language_in, topic_of
from storage.outbox import Post
from storage.room import Saying
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Content:
    """What to say, in a group or to a person, and when; without a notice, the messages it replaces are to go.

    topic: of the group, None for its only or general one; replaces: the messages to rewrite, in order;
    blocked: the person wants to hear nothing of the bot.
    """

    notice: Notice | None
    language: str
    now: datetime
    replaces: tuple[int, ...]
    group: bool
    pinned: bool
    topic: int | None = None
    blocked: bool = False


def content(unit: Unit, post: Post) -> Content | None:
    """What a post says, in the language of whoever receives it; None where there is nothing to say any more."""
    says = unit.house.posts[post.kind]
    said = says.content(unit, post)
    if said is None:
        return None
    saying = said if isinstance(said, Saying) else Saying(said)
    pinned = says.pinned and saying.pinned
    replaces = saying.replaces or (() if post.replaces is None else (post.replaces,))
    if says.group:
        language = language_in(unit, post.bot, post.chat)
        topic = saying.topic or topic_of(unit, post.bot, post.chat)
        return Content(saying.notice, language, unit.now, replaces, group=True, pinned=pinned, topic=topic)
    p = tables.person.c
    row = unit.db.execute(sa.select(p.language, p.blocked).where(p.bot == post.bot, p.id == post.chat)).one_or_none()
    spoken, blocked = row or (post.language, False)
    return Content(
        saying.notice,
        saying.language or spoken,
        unit.now,
        replaces,
        group=False,
        pinned=pinned,
        blocked=blocked,
    )
