"""A bot that greets."""

import aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message


async def run(token: str, server: str) -> None:
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def greet(message: Message) -> None:
        go = InlineKeyboardButton(text="✅ Go", callback_data="go")
        await message.answer(
            f"Hello, {message.from_user.first_name}", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[go]])
        )

    @dispatcher.callback_query()
    async def thank(query: CallbackQuery) -> None:
        await query.answer()
        await query.message.edit_text("Thanks")

    session = AiohttpSession(api=TelegramAPIServer.from_base(server))
    async with aiogram.Bot(token, session=session) as bot:
        await dispatcher.start_polling(bot, handle_signals=False)
