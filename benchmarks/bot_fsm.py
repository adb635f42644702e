"""A durable conversation as aiogram offers it: its FSM, on a store whose every change is on the disk.

aiogram brings stores for Redis and MongoDB; this is the same on SQLite: one row for each person, a commit for each
change, on a thread of its own.
"""

import asyncio
import gc
import json
import sqlite3
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import CallbackQuery, Message
from screen import Screen

CRITERIA = 6
COLUMNS = "(bot INTEGER, chat INTEGER, person INTEGER, state TEXT, data TEXT DEFAULT '{}'"


class Scoring(StatesGroup):
    """The two states that a person goes between."""

    odd = State()
    even = State()


class SQLiteStorage(BaseStorage):
    """A person's state and data in one row."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute(f"CREATE TABLE person {COLUMNS}, PRIMARY KEY (bot, chat, person)) WITHOUT ROWID")

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._set("state", key, state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        return await self._get("state", key)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._set("data", key, json.dumps(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(await self._get("data", key) or "{}")
        return data

    async def close(self) -> None:
        self._thread.shutdown()
        self._db.close()

    async def _set(self, column: str, key: StorageKey, value: str | None) -> None:
        await self._execute(
            f"INSERT INTO person (bot, chat, person, {column}) VALUES (?, ?, ?, ?) "
            f"ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
            key,
            value,
        )

    async def _get(self, column: str, key: StorageKey) -> str | None:
        row = await self._execute(f"SELECT {column} FROM person WHERE bot = ? AND chat = ? AND person = ?", key)
        return None if row is None else row[0]

    async def _execute(self, statement: str, key: StorageKey, *values: str | None) -> Any:
        given = (key.bot_id, key.chat_id, key.user_id, *values)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: self._db.execute(statement, given).fetchone())


async def started(message: Message, screen: Screen, state: FSMContext) -> None:
    await state.set_state(Scoring.odd)
    await message.answer(screen.text, reply_markup=screen.keyboard())


async def tapped(query: CallbackQuery, bot: Bot, screen: Screen, state: FSMContext, raw_state: str) -> None:
    assert isinstance(query.message, Message)
    scored = await state.get_data()
    await state.update_data({str(len(scored) % CRITERIA): query.data})
    await state.set_state(Scoring.even if raw_state == Scoring.odd.state else Scoring.odd)
    shown = query.message.edit_text(screen.text, reply_markup=screen.keyboard())
    await asyncio.gather(bot(query.answer()), bot(shown))


async def run(url: str, token: str, folder: Path) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    root = Dispatcher(storage=SQLiteStorage(folder / "fsm.sqlite3"), screen=Screen(folder.parent))
    root.message.register(started)
    root.callback_query.register(tapped, Scoring.odd)
    root.callback_query.register(tapped, Scoring.even)
    gc.freeze()
    print("-", flush=True)
    await root.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
