"""A group sees once more the last digest that was posted to it."""

import sqlalchemy as sa

from conversations.chat import Screen
from conversations.results.post_digest import NoDigestYet
from storage import outbox, tables
from storage.chats import linked_to
from storage.reply import InGroup
from storage.results.digests import digest_of
from storage.results.post_digest import DIGEST, SUMMARY
from storage.room import ChatCommand
from storage.session import by_id
from storage.unit import Unit


def summary(unit: Unit, asked: InGroup) -> NoDigestYet | None:
    """Have a group see once more the last digest with figures that was posted to it, in place of the last such copy."""
    bot, chat = asked.bot, asked.chat.id
    p = tables.post.c
    here = (p.bot == bot) & (p.chat == chat) & (p.kind == DIGEST) & (p.state == "sent")
    newest_first = (p.message_id.desc().nulls_last(), p.id.desc())
    found = (
        by_id(unit, id_) for id_ in unit.db.scalars(sa.select(p.subject_id).where(here).order_by(*newest_first)).all()
    )
    commune = linked_to(unit, bot, chat)
    ours = (one for one in found if one is not None and one.session.commune == commune)
    last = next((one for one in ours if not digest_of(unit, one).is_empty), None)
    if last is None:
        return NoDigestYet()
    of_last = (p.subject == last.subject.kind) & (p.subject_id == last.subject.id) & (p.kind == SUMMARY)
    copy = unit.db.scalar(sa.select(p.id).where(of_last, p.bot == bot, p.chat == chat, p.state != "waiting"))
    old = outbox.messages_of(unit, copy) if copy is not None else ()
    unit.db.execute(tables.post.delete().where(p.id == copy))
    topic = "" if asked.chat.topic is None else str(asked.chat.topic)
    outbox.put(unit, bot=bot, chat=chat, kind=SUMMARY, subject=last.subject, detail=topic)
    for message in old:
        outbox.remove(unit, bot, Screen(chat, message))
    return None


SUMMARY_COMMAND = ChatCommand("summary", take=summary, rarely=True)
