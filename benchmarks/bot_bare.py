"""A bare aiogram bot: nothing but the two calls that every tap needs, and nothing kept."""

import asyncio
import gc
import sys
from pathlib import Path

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message
from screen import Screen


async def started(message: Message, screen: Screen) -> None:
    await message.answer(screen.text, reply_markup=screen.keyboard())


async def tapped(query: CallbackQuery, bot: Bot, screen: Screen) -> None:
    assert isinstance(query.message, Message)
    shown = query.message.edit_text(screen.text, reply_markup=screen.keyboard())
    await asyncio.gather(bot(query.answer()), bot(shown))


async def run(url: str, token: str, folder: Path) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    root = Dispatcher(disable_fsm=True, screen=Screen(folder.parent))
    root.message.register(started)
    root.callback_query.register(tapped)
    gc.freeze()
    print("-", flush=True)
    await root.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
