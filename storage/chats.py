"""The groups of communes, as chats that posts go to, and what becomes of them."""

import sqlalchemy as sa

from conversations.chat import ChatKind
from storage import tables
from storage.unit import Unit

BOTH = "both"
"""A group that reads in every language there is."""

_G = tables.group_chat.c


def groups_of(unit: Unit, bot: int, commune: str) -> tuple[int, ...]:
    """The chats of a commune's groups."""
    return tuple(
        unit.db.scalars(sa.select(_G.chat).where(_G.bot == bot, _G.commune == commune, _G.active).order_by(_G.chat))
    )


def group_languages(unit: Unit, bot: int, commune: str) -> tuple[str, ...]:
    """The different languages that a commune's groups read in; both where it has none yet."""
    found = unit.db.scalars(
        sa.select(_G.language).where(_G.bot == bot, _G.commune == commune, _G.active).distinct().order_by(_G.language)
    ).all()
    return tuple(found) or (BOTH,)


def language_in(unit: Unit, bot: int, chat: int) -> str:
    """The language that a group reads in, or BOTH."""
    return unit.db.scalar(sa.select(_G.language).where(_G.bot == bot, _G.chat == chat)) or BOTH


def topic_of(unit: Unit, bot: int, chat: int) -> int | None:
    """The topic of a group in which it was linked: there it receives its digests. None for its only or general one."""
    return unit.db.scalar(sa.select(_G.topic).where(_G.bot == bot, _G.chat == chat))


def linked_to(unit: Unit, bot: int, chat: int) -> str | None:
    """The code of the commune that a group belongs to."""
    return unit.db.scalar(sa.select(_G.commune).where(_G.bot == bot, _G.chat == chat, _G.active))


def left(unit: Unit, bot: int, chat: int) -> None:
    """The bot is no longer in a group: it receives nothing more until it is linked again."""
    unit.db.execute(tables.group_chat.update().where(_G.bot == bot, _G.chat == chat).values(active=False))


def migrated(unit: Unit, bot: int, old: int, new: int) -> None:
    """A group has grown into a supergroup: it, and what is on its way to it, has another id.

    There its messages have other numbers, so none of those from before can be rewritten.
    """
    if unit.db.scalar(sa.select(_G.chat).where(_G.bot == bot, _G.chat == new)) is not None:
        unit.db.execute(tables.group_chat.delete().where(_G.bot == bot, _G.chat == old))
    else:
        unit.db.execute(
            tables.group_chat.update().where(_G.bot == bot, _G.chat == old).values(chat=new, kind=ChatKind.SUPERGROUP)
        )
    p = tables.post.c
    unit.db.execute(tables.post.delete().where(p.bot == bot, p.chat == old, p.replaces.is_not(None)))
    there = tables.post.alias()
    same = (there.c.bot == bot) & (there.c.chat == new) & (there.c.dedup == p.dedup)
    both = sa.select(p.id, p.state, there.c.id.label("other"), there.c.state.label("others")).join(there, same)
    for post in unit.db.execute(both.where(p.bot == bot, p.chat == old)).all():
        gone = post.other if post.state == "sent" and post.others != "sent" else post.id
        unit.db.execute(tables.post.delete().where(p.id == gone))
    values = {"chat": new, "retry_at": None, "claimed_until": None, "message_id": None, "opened": None}
    unit.db.execute(tables.post.update().where(p.bot == bot, p.chat == old).values(**values))
