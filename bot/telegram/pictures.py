"""Pictures on their way to chats: each is drawn and uploaded once, and then sent by its file id."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from weakref import WeakValueDictionary

from telegram import Message
from telegram.error import BadRequest

from digests.poster import Picture, draw
from storage.pictures import keep_picture, picture_sent
from storage.store import Store

DRAWN_AT_ONCE = 2

T = TypeVar("T")

Send = Callable[[bytes | str], Awaitable[Message]]
"""Sends a picture, given its bytes or its file id."""


class CannotDrawError(Exception):
    """A picture could not be drawn."""


class Pictures:
    """The pictures of one bot."""

    def __init__(self, store: Store, bot: int) -> None:
        self._store = store
        self._bot = bot
        self._drawing = asyncio.Semaphore(DRAWN_AT_ONCE)
        self._first: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(self, picture: Picture, send: Send) -> Message:
        """Send a picture. Whoever comes while it is sent for the first time waits, and sends it by its file id.

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
        except BadRequest as fault:
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

    async def _send_first(self, picture: Picture, key: str, send: Send) -> Message:
        message = await send(await self.made(lambda: draw(picture)))
        await self._store.run(keep_picture, self._bot, key, message.photo[-1].file_id)
        return message


def _is_about_the_file(fault: BadRequest) -> bool:
    """Whether Telegram refuses the file id, in whatever words, and not the chat, the caption or the rights."""
    about = str(fault).lower()
    return "rights" not in about and any(word in about for word in ("file", "photo", "media"))
