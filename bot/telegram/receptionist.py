"""The receptionist: receives what people do, and answers. On aiogram."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramAPIError, TelegramConflictError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    Update,
)
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.drawing.commands import for_citizens, for_groups
from bot.telegram.desk import Desk
from bot.telegram.group_chat import group_chat, membership
from bot.telegram.line import Line
from bot.telegram.private_chat import private_chat
from conversations.notices import Sorry, Why
from storage.reply import Reply
from wording.catalogue import FIRST_LANGUAGE, Wording, languages

log = structlog.get_logger("receptionist")

POLL_SECONDS = 25
PAUSE_SECONDS = 2.0

UPDATES = ["message", "callback_query", "my_chat_member"]


def client(token: str, api_url: str) -> Bot:
    """The bot that receives."""
    return Bot(token, session=Line(api=TelegramAPIServer.from_base(api_url)))


def dispatcher(desk: Desk) -> Dispatcher:
    """Who handles what: the private chat, the groups, and what becomes of the bot in a chat."""
    root = Dispatcher(disable_fsm=True, desk=desk)
    root.include_routers(group_chat(), private_chat(), membership())
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


async def receive(desk: Desk, stop: asyncio.Event) -> None:
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
    if offset is not None:
        with contextlib.suppress(AiogramError):
            await desk.bot.get_updates(offset=offset, limit=1, timeout=0)  # confirms what was taken in last
    await desk.screens.finish()


async def take_in(desk: Desk, handling: Dispatcher, updates: Sequence[Update]) -> bool:
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


async def _in_order(desk: Desk, handling: Dispatcher, updates: Sequence[Update]) -> None:
    for update in updates:
        try:
            await handling.feed_update(desk.bot, update)
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # noqa: BLE001 - one update must not stop the others
            log.error("update failed", kind=update.event_type, error=type(fault).__name__)
            _apologise(desk, update)


def _apologise(desk: Desk, update: Update) -> None:
    """Nobody is left without a word, even by a fault that nobody foresaw."""
    event = update.callback_query or update.message
    if event is None or event.from_user is None:
        return
    spoken = event.from_user.language_code or ""
    sorry = Reply(spoken if spoken in languages() else FIRST_LANGUAGE, Sorry(Why.TROUBLE), note=Why.TROUBLE)
    if isinstance(event, CallbackQuery):
        desk.screens.answer(event.id, sorry)
    elif event.chat.type == ChatType.PRIVATE:
        desk.screens.show(event.chat.id, replace(sorry, note=None))


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
    except AiogramError as fault:
        log.warning("no updates", error=type(fault).__name__)
        await asyncio.sleep(PAUSE_SECONDS)
    return ()


def _whose(update: Update) -> int:
    event = update.callback_query or update.message or update.my_chat_member
    user = event.from_user if event is not None else None
    return user.id if user is not None else 0
