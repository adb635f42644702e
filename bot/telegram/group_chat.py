"""What happens in groups, and what becomes of the bot in a chat."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update

from bot.drawing.group import GROUP_LANGUAGE
from bot.telegram.desk import Desk
from conversations.notices import AskPrivately, ChooseCommune, GroupLanguage, GroupLinked, Notice
from storage.groups import BOTH, GroupUpdate, ask_language, choose_language, left, migrated, summary
from storage.link_group import ask_to_link
from storage.people import set_blocked
from wording.catalogue import languages

COMMANDS = frozenset({"/start", "/open", "/close", "/sessions", "/help", "/privacy"})
"""What people send to a group though it belongs into the private chat."""

QUIET_SECONDS = 30
"""A group gets the same kind of answer at most this often, whoever asks."""


def group_chat() -> Router:
    """Who handles what in groups."""
    router = Router()
    message = router.message
    router.callback_query.register(_tapped, F.message.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
    group = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})

    message.register(_migrated, group, F.migrate_to_chat_id)
    message.register(_link, group, Command("link"))
    message.register(_summary, group, Command("summary"))
    message.register(_language, group, Command("language"))
    message.register(_addressed, group)
    return router


def membership() -> Router:
    """Who handles where the bot is added, blocked or removed."""
    router = Router()
    router.my_chat_member.register(_member)
    return router


async def _link(message: Message, desk: Desk, event_update: Update) -> None:
    asked = GroupUpdate(desk.bot.id, message.chat.id, event_update.update_id)
    person = message.from_user.id if message.from_user else 0
    _tell(desk, message.chat.id, await desk.store.run(ask_to_link, asked, person, message.chat.title or ""))


async def _summary(message: Message, desk: Desk, event_update: Update) -> None:
    chat = message.chat.id
    if desk.is_quiet(chat, summary):
        return
    notice = await desk.store.run(summary, GroupUpdate(desk.bot.id, chat, event_update.update_id))
    desk.hush(chat, summary, QUIET_SECONDS)
    if notice is not None:
        desk.screens.tell(chat, notice)


async def _language(message: Message, desk: Desk, event_update: Update) -> None:
    asked = GroupUpdate(desk.bot.id, message.chat.id, event_update.update_id)
    person = message.from_user.id if message.from_user else 0
    _tell(desk, message.chat.id, await desk.store.run(ask_language, asked, person))


async def _tapped(query: CallbackQuery, desk: Desk) -> None:
    """A tap in a group: only facilitators choose there, and only the language."""
    entry, _, language = (query.data or "").removeprefix("e:").partition(":")
    reply = None
    if entry == GROUP_LANGUAGE and language in {*languages(), BOTH} and query.message is not None:
        chat = query.message.chat.id
        chosen = await desk.store.run(choose_language, desk.bot.id, chat, query.from_user.id, language)
        if isinstance(chosen, GroupLanguage):
            desk.screens.tell(chat, chosen, screen=query.message.message_id)
        else:
            reply = chosen
    desk.screens.answer(query.id, reply)


async def _addressed(message: Message, desk: Desk) -> None:
    """Somebody speaks in the group: answered only if they speak to the bot."""
    reply = message.reply_to_message
    to_us = reply is not None and reply.from_user is not None and reply.from_user.id == desk.bot.id
    text = message.text or ""
    mentions = f"@{desk.drawer.bot_name}".lower() in text.lower()
    command, _, meant = text.partition("@")
    commands = command in COMMANDS and meant.lower() in {"", desk.drawer.bot_name.lower()}
    if to_us or mentions or commands:
        _tell(desk, message.chat.id, AskPrivately())


async def _migrated(message: Message, desk: Desk) -> None:
    assert message.migrate_to_chat_id is not None
    await desk.store.run(migrated, desk.bot.id, message.chat.id, message.migrate_to_chat_id)


async def _member(event: ChatMemberUpdated, desk: Desk, event_update: Update) -> None:
    """The bot was added to a chat, or is there no longer."""
    gone = event.new_chat_member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}
    was_gone = event.old_chat_member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}
    bot, chat = desk.bot.id, event.chat
    if chat.type == ChatType.PRIVATE:
        await desk.store.run(set_blocked, bot, chat.id, blocked=gone)
    elif gone:
        await desk.store.run(left, bot, chat.id)
    elif was_gone:
        added = GroupUpdate(bot, chat.id, event_update.update_id)
        _tell(desk, chat.id, await desk.store.run(ask_to_link, added, event.from_user.id, chat.title or ""))


def _tell(desk: Desk, chat: int, notice: Notice | None) -> None:
    """Say something in a group, but not the same kind of thing again and again."""
    if notice is None:
        return
    about = type(notice)
    if not isinstance(notice, GroupLinked | ChooseCommune | GroupLanguage):
        if desk.is_quiet(chat, about):
            return
        desk.hush(chat, about, QUIET_SECONDS)
    desk.screens.tell(chat, notice)
