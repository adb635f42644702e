"""Screens: brings what shall be seen to people's phones. One chat's in order; an edit that is overtaken is dropped."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
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
from storage.people import is_asked, note_screen, set_blocked
from storage.reply import Migrated, Question, Reply
from storage.store import Store

log = structlog.get_logger("screens")

TRIES = 3
PAUSE_SECONDS = 1.0
SCREEN_PAUSES = (*(PAUSE_SECONDS * 2**n for n in range(6)), *[60.0] * 60)
"""Between the tries to bring a screen: an hour of them, for nobody should have to tap again to see where they are."""

FINISH_SECONDS = 1.0
ADMINISTRATORS_SECONDS = 5.0


@dataclass
class _Waiting:
    """What waits for one chat. more: something has come since this was looked at."""

    replies: deque[Reply] = field(default_factory=deque)
    more: asyncio.Event = field(default_factory=asyncio.Event)


class Screens:
    """Sends one bot's replies without holding up the next update."""

    def __init__(self, call: Call, bot: int, store: Store, drawer: Drawer) -> None:
        self._call = call
        self._bot = bot
        self._store = store
        self._drawer = drawer
        self._waiting: dict[int, _Waiting] = {}
        self._ending = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str, note: Why | None, language: str) -> None:
        """Answer a tap, with a note if there is one."""
        self._spawn(self._answer(query, None if note is None else self._drawer.note(note, language)))

    def show(self, chat: int, reply: Reply) -> None:
        """Bring a reply to a private chat, after those on their way there."""
        waiting = self._waiting.get(chat)
        if waiting is None:
            waiting = self._waiting[chat] = _Waiting()
            self._spawn(self._show_all(chat, waiting))
        if waiting.replies and _overtaken(waiting.replies[-1], reply):
            earlier = waiting.replies.pop()
            reply = replace(reply, gone=reply.gone or earlier.gone)
        waiting.replies.append(reply)
        waiting.more.set()

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
        """Wait a moment until what is on its way has arrived; what can't be brought now is left."""
        self._ending.set()
        for waiting in self._waiting.values():
            waiting.more.set()
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

    async def _show_all(self, chat: int, waiting: _Waiting) -> None:
        """Show what waits, and what comes meanwhile. Replies can't know of a screen that was sent after they were made:
        it is taken away here, so that one question alone stays on the phone.
        """
        sent = None
        try:
            while waiting.replies:
                later = waiting.replies.popleft()
                if sent is not None and later.screen is None and later.gone is None:
                    later = replace(later, gone=sent)
                sent = await self._show(chat, later, waiting) or sent
        finally:
            del self._waiting[chat]

    async def _show(self, chat: int, reply: Reply, waiting: _Waiting) -> Screen | None:
        """The question's message, if a new one was sent."""
        sent = None
        screen, *others = self._drawn(chat, reply)
        try:
            message = await self._bring(chat, reply, screen, waiting)
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

    async def _bring(self, chat: int, reply: Reply, screen: Step, waiting: _Waiting) -> int | None:
        """The id of a screen's message, if it is a new one. It is tried until it arrives, a later one takes its place,
        or what it shows is over.
        """
        for pause in SCREEN_PAUSES:
            waiting.more.clear()
            try:
                return await self._sent(self._call, screen)
            except RetryAfterError as asked:
                await self._store.run(flooded, self._bot, chat, timedelta(seconds=asked.seconds))
                await _until(self._ending, asked.seconds)
            except NetworkError as fault:
                log.info("screen not shown yet", error=type(fault).__name__)
                if not self._is_over(reply, waiting):
                    await _until(waiting.more, pause)
            if self._is_over(reply, waiting) or not await self._holds(reply):
                return None
        return await self._sent(self._call, screen)

    def _is_over(self, reply: Reply, waiting: _Waiting) -> bool:
        """Whether a reply that could not be shown need not be: another takes its place, or the bot is to end."""
        return self._ending.is_set() or bool(waiting.replies and _overtaken(reply, waiting.replies[0]))

    async def _holds(self, reply: Reply) -> bool:
        """Whether what a reply shows is still so: a question may have been answered, or its dialogue be over."""
        shows = reply.shows
        return not isinstance(shows, Question) or await self._store.run(is_asked, shows.dialogue, shows.turn)

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
            await self._sent(self._try, telling(chat, self._drawer.group(notice, language), screen))
        except MigratedError as moved:
            await self._store.run(take, Migrated(self._bot, chat.id, moved.to))
            self.tell(Chat(moved.to, ChatKind.SUPERGROUP), notice)
        except CallError as fault:
            log.info("group not told", error=type(fault).__name__)

    async def _sent(self, call: Call, step: Step) -> int | None:
        """The id of the message, if it is a new one: the one to rewrite may be gone, or too old."""
        try:
            done, message = await carry_out(call, step)
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


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Wait for something, so long at most."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _overtaken(earlier: Reply, later: Reply) -> bool:
    """Whether nobody misses the earlier reply: the later one rewrites the same screen, or is a new one as well; nothing
    else goes with the earlier, but that a screen may have to go, for which the later one has room.
    """
    alone = earlier == replace(earlier, extra=None, commands=None)
    return alone and earlier.screen == later.screen and (earlier.gone is None or later.gone is None)
