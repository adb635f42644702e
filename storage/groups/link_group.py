"""A facilitator links a group to a commune: from then on it receives the commune's digests."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from conversations.chat import Chat, ChatKind
from conversations.groups.link_group import (
    ASKED_THERE,
    GROUP_GONE,
    AskToLink,
    ChooseCommune,
    ConfirmLink,
    GroupLinked,
    HandOver,
    JustLinked,
    LinkFacts,
    LinkGroup,
    LinkHere,
    LinkRefused,
    TapToLink,
)
from conversations.notices import Notice
from conversations.refusals import FACILITATORS_ONLY, NOT_ADMINISTRATOR, NOT_YOURS, Why
from scorecard.payload import SECRET_BYTES, Payload, new_payload, payload_hash
from scorecard.role import Act
from storage import outbox, tables
from storage.access import HeldGroup, Somewhere, communes_of, may
from storage.chats import linked_to
from storage.database import upsert
from storage.erase import erase_some
from storage.groups.bot_added import ADDED
from storage.outbox import Post
from storage.people import Dialogue, Person
from storage.places import location
from storage.reply import InGroup, Migrated
from storage.results.post_digest import put_late_digests
from storage.room import ChatCommand, Doing, Done, Erases, Forgets, Kind, Takes
from storage.unit import Unit

ASKED = Kind("asked")
LINKED = Kind("linked")
WAITING_VALID = timedelta(hours=24)

MAX_TITLE = 128


group_waiting = sa.Table(
    "group_waiting",
    tables.metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("person", sa.BigInteger, nullable=False, server_default="0", comment="who asked, and alone may go on"),
    sa.Column("topic", sa.BigInteger),
    sa.Column("commune", sa.String(6), comment="the one that others must agree to"),
    sa.Column("expires_at", tables.Time, nullable=False),
)

_W = group_waiting.c


# What is said in the group


def _ask(unit: Unit, asked: InGroup) -> Notice:
    """Somebody says /link; an administrator who writes as the group is nobody until they tap."""
    if asked.person == 0:
        return TapToLink()
    return _way_to_link(unit, asked.bot, asked.person, AskToLink(asked.chat))


def carry_ask(unit: Unit, doing: Doing, command: AskToLink) -> Done:
    """Somebody tapped who wants the group to be linked."""
    return Done(_way_to_link(unit, doing.person.bot, doing.person.id, command))


def _way_to_link(unit: Unit, bot: int, person: int, asked: AskToLink) -> Notice:
    """To be confirmed where there is nothing to choose; else the commune is chosen in the private chat."""
    communes = communes_of(unit, bot, person, Act.LINK)
    if not communes:
        return LinkRefused()
    if len(communes) > 1:
        return ChooseCommune(_wait(unit, bot, person, asked.chat))
    if _may_take(unit, bot, person, asked.chat.id):
        return ConfirmLink(location(unit, communes[0]))
    _wait(unit, bot, person, asked.chat, communes[0])
    return _ask_there(unit, bot, asked.chat.id, communes[0])


def carry_link_here(unit: Unit, doing: Doing, command: LinkHere) -> Done | Why:
    """Link a group, unless it belongs to a commune where this person may not act."""
    bot = doing.person.bot
    if not _may_take(unit, bot, doing.person.id, command.chat.id):
        return NOT_ADMINISTRATOR
    return Done(link(unit, bot, command.chat, command.commune))


def of_handing_over(unit: Unit, person: Person, command: HandOver) -> HeldGroup:
    return HeldGroup(person.bot, linked_to(unit, person.bot, command.chat.id) or "", command.administers)


def carry_hand_over(unit: Unit, doing: Doing, command: HandOver) -> Done | Why:
    """Link a group that another commune held, where somebody who may asked for it."""
    bot = doing.person.bot
    waits = (
        (_W.bot == bot) & (_W.chat == command.chat.id) & (_W.commune == command.commune) & (_W.expires_at > unit.now)
    )
    asker = unit.db.scalar(sa.select(_W.person).where(waits))
    if asker is None or not may(unit, bot, asker, Act.LINK, Somewhere(bot, command.commune)):
        return GROUP_GONE
    unit.db.execute(group_waiting.delete().where(waits))
    return Done(link(unit, bot, command.chat, command.commune))


# What is chosen in the private chat


def load_link(unit: Unit, dialogue: Dialogue) -> LinkFacts | Why:
    """The group that waits for its commune, for the facilitator who asked."""
    payload, bot = str(dialogue.about["payload"]), dialogue.bot
    communes = communes_of(unit, bot, dialogue.person, Act.LINK)
    if not communes:
        return FACILITATORS_ONLY
    row = _waiting(unit, bot, payload)
    if row is None:
        return GROUP_GONE
    if row.person != dialogue.person:
        return NOT_YOURS
    return LinkFacts(payload, row.title, tuple(location(unit, code) for code in communes))


def carry_link(unit: Unit, doing: Doing, command: LinkGroup) -> Done | Why:
    """Link the group that waited, once, and have it told; one that another commune holds is asked first."""
    hash_, bot, person = payload_hash(command.payload), doing.person.bot, doing.person.id
    row = _waiting(unit, bot, command.payload)
    if row is None or row.person != person:
        return GROUP_GONE
    if not _may_take(unit, bot, person, row.chat):
        unit.db.execute(group_waiting.update().where(_W.hash == hash_).values(commune=command.commune))
        outbox.put(unit, bot=bot, chat=row.chat, kind=ASKED, detail=command.commune, key=hash_[:32])
        return ASKED_THERE
    unit.db.execute(group_waiting.delete().where(_W.hash == hash_))
    linked = link(unit, bot, Chat(row.chat, ChatKind(row.kind), row.topic), command.commune)
    outbox.put(unit, bot=bot, chat=row.chat, kind=LINKED, key=hash_[:32])
    return Done(JustLinked(linked.location))


def link(unit: Unit, bot: int, chat: Chat, commune: str) -> GroupLinked:
    """From now on the group receives the digests of this commune, and of no other, in this topic."""
    values = {"kind": chat.kind, "commune": commune, "active": True, "topic": chat.topic}
    upsert(unit.db, tables.group_chat, {"bot": bot, "chat": chat.id, **values}, values)
    put_late_digests(unit, bot, commune)
    return GroupLinked(location(unit, commune))


# What posts say


def say_asked(unit: Unit, post: Post) -> ConfirmLink | None:
    """What a group hears that a facilitator of another commune wants to link."""
    return _ask_there(unit, post.bot, post.chat, post.detail)


def say_linked(unit: Unit, post: Post) -> GroupLinked | None:
    """What a group hears that was linked from a private chat."""
    commune = linked_to(unit, post.bot, post.chat)
    return GroupLinked(location(unit, commune)) if commune else None


def _may_take(unit: Unit, bot: int, person: int, chat: int) -> bool:
    """Whether a group is free, or belongs to a commune where this person may link groups."""
    earlier = linked_to(unit, bot, chat)
    return earlier is None or may(unit, bot, person, Act.LINK, Somewhere(bot, earlier))


def _ask_there(unit: Unit, bot: int, chat: int, commune: str) -> ConfirmLink:
    earlier = linked_to(unit, bot, chat)
    return ConfirmLink(location(unit, commune), None if earlier is None else location(unit, earlier))


def _wait(unit: Unit, bot: int, person: int, chat: Chat, commune: str | None = None) -> str:
    """Note that somebody wants to link a group; the payload under which it waits. What they asked before is void."""
    payload = new_payload(Payload.GROUP, unit.draw(SECRET_BYTES))
    mine = (_W.bot == bot) & (_W.chat == chat.id) & (_W.person == person)
    unit.db.execute(group_waiting.delete().where(mine))
    unit.db.execute(
        group_waiting.insert().values(
            hash=payload_hash(payload),
            bot=bot,
            chat=chat.id,
            kind=chat.kind,
            title=chat.title[:MAX_TITLE],
            person=person,
            topic=chat.topic,
            commune=commune,
            expires_at=unit.now + WAITING_VALID,
        )
    )
    return payload


def _waiting(unit: Unit, bot: int, payload: str) -> Any:
    """The group that waits under a payload, with who asked, if there is one."""
    waits = (_W.hash == payload_hash(payload)) & (_W.bot == bot) & (_W.expires_at > unit.now)
    return unit.db.execute(sa.select(_W.chat, _W.kind, _W.title, _W.person, _W.topic).where(waits)).one_or_none()


def _moved(unit: Unit, _: Person, moved: Migrated) -> None:
    """A group that waits for its commune waits under its new id; where it is now the bot did not come just now."""
    here = (_W.bot == moved.bot) & (_W.chat == moved.chat)
    unit.db.execute(group_waiting.update().where(here).values(chat=moved.to, kind=ChatKind.SUPERGROUP))
    p = tables.post.c
    just_added = (p.bot == moved.bot) & (p.chat == moved.to) & (p.kind == ADDED) & (p.state == "waiting")
    unit.db.execute(tables.post.delete().where(just_added))


def _forget_waiting(unit: Unit) -> int:
    return erase_some(unit, group_waiting, _W.expires_at < unit.sure_now)


LINK_COMMAND = ChatCommand("link", take=_ask)
MOVED = Takes(Migrated, _moved)
WAITING = Erases(_forget_waiting)


def _forget(unit: Unit, bot: int, person: int) -> None:
    unit.db.execute(group_waiting.delete().where(_W.bot == bot, _W.person == person))


WAITS = Forgets(_forget)
"""The groups that somebody wanted to link."""
