"""aiogram and python-telegram-bot on the stand-in, unmodified."""

import asyncio

import aiogram
import pytest
import telegram
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message


def keyboard(*texts):
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=f"d:{text}", style="success") for text in texts]
        ]
    )


async def test_aiogram_polls_answers_and_edits(aiogram_bot, people):
    """A person opens a link, taps, and sees the message rewritten, with an aiogram dispatcher behind it."""
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command) -> None:
        await message.answer(
            f"<b>{command.args}</b>", parse_mode="HTML", reply_markup=keyboard("✅ Go"), protect_content=True
        )

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer("done")
        await query.message.edit_text(f"got {query.data}", reply_markup=keyboard("✖ End"))

    polling = asyncio.create_task(dispatcher.start_polling(aiogram_bot, handle_signals=False, close_bot_session=False))
    await aiogram_bot.get_me()
    sokha = await people.add("Sokha", language_code="km")
    await sokha.open("https://t.me/samleng_demo_bot?start=s-abc")
    first = await sokha.changed()
    after = await sokha.tap_through("✅")
    phone = await sokha.phone()
    await dispatcher.stop_polling()
    await polling
    assert (first.text, first.raw["entities"]) == ("s-abc", [{"offset": 0, "length": 5, "type": "bold"}])
    assert first.protected
    assert first.buttons[0].style == "success"
    assert (after.id, after.text, after.edited) == (first.id, "got d:✅ Go", True)
    assert [toast.text for toast in phone.toasts] == ["done"]


async def test_aiogram_raises_what_telegram_means(aiogram_bot, people):
    """The errors arrive as aiogram's own exceptions."""
    await aiogram_bot.get_me()
    sokha = await people.add("Sokha")
    owner = await people.add("Owner")
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await aiogram_bot.send_message(sokha.id, "hello")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(5, "hello")
    group = await people.group("Commune", [owner])
    await group.act("add_bot")
    old = group.id
    await group.act("migrate")
    with pytest.raises(TelegramMigrateToChat) as caught:
        await aiogram_bot.send_message(old, "hello")
    assert caught.value.migrate_to_chat_id == group.id


async def test_aiogram_reads_every_kind_of_update(aiogram_bot, people):
    """Service messages, standings, pictures and stickers fit aiogram's models."""
    await aiogram_bot.get_me()
    sokha, owner = await people.add("Sokha", username="sokha"), await people.add("Owner")
    await sokha.say("/start")
    await sokha.say(photo=True)
    await sokha.say(sticker=True)
    await sokha.block()
    await sokha.unblock()
    group = await people.group("Commune", [owner])
    await group.act("add_bot", payload="g-1")
    await group.act("add", person=sokha, by=owner)
    await group.act("promote", rights={"can_pin_messages": True})
    await group.act("demote")
    await group.act("rename", title="Other")
    await group.act("remove", person=sokha)
    await group.act("migrate")
    await group.act("restrict", rights={"can_send_messages": False})
    await group.act("remove_bot")
    updates = await aiogram_bot.get_updates()
    messages = [update.message for update in updates if update.message]
    standings = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert [message.content_type for message in messages] == [
        "text", "photo", "sticker", "new_chat_members", "text", "new_chat_members", "new_chat_title",
        "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "left_chat_member",
    ]  # fmt: skip
    assert standings == ["kicked", "member", "member", "administrator", "member", "restricted", "kicked"]
    assert messages[4].text == "/start@samleng_demo_bot g-1"


async def test_ptb_sends_edits_pins_and_describes(ptb_bot, people):
    """python-telegram-bot's models accept what its calls give back."""
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("✅ Go", callback_data="go")]])
    sent = await ptb_bot.send_message(sokha.id, "<i>text</i>", parse_mode="HTML", reply_markup=markup)
    edited = await sent.edit_text("other", reply_markup=markup)
    assert await ptb_bot.pin_chat_message(sokha.id, sent.message_id)
    chat = await ptb_bot.get_chat(sokha.id)
    assert (sent.text, sent.entities[0].type, edited.text) == ("text", "italic", "other")
    assert chat.pinned_message.message_id == sent.message_id
    assert await ptb_bot.send_chat_action(sokha.id, "typing")
    assert await sent.delete()
    group = await people.group("Commune", [sokha])
    await group.act("add_bot")
    await group.act("promote", rights={"can_pin_messages": True})
    admins = await ptb_bot.get_chat_administrators(group.id)
    me = await ptb_bot.get_chat_member(group.id, ptb_bot.id)
    assert [admin.status for admin in admins] == ["creator", "administrator"]
    assert me.can_pin_messages
    assert await ptb_bot.leave_chat(group.id)


async def test_ptb_raises_what_telegram_means(ptb_bot, people):
    """The errors arrive as python-telegram-bot's own exceptions."""
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    await sokha.block()
    with pytest.raises(telegram.error.Forbidden, match="blocked by the user"):
        await ptb_bot.send_message(sokha.id, "hello")
    group = await people.group("Commune", [sokha])
    await group.act("add_bot")
    old = group.id
    await group.act("migrate")
    with pytest.raises(telegram.error.ChatMigrated) as caught:
        await ptb_bot.send_message(old, "hello")
    assert caught.value.new_chat_id == group.id


async def test_ptb_polls_and_hears_taps(ptb_bot, people):
    """Updates and commands go through python-telegram-bot as well."""
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("✅ Go", callback_data="go")]])
    await ptb_bot.send_message(sokha.id, "text", reply_markup=markup)
    tap = await sokha.tap("✅")
    updates = await ptb_bot.get_updates(timeout=1)
    assert [update.update_id for update in updates][-1] == tap.update
    assert updates[-1].callback_query.data == "go"
    assert await updates[-1].callback_query.answer(text="yes", show_alert=True)
    scope = telegram.BotCommandScopeChat(sokha.id)
    assert await ptb_bot.set_my_commands([("help", "Help")], scope=scope, language_code="km")
    assert (await ptb_bot.get_my_commands(scope=scope, language_code="km"))[0].command == "help"
    assert await ptb_bot.delete_my_commands(scope=scope, language_code="km")
