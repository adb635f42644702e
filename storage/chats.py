"""The commune groups that receive digests, and what happens to them."""

import json
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from conversations.notices import AskPrivately, GroupLanguage, NoDigestYet, Sorry, Why
from storage import outbox, tables
from storage.reply import Reply
from storage.roles.invitations import communes_of
from storage.session import by_id
from storage.store import Unit
from storage.updates import first_time

BOTH = "both"
"""A group that reads in every language there is."""


@dataclass(frozen=True, slots=True)
class GroupUpdate:
    """Something that happened in a group, done once; Telegram may bring it again with the same number."""

    bot: int
    chat: int
    update_id: int


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


def linked_to(unit: Unit, bot: int, chat: int) -> str | None:
    """The code of the commune that a group belongs to."""
    return unit.db.scalar(sa.select(_G.commune).where(_G.bot == bot, _G.chat == chat, _G.active))


def ask_language(unit: Unit, asked: GroupUpdate, person: int) -> GroupLanguage | AskPrivately | None:
    """Somebody asks for another language in a group: that is a matter for its facilitators."""
    if not first_time(unit, asked.bot, asked.update_id):
        return None
    return GroupLanguage() if _is_facilitator(unit, asked.bot, asked.chat, person) else AskPrivately()


def choose_language(unit: Unit, bot: int, chat: int, person: int, language: str) -> GroupLanguage | Reply:
    """From now on a linked group reads in a language, or in BOTH, if a facilitator of its commune says so."""
    if not _is_facilitator(unit, bot, chat, person):
        p = tables.person.c
        spoken = unit.db.scalar(sa.select(p.language).where(p.bot == bot, p.id == person)) or unit.language
        return Reply(spoken, Sorry(Why.FACILITATORS_ONLY), note=Why.FACILITATORS_ONLY)
    unit.db.execute(tables.group_chat.update().where(_G.bot == bot, _G.chat == chat).values(language=language))
    return GroupLanguage(language)


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
        unit.db.execute(tables.group_chat.update().where(_G.bot == bot, _G.chat == old).values(chat=new))
    p = tables.post.c
    unit.db.execute(tables.post.delete().where(p.bot == bot, p.chat == old, p.replaces.is_not(None)))
    for post in unit.db.execute(sa.select(p.id, p.dedup, p.state).where(p.bot == bot, p.chat == old)).all():
        moved = post.dedup.replace(f":{old}", f":{new}")
        there = unit.db.execute(sa.select(p.id, p.state).where(p.dedup == moved, p.id != post.id)).one_or_none()
        if there is not None:
            gone = there.id if post.state == "sent" and there.state != "sent" else post.id
            unit.db.execute(tables.post.delete().where(p.id == gone))
            if gone == post.id:
                continue
        values = {"chat": new, "dedup": moved, "retry_at": None, "claimed_until": None}
        values |= {"message_id": None, "earlier": None}
        unit.db.execute(tables.post.update().where(p.id == post.id).values(**values))
    w = tables.group_waiting.c
    unit.db.execute(tables.group_waiting.update().where(w.bot == bot, w.chat == old).values(chat=new))


def summary(unit: Unit, asked: GroupUpdate) -> NoDigestYet | None:
    """Have a group see once more the last digest that was posted to it, in place of the last such copy."""
    bot, chat = asked.bot, asked.chat
    if not first_time(unit, bot, asked.update_id):
        return None
    p = tables.post.c
    here = (p.bot == bot) & (p.chat == chat) & (p.kind == outbox.Kind.DIGEST) & (p.state == "sent")
    newest_first = (p.message_id.desc().nulls_last(), p.id.desc())
    sent = unit.db.scalars(sa.select(p.payload).where(here).order_by(*newest_first)).all()
    found = (by_id(unit, json.loads(payload)["session"]) for payload in sent)
    commune = linked_to(unit, bot, chat)
    last = next((one for one in found if one is not None and one.session.commune == commune), None)
    if last is None:
        return NoDigestYet()
    dedup = f"summary:{last.session.id}:{chat}"
    put = partial(outbox.put, unit, bot=bot, chat=chat, language=unit.language)
    copy = unit.db.scalar(sa.select(p.id).where(p.dedup == dedup, p.state != "waiting"))
    old = outbox.messages_of(unit, copy) if copy is not None else ()
    unit.db.execute(tables.post.delete().where(p.id == copy))
    put(kind=outbox.Kind.SUMMARY, dedup=dedup, session=last.session.id)
    for message in old:
        put(kind=outbox.Kind.REMOVE, dedup=f"remove:{chat}:{message}", replaces=message)
    return None


def _is_facilitator(unit: Unit, bot: int, chat: int, person: int) -> bool:
    return linked_to(unit, bot, chat) in communes_of(unit, bot, person)
