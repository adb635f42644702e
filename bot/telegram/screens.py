"""Screens: brings what shall be seen to people's phones. One chat's in order; an edit that is overtaken is dropped."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import BotCommand, BotCommandScopeChat, InlineKeyboardMarkup, LinkPreviewOptions

from bot.drawing import Drawer, Drawn
from bot.drawing.commands import for_facilitators
from bot.drawing.layout import raw_rows
from conversations.notices import Notice, NowFacilitator
from storage.groups import language_in, migrated
from storage.outbox import flooded
from storage.people import note_screen, set_blocked
from storage.reply import Question, Reply
from storage.store import Store
from wording.catalogue import Wording

T = TypeVar("T")

log = structlog.get_logger("screens")

TRIES = 3
PAUSE_SECONDS = 1.0
FINISH_SECONDS = 10.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Screens:
    """Sends replies without holding up the next update."""

    def __init__(self, bot: Bot, store: Store, drawer: Drawer) -> None:
        self._bot = bot
        self._store = store
        self._drawer = drawer
        self._waiting: dict[int, deque[Reply]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str, reply: Reply | None) -> None:
        """Answer a tap, with the reply's note if it has one."""
        note = self._drawer.note(reply.note, reply.language) if reply is not None and reply.note else None
        self._spawn(self._answer(query, note))

    def show(self, chat: int, reply: Reply) -> None:
        """Bring a reply to a private chat, after those on their way there."""
        if (waiting := self._waiting.get(chat)) is not None:
            if waiting and _overtaken(waiting[-1], reply):
                waiting.pop()
            waiting.append(reply)
            return
        self._waiting[chat] = deque()
        self._spawn(self._show_all(chat, reply))

    def tell(self, chat: int, notice: Notice, *, screen: int | None = None) -> None:
        """Say something in a group, in its language; `screen` is a message to rewrite with it."""
        self._spawn(self._tell(chat, notice, screen))

    async def finish(self) -> None:
        """Wait a while until what is on its way has arrived."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FINISH_SECONDS)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, query: str, note: str | None) -> None:
        try:
            await self._bot(AnswerCallbackQuery(callback_query_id=query, text=note))
        except AiogramError as fault:
            log.info("tap not answered", error=type(fault).__name__)

    async def _show_all(self, chat: int, reply: Reply) -> None:
        """Show a reply and those that come meanwhile. They can't know of a screen that was sent after they were made:
        it is taken away here, so that one question alone stays on the phone.
        """
        waiting = self._waiting[chat]
        waiting.appendleft(reply)
        sent = None
        try:
            while waiting:
                later = waiting.popleft()
                if sent is not None and later.screen is None and later.gone is None:
                    later = replace(later, gone=sent)
                sent = await self._show(chat, later) or sent
        finally:
            del self._waiting[chat]

    async def _show(self, chat: int, reply: Reply) -> int | None:
        """The id of the question's message, if a new one was sent."""
        sent = None
        above = reply.note if reply.screen is None else None
        drawn = self._drawer.private(reply.shows, reply.language, above)
        try:
            if reply.screen is None or not await self._edit(chat, reply.screen, drawn, reply):
                sent = await self._send_screen(chat, drawn, reply)
            if reply.gone is not None:
                await self._remove(chat, reply.gone)
            if reply.extra is not None:
                await self._try(_message(chat, self._drawer.private(reply.extra, reply.language)))
            if isinstance(reply.shows, NowFacilitator):
                await self._offer_commands(chat, reply.language)
        except TelegramForbiddenError:
            await self._store.run(set_blocked, self._bot.id, chat, blocked=True)
        except AiogramError as fault:
            log.warning("screen not shown", error=type(fault).__name__)
        return sent

    async def _edit(self, chat: int, screen: int, drawn: Drawn, reply: Reply | None = None) -> bool:
        """Whether the screen could be rewritten; where it is gone or too old, a new one is needed."""
        try:
            await self._try(
                EditMessageText(
                    chat_id=chat,
                    message_id=screen,
                    text=drawn.text,
                    parse_mode="HTML",
                    reply_markup=_keyboard(drawn, reply),
                    link_preview_options=NO_PREVIEW,
                )
            )
        except TelegramBadRequest as fault:
            return "message is not modified" in fault.message
        return True

    async def _send_screen(self, chat: int, drawn: Drawn, reply: Reply) -> int | None:
        message = await self._try(_message(chat, drawn, reply))
        if not isinstance(reply.shows, Question):
            return None
        await self._store.run(note_screen, reply.shows.dialogue, message.message_id)
        return message.message_id

    async def _remove(self, chat: int, message: int) -> None:
        try:
            await self._bot.delete_message(chat, message)
        except AiogramError as fault:
            log.info("old screen not removed", error=type(fault).__name__)

    async def _tell(self, chat: int, notice: Notice, screen: int | None) -> None:
        language = await self._store.run(language_in, self._bot.id, chat)
        drawn = self._drawer.group(notice, language)
        try:
            if screen is None or not await self._edit(chat, screen, drawn):
                await self._try(_message(chat, drawn))
        except TelegramMigrateToChat as moved:
            await self._store.run(migrated, self._bot.id, chat, moved.migrate_to_chat_id)
            self.tell(moved.migrate_to_chat_id, notice, screen=screen)
        except AiogramError as fault:
            log.info("group not told", error=type(fault).__name__)

    async def _offer_commands(self, chat: int, language: str) -> None:
        commands = [BotCommand(command=c.name, description=c.description) for c in for_facilitators(Wording(language))]
        await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=chat))

    async def _try(self, method: TelegramMethod[T]) -> T:
        """Call Telegram, again after a pause that it asks for, or when it can't be reached or fails."""
        for _ in range(TRIES - 1):
            try:
                return await self._bot(method)
            except TelegramRetryAfter as pause:
                await self._store.run(flooded, self._bot.id, timedelta(seconds=pause.retry_after))
                await asyncio.sleep(pause.retry_after)
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError):
                await asyncio.sleep(PAUSE_SECONDS)
        return await self._bot(method)


def _overtaken(earlier: Reply, later: Reply) -> bool:
    """Whether nobody misses the earlier reply: it only rewrites the screen that the later one rewrites."""
    return earlier == replace(earlier, gone=None, extra=None) and earlier.screen == later.screen is not None


def _message(chat: int, drawn: Drawn, reply: Reply | None = None) -> SendMessage:
    return SendMessage(
        chat_id=chat,
        text=drawn.text,
        parse_mode="HTML",
        protect_content=drawn.protected,
        reply_markup=_keyboard(drawn, reply),
        link_preview_options=NO_PREVIEW,
    )


def _keyboard(drawn: Drawn, reply: Reply | None) -> InlineKeyboardMarkup | None:
    if not drawn.rows:
        return None
    if reply is not None and isinstance(reply.shows, Question):
        rows = raw_rows(drawn, reply.shows.dialogue, reply.shows.turn)
    else:
        rows = raw_rows(drawn)
    return InlineKeyboardMarkup.model_validate({"inline_keyboard": rows})
