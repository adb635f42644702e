"""A facilitator links a group to a commune: from then on it receives the commune's digests."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from conversations.facts import LinkFacts
from conversations.notices import ChooseCommune, GroupLinked, LinkRefused, Notice
from scorecard.payload import Payload, new_payload, payload_hash
from storage import outbox, tables
from storage.chats import GroupUpdate, linked_to
from storage.places import location
from storage.results.post_digest import put_late_digests
from storage.roles.invitations import communes_of
from storage.store import Unit
from storage.updates import first_time

WAITING_VALID = timedelta(hours=24)
MAX_TITLE = 128

_G = tables.group_chat.c
_W = tables.group_waiting.c


def ask_to_link(unit: Unit, asked: GroupUpdate, person: int, title: str) -> Notice | None:
    """Somebody added the bot to a group or said /link: linked at once where there is nothing to choose."""
    bot, chat = asked.bot, asked.chat
    if not first_time(unit, bot, asked.update_id):
        return None
    communes = communes_of(unit, bot, person)
    earlier = linked_to(unit, bot, chat)
    if not communes or (earlier is not None and earlier not in communes):
        return LinkRefused()
    if len(communes) == 1:
        return link(unit, bot, chat, communes[0])
    payload = new_payload(Payload.GROUP, unit.random[8:24])
    unit.db.execute(tables.group_waiting.delete().where(_W.bot == bot, _W.chat == chat))
    unit.db.execute(
        tables.group_waiting.insert().values(
            hash=payload_hash(payload),
            bot=bot,
            chat=chat,
            title=title[:MAX_TITLE],
            expires_at=unit.now + WAITING_VALID,
        )
    )
    return ChooseCommune(payload)


def waiting(unit: Unit, bot: int, payload: str, person: int) -> LinkFacts | None:
    """The group that waits for its commune, for a facilitator who may choose one."""
    title = unit.db.scalar(
        sa.select(_W.title).where(_W.hash == payload_hash(payload), _W.bot == bot, _W.expires_at > unit.now)
    )
    communes = communes_of(unit, bot, person)
    if title is None or not communes:
        return None
    return LinkFacts(payload, title, tuple(location(unit, code) for code in communes))


def link_waiting(unit: Unit, bot: int, payload: str, commune: str) -> GroupLinked | None:
    """Link the group that waited, once, and have it told; None if it waits no longer."""
    hash_ = payload_hash(payload)
    chat = unit.db.scalar(sa.select(_W.chat).where(_W.hash == hash_, _W.bot == bot))
    if chat is None:
        return None
    unit.db.execute(tables.group_waiting.delete().where(_W.hash == hash_))
    linked = link(unit, bot, chat, commune)
    outbox.put(
        unit,
        bot=bot,
        chat=chat,
        kind=outbox.Kind.LINKED,
        dedup=f"linked:{hash_[:32]}",
        language=unit.language,
    )
    return linked


def link(unit: Unit, bot: int, chat: int, commune: str) -> GroupLinked:
    """From now on the group receives the digests of this commune, and of no other."""
    values = {"commune": commune, "active": True}
    unit.db.execute(
        insert(tables.group_chat)
        .values(bot=bot, chat=chat, **values)
        .on_conflict_do_update(index_elements=["bot", "chat"], set_=values)
    )
    put_late_digests(unit, bot, commune)
    return GroupLinked(location(unit, commune))
