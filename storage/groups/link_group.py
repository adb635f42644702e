"""A facilitator links a group to a commune: from then on it receives the commune's digests."""

from datetime import timedelta

import sqlalchemy as sa

from conversations.groups.link_group import (
    GROUP_GONE,
    ChooseCommune,
    GroupLinked,
    JustLinked,
    LinkFacts,
    LinkGroup,
    LinkHere,
    LinkRefused,
)
from conversations.notices import Notice
from conversations.refusals import FACILITATORS_ONLY, NOT_YOURS, Why
from scorecard.payload import SECRET_BYTES, Payload, new_payload, payload_hash
from scorecard.role import Act
from storage import outbox, tables
from storage.access import Somewhere, communes_of, may
from storage.chats import linked_to
from storage.database import upsert
from storage.erase import erase_some
from storage.outbox import Post
from storage.people import Dialogue, Person
from storage.places import location
from storage.proceed import carry_out
from storage.reply import InGroup, Membership, Migrated
from storage.results.post_digest import put_late_digests
from storage.room import ChatCommand, Doing, Done, Erases, Kind, Takes
from storage.unit import Unit

LINKED = Kind("linked")
WAITING_VALID = timedelta(hours=24)
MAX_TITLE = 128


group_waiting = sa.Table(
    "group_waiting",
    tables.metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("expires_at", tables.Time, nullable=False),
)

_W = group_waiting.c


def ask_to_link(unit: Unit, asked: InGroup | Membership) -> Notice:
    """Somebody added the bot to a group or said /link: linked at once where there is nothing to choose."""
    bot, chat = asked.bot, asked.chat
    communes = communes_of(unit, bot, asked.person)
    if len(communes) == 1:
        person = Person(bot, asked.person, unit.language, None)
        done = carry_out(unit, person, LinkHere(chat, communes[0]), None)
        return done.shows if isinstance(done, Done) else LinkRefused()
    if not communes or not _may_take(unit, bot, asked.person, chat):
        return LinkRefused()
    payload = new_payload(Payload.GROUP, unit.draw(SECRET_BYTES))
    unit.db.execute(group_waiting.delete().where(_W.bot == bot, _W.chat == chat))
    unit.db.execute(
        group_waiting.insert().values(
            hash=payload_hash(payload),
            bot=bot,
            chat=chat,
            title=asked.title[:MAX_TITLE],
            expires_at=unit.now + WAITING_VALID,
        )
    )
    return ChooseCommune(payload)


def carry_link_here(unit: Unit, doing: Doing, command: LinkHere) -> Done | Why:
    """Link a group, unless it belongs to a commune where this person may not act."""
    bot, person = doing.person.bot, doing.person.id
    if not _may_take(unit, bot, person, command.chat):
        return NOT_YOURS
    return Done(link(unit, bot, command.chat, command.commune))


def load_link(unit: Unit, dialogue: Dialogue) -> LinkFacts | Why:
    """The group that waits for its commune, for a facilitator who may choose one."""
    payload = str(dialogue.about["payload"])
    title = unit.db.scalar(
        sa.select(_W.title).where(_W.hash == payload_hash(payload), _W.bot == dialogue.bot, _W.expires_at > unit.now)
    )
    communes = communes_of(unit, dialogue.bot, dialogue.person)
    if not communes:
        return FACILITATORS_ONLY
    return GROUP_GONE if title is None else LinkFacts(payload, title, tuple(location(unit, code) for code in communes))


def carry_link(unit: Unit, doing: Doing, command: LinkGroup) -> Done | Why:
    """Link the group that waited, once, and have it told."""
    hash_, bot = payload_hash(command.payload), doing.person.bot
    chat = unit.db.scalar(sa.select(_W.chat).where(_W.hash == hash_, _W.bot == bot))
    if chat is None:
        return GROUP_GONE
    unit.db.execute(group_waiting.delete().where(_W.hash == hash_))
    linked = link(unit, bot, chat, command.commune)
    outbox.put(unit, bot=bot, chat=chat, kind=LINKED, key=hash_[:32])
    return Done(JustLinked(linked.location))


def link(unit: Unit, bot: int, chat: int, commune: str) -> GroupLinked:
    """From now on the group receives the digests of this commune, and of no other."""
    values = {"commune": commune, "active": True}
    upsert(unit.db, tables.group_chat, {"bot": bot, "chat": chat, **values}, values)
    put_late_digests(unit, bot, commune)
    return GroupLinked(location(unit, commune))


def say_linked(unit: Unit, post: Post) -> GroupLinked | None:
    """What a group hears that was linked from a private chat."""
    commune = linked_to(unit, post.bot, post.chat)
    return GroupLinked(location(unit, commune)) if commune else None


def _may_take(unit: Unit, bot: int, person: int, chat: int) -> bool:
    """Whether a group is free, or belongs to a commune where this person may link groups."""
    earlier = linked_to(unit, bot, chat)
    return earlier is None or may(unit, bot, person, Act.LINK, Somewhere(bot, earlier))


def _added(unit: Unit, _: Person, added: Membership) -> Notice:
    return ask_to_link(unit, added)


def _moved(unit: Unit, _: Person, moved: Migrated) -> None:
    """A group that waits for its commune waits under its new id."""
    here = (_W.bot == moved.bot) & (_W.chat == moved.chat)
    unit.db.execute(group_waiting.update().where(here).values(chat=moved.to))


def _forget_waiting(unit: Unit) -> int:
    return erase_some(unit, group_waiting, _W.expires_at < unit.now)


LINK_COMMAND = ChatCommand("link", take=ask_to_link)
ADDED = Takes(Membership, _added)
MOVED = Takes(Migrated, _moved)
WAITING = Erases(_forget_waiting)
