"""Pictures on their way to chats: each is drawn and uploaded once, and then sent by its file id."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.drawing.layout import Document
from bot.telegram.call import File, RefusedError
from bot.telegram.calls import FILE_NAME
from digests.poster import Picture, draw
from storage.pictures import keep_picture, picture_sent
from storage.store import Store

DRAWN_AT_ONCE = 2

T = TypeVar("T")

Send = Callable[[File | str], Awaitable[Any]]
"""Sends a picture, given its file or its file id; the message."""


class CannotDrawError(Exception):
    """A picture could not be drawn."""


class Pictures:
    """The pictures of one bot, and documents, which are made anew each time."""

    def __init__(self, store: Store, bot: int) -> None:
        self._store = store
        self._bot = bot
        self._drawing = asyncio.Semaphore(DRAWN_AT_ONCE)
        self._first: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def draw(self, picture: Picture) -> bytes:
        """A picture's file. Takes a while."""
        return draw(picture)

    def write(self, document: Document) -> bytes:
        """A document's file. Takes a while."""
        return document.make()

    async def send(self, picture: Picture, send: Send) -> Any:
        """Send a picture; the message. Whoever comes while it is sent for the first time waits, and sends its file id.

        Raises CannotDrawError, and what `send` raises.
        """
        key = await self.made(lambda: picture.key)
        first = self._first.setdefault(key, asyncio.Lock())
        async with first:
            file_id = await self._known(key)
            if file_id is None:
                return await self._send_first(picture, key, send)
        try:
            return await send(file_id)
        except RefusedError as fault:
            if not _is_about_the_file(fault):
                raise
        async with first:
            if await self._known(key) == file_id:
                return await self._send_first(picture, key, send)
        return await self.send(picture, send)

    async def made(self, make: Callable[[], T]) -> T:
        """What takes a while to make, made in a thread. Raises CannotDrawError."""
        async with self._drawing:
            try:
                return await asyncio.to_thread(make)
            except Exception as fault:
                raise CannotDrawError from fault

    async def _known(self, key: str) -> str | None:
        return await self._store.run(picture_sent, self._bot, key)

    async def _send_first(self, picture: Picture, key: str, send: Send) -> Any:
        message = await send(File(FILE_NAME, await self.made(lambda: self.draw(picture))))
        await self._store.run(keep_picture, self._bot, key, message["photo"][-1]["file_id"])
        return message


def _is_about_the_file(fault: RefusedError) -> bool:
    """Whether Telegram refuses the file id, in whatever words, and not the chat, the caption or the rights."""
    return not fault.is_about("rights") and fault.is_about("file", "photo", "media")
