"""Screens: brings what shall be seen to people's phones. One chat's in order; an edit that is overtaken is dropped."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog

from bot.drawing.drawer import Drawer
from bot.telegram.call import (
    Call,
    CallError,
    ForbiddenError,
    MigratedError,
    NetworkError,
    NotModifiedError,
    Params,
    RetryAfterError,
    Step,
    carry_out,
)
from bot.telegram.calls import answer, leaving, reply_calls, telling
from conversations.chat import Chat, ChatKind, Screen
from conversations.notices import Notice, Refusal
from conversations.refusals import TROUBLE, Why
from storage.chats import language_in
from storage.intake import take
from storage.pauses import flooded
from storage.people import note_screen, set_blocked
from storage.reply import Migrated, Question, Reply
from storage.store import Store

log = structlog.get_logger("screens")

TRIES = 3
PAUSE_SECONDS = 1.0
FINISH_SECONDS = 10.0
ADMINISTRATORS_SECONDS = 5.0


class Screens:
    """Sends one bot's replies without holding up the next update."""

    def __init__(self, call: Call, bot: int, store: Store, drawer: Drawer) -> None:
        self._call = call
        self._bot = bot
        self._store = store
        self._drawer = drawer
        self._waiting: dict[int, deque[Reply]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str, note: Why | None, language: str) -> None:
        """Answer a tap, with a note if there is one."""
        self._spawn(self._answer(query, None if note is None else self._drawer.note(note, language)))

    def show(self, chat: int, reply: Reply) -> None:
        """Bring a reply to a private chat, after those on their way there."""
        waiting = self._waiting.get(chat)
        if waiting is None:
            waiting = self._waiting[chat] = deque()
            self._spawn(self._show_all(chat))
        if waiting and _overtaken(waiting[-1], reply):
            earlier = waiting.pop()
            reply = replace(reply, gone=reply.gone or earlier.gone)
        waiting.append(reply)

    def tell(self, chat: Chat, notice: Notice, *, screen: Screen | None = None) -> None:
        """Say something in a group's topic, in its language; `screen` is a message to rewrite with it."""
        self._spawn(self._tell(chat, notice, screen))

    def leave(self, chat: int) -> None:
        """Leave a chat."""
        self._spawn(self._leave(chat))

    async def administers(self, chat: int, person: int) -> bool:
        """Whether a person is an administrator of a group; no, where Telegram does not say so soon."""
        try:
            async with asyncio.timeout(ADMINISTRATORS_SECONDS):
                found = await self._call("getChatAdministrators", {"chat_id": chat})
            return any(member["user"]["id"] == person for member in found)
        except (CallError, TimeoutError, TypeError, KeyError) as fault:
            log.info("administrators not known", error=type(fault).__name__)
            return False

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
            await carry_out(self._call, answer(query, note))
        except CallError as fault:
            log.info("tap not answered", error=type(fault).__name__)

    async def _show_all(self, chat: int) -> None:
        """Show what waits, and what comes meanwhile. Replies can't know of a screen that was sent after they were made:
        it is taken away here, so that one question alone stays on the phone.
        """
        waiting = self._waiting[chat]
        sent = None
        try:
            while waiting:
                later = waiting.popleft()
                if sent is not None and later.screen is None and later.gone is None:
                    later = replace(later, gone=sent)
                sent = await self._show(chat, later) or sent
        finally:
            del self._waiting[chat]

    async def _show(self, chat: int, reply: Reply) -> Screen | None:
        """The question's message, if a new one was sent."""
        sent = None
        screen, *others = self._drawn(chat, reply)
        try:
            message = await self._send(screen)
            if message is not None and isinstance(reply.shows, Question):
                sent = Screen(chat, message)
                await self._store.run(note_screen, reply.shows.dialogue, sent)
            for step in others:
                await self._do(step)
        except ForbiddenError:
            await self._store.run(set_blocked, self._bot, chat, blocked=True)
        except CallError as fault:
            log.warning("screen not shown", error=type(fault).__name__)
        return sent

    def _drawn(self, chat: int, reply: Reply) -> tuple[Step, ...]:
        """What a reply looks like; a word where that can't be drawn, for nobody is left with nothing."""
        try:
            return reply_calls(chat, reply, self._drawer)
        except Exception as fault:  # noqa: BLE001 - whatever a room's drawing raises
            log.error("screen not drawn", error=type(fault).__name__)
            return reply_calls(chat, replace(reply, shows=Refusal(TROUBLE), extra=None), self._drawer)

    async def _leave(self, chat: int) -> None:
        try:
            await carry_out(self._try, leaving(chat))
        except CallError as fault:
            log.info("chat not left", error=type(fault).__name__)

    async def _tell(self, chat: Chat, notice: Notice, screen: Screen | None) -> None:
        language = await self._store.run(language_in, self._bot, chat.id)
        try:
            await self._send(telling(chat, self._drawer.group(notice, language), screen))
        except MigratedError as moved:
            await self._store.run(take, Migrated(self._bot, chat.id, moved.to))
            self.tell(Chat(moved.to, ChatKind.SUPERGROUP), notice)
        except CallError as fault:
            log.info("group not told", error=type(fault).__name__)

    async def _send(self, step: Step) -> int | None:
        """The id of the message, if it is a new one: the one to rewrite may be gone, or too old."""
        try:
            done, message = await carry_out(self._try, step)
        except NotModifiedError:
            return None
        return int(message["message_id"]) if done.method == "sendMessage" else None

    async def _do(self, step: Step) -> None:
        """What goes with a screen: where it can't be done, the rest is done all the same."""
        try:
            await carry_out(self._call if step.method == "deleteMessage" else self._try, step)
        except ForbiddenError:
            raise
        except CallError as fault:
            log.info("not done", method=step.method, error=type(fault).__name__)

    async def _try(self, method: str, params: Params) -> Any:
        """Call Telegram, again after a pause that it asks for, or when it can't be reached or fails."""
        for _ in range(TRIES - 1):
            try:
                return await self._call(method, params)
            except RetryAfterError as pause:
                wait = timedelta(seconds=pause.seconds)
                await self._store.run(flooded, self._bot, params.get("chat_id", 0), wait)
                await asyncio.sleep(pause.seconds)
            except NetworkError:
                await asyncio.sleep(PAUSE_SECONDS)
        return await self._call(method, params)


def _overtaken(earlier: Reply, later: Reply) -> bool:
    """Whether nobody misses the earlier reply: the later one rewrites the same screen, or is a new one as well; nothing
    else goes with the earlier, but that a screen may have to go, for which the later one has room.
    """
    alone = earlier == replace(earlier, extra=None, commands=None)
    return alone and earlier.screen == later.screen and (earlier.gone is None or later.gone is None)
