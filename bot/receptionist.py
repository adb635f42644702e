"""The receptionist: receives what people do, and answers. On aiogram."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramNetworkError, TelegramRetryAfter
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    ChatMemberUpdated,
    Message,
    Update,
)
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.drawing import Drawer
from bot.drawing.commands import for_citizens, for_groups
from bot.screens import Screens
from conversations.notices import AskPrivately, ChooseCommune, GroupLinked, Notice, Why
from scorecard.payload import payload_kind
from storage.enter import enter
from storage.groups import GroupUpdate, ask_to_link, left, migrated, summary
from storage.hear import hear
from storage.people import set_blocked
from storage.reply import Arrival, Heard, Tap
from storage.store import Store
from storage.take_answer import take_answer
from wording.catalogue import FIRST_LANGUAGE, Wording, languages

log = structlog.get_logger("receptionist")

POLL_SECONDS = 25
PAUSE_SECONDS = 2.0
QUIET_SECONDS = 30
"""A group gets the same kind of answer at most this often, whoever asks."""

UPDATES = ["message", "callback_query", "my_chat_member"]
COMMANDS = ("open", "sessions", "close", "language", "privacy", "help")


@dataclass
class Receptionist:
    """Everything the receptionist needs for one bot. `quiet`: until when a group has heard enough of something."""

    bot: Bot
    store: Store
    drawer: Drawer
    screens: Screens
    quiet: dict[tuple[int, type], float] = field(default_factory=dict)


def client(token: str, api_url: str) -> Bot:
    """The bot that receives."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))


def dispatcher(desk: Receptionist) -> Dispatcher:
    """Who handles what: the private chat, the groups, and what becomes of the bot in a chat."""
    root = Dispatcher(disable_fsm=True, desk=desk)
    root.include_routers(_private(), _group(), _membership())
    return root


async def offer_commands(bot: Bot) -> None:
    """Tell Telegram which commands to offer: in Khmer, and in each other language to whose phone speaks it."""
    for language in languages():
        say, code = Wording(language), None if language == FIRST_LANGUAGE else language
        for commands, scope in (
            (for_citizens(say), BotCommandScopeAllPrivateChats()),
            (for_groups(say), BotCommandScopeAllGroupChats()),
        ):
            offered = [BotCommand(command=command.name, description=command.description) for command in commands]
            try:
                await bot.set_my_commands(offered, scope=scope, language_code=code)
            except TelegramAPIError as fault:
                log.warning("commands not offered", error=type(fault).__name__)


async def receive(desk: Receptionist, stop: asyncio.Event) -> None:
    """Ask for updates until told to stop: the next once the last are committed, which confirms them to Telegram."""
    handling = dispatcher(desk)
    stopped = asyncio.ensure_future(stop.wait())
    offset = None
    while not stop.is_set():
        asking = asyncio.ensure_future(_updates(desk.bot, offset))
        await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            asking.cancel()
            break
        updates = asking.result()
        if updates and await take_in(desk, handling, updates):
            offset = updates[-1].update_id + 1
    await desk.screens.finish()


async def take_in(desk: Receptionist, handling: Dispatcher, updates: Sequence[Update]) -> bool:
    """Handle updates: different people side by side, one person's in order. Whether they can be confirmed.

    They can't where the database is out of reach: then Telegram brings them again, and nothing is lost.
    """
    lines: dict[int, list[Update]] = defaultdict(list)
    for update in updates:
        lines[_whose(update)].append(update)
    try:
        await asyncio.gather(*(_in_order(desk, handling, line) for line in lines.values()))
    except (OperationalError, InterfaceError) as fault:
        log.error("database out of reach", error=type(fault).__name__)
        await asyncio.sleep(PAUSE_SECONDS)
        return False
    return True


async def _in_order(desk: Receptionist, handling: Dispatcher, updates: Sequence[Update]) -> None:
    for update in updates:
        try:
            await handling.feed_update(desk.bot, update)
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # noqa: BLE001 - one update must not stop the others
            log.error("update failed", kind=update.event_type, error=type(fault).__name__)


async def _updates(bot: Bot, offset: int | None) -> Sequence[Update]:
    """The next updates; none after a pause where Telegram can't be reached or asks to wait."""
    try:
        return await bot.get_updates(
            offset=offset, timeout=POLL_SECONDS, allowed_updates=UPDATES, request_timeout=POLL_SECONDS + 10
        )
    except TelegramRetryAfter as pause:
        await asyncio.sleep(pause.retry_after)
    except TelegramConflictError:
        log.error("another program receives for this bot: stop one of the two")
        await asyncio.sleep(PAUSE_SECONDS)
    except (TelegramNetworkError, TelegramAPIError) as fault:
        log.warning("no updates", error=type(fault).__name__)
        await asyncio.sleep(PAUSE_SECONDS)
    return ()


def _whose(update: Update) -> int:
    event = update.callback_query or update.message or update.my_chat_member
    user = event.from_user if event is not None else None
    return user.id if user is not None else 0


def _private() -> Router:
    router = Router()
    message = router.message
    private = F.chat.type == ChatType.PRIVATE

    router.callback_query.register(_tapped)
    message.register(_started, private, CommandStart())
    message.register(_commanded, private, Command(*COMMANDS))
    message.register(_cancelled, private, Command("cancel"))
    message.register(_heard, private)
    return router


def _group() -> Router:
    router = Router()
    message = router.message
    group = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})

    message.register(_migrated, group, F.migrate_to_chat_id)
    message.register(_link, group, Command("link"))
    message.register(_summary, group, Command("summary"))
    message.register(_addressed, group)
    return router


def _membership() -> Router:
    router = Router()
    router.my_chat_member.register(_member)
    return router


async def _tapped(query: CallbackQuery, desk: Receptionist) -> None:
    """A tap: `d:dialogue:turn:value`, `e:entry` or `l:language:entry`; anything else is an old button."""
    data, message = query.data or "", query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        desk.screens.answer(query.id, None)
        return
    person, screen = query.from_user.id, message.message_id
    kind, _, rest = data.partition(":")
    first, _, second = rest.partition(":")
    turn, _, value = second.partition(":")
    if kind == "d" and turn.isdecimal():
        tap = Tap(desk.bot.id, person, first, int(turn), value, screen)
        reply = await desk.store.run(take_answer, tap, frozenset(languages()))
    else:
        language = first if kind == "l" and first in languages() else None
        entry = {"e": rest, "l": second}.get(kind, "hello")
        arrival = Arrival(desk.bot.id, person, entry, screen=screen, language=language)
        reply = await desk.store.run(enter, arrival)
    desk.screens.answer(query.id, reply)
    desk.screens.show(person, reply)


async def _arrive(message: Message, desk: Receptionist, event_update: Update, entry: str) -> None:
    person = message.chat.id
    arrival = Arrival(desk.bot.id, person, entry, event_update.update_id)
    desk.screens.show(person, await desk.store.run(enter, arrival))


async def _started(message: Message, command: CommandObject, desk: Receptionist, event_update: Update) -> None:
    await _arrive(message, desk, event_update, _entry(command.args))


async def _commanded(message: Message, command: CommandObject, desk: Receptionist, event_update: Update) -> None:
    await _arrive(message, desk, event_update, command.command)


async def _cancelled(message: Message, desk: Receptionist, event_update: Update) -> None:
    await _arrive(message, desk, event_update, "leave")


async def _heard(message: Message, desk: Receptionist, event_update: Update) -> None:
    heard = Heard(desk.bot.id, message.chat.id, message.text, event_update.update_id)
    desk.screens.show(message.chat.id, await desk.store.run(hear, heard))


async def _link(message: Message, desk: Receptionist, event_update: Update) -> None:
    asked = GroupUpdate(desk.bot.id, message.chat.id, event_update.update_id)
    person = message.from_user.id if message.from_user else 0
    _tell(desk, message.chat.id, await desk.store.run(ask_to_link, asked, person, message.chat.title or ""))


async def _summary(message: Message, desk: Receptionist, event_update: Update) -> None:
    asked = GroupUpdate(desk.bot.id, message.chat.id, event_update.update_id)
    _tell(desk, message.chat.id, await desk.store.run(summary, asked))


async def _addressed(message: Message, desk: Receptionist) -> None:
    """Somebody speaks in the group: answered only if they speak to the bot."""
    reply = message.reply_to_message
    to_us = reply is not None and reply.from_user is not None and reply.from_user.id == desk.bot.id
    text = message.text or ""
    mentions = f"@{desk.drawer.bot_name}".lower() in text.lower()
    if to_us or mentions or text.startswith(("/start", "/open", "/close", "/sessions", "/help")):
        _tell(desk, message.chat.id, AskPrivately())


async def _migrated(message: Message, desk: Receptionist) -> None:
    assert message.migrate_to_chat_id is not None
    await desk.store.run(migrated, desk.bot.id, message.chat.id, message.migrate_to_chat_id)


async def _member(event: ChatMemberUpdated, desk: Receptionist, event_update: Update) -> None:
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


def _tell(desk: Receptionist, chat: int, notice: Notice | None) -> None:
    """Say something in a group, but not the same kind of thing again and again."""
    if notice is None:
        return
    now, about = time.monotonic(), (chat, type(notice))
    if not isinstance(notice, GroupLinked | ChooseCommune):
        if desk.quiet.get(about, 0) > now:
            return
        desk.quiet = {key: until for key, until in desk.quiet.items() if until > now}
        desk.quiet[about] = now + QUIET_SECONDS
    desk.screens.tell(chat, notice)


def _entry(payload: str | None) -> str:
    """The entry of /start's payload: ours name themselves; any other is a link that does not work."""
    if not payload or payload == "hello":
        return "hello"
    return payload if payload_kind(payload) else f"sorry:{Why.NO_SUCH_CODE.name}"
