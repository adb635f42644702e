"""The greeting bot, played."""

import asyncio

import pytest
from greeting_bot import run

from sandbox import Sandbox
from sandbox.people import People

TOKEN = "12345:" + "a" * 35


@pytest.fixture
async def people():
    async with Sandbox() as telegram, People(telegram.url) as people:
        await people.bot(TOKEN, "greeting_bot")
        bot = asyncio.create_task(run(TOKEN, telegram.url))
        yield people
        bot.cancel()
        await asyncio.wait([bot])


async def test_a_person_is_greeted_and_thanked(people):
    """Whoever opens the link sees a greeting, and thanks in its place after a tap."""
    sokha = await people.add("Sokha", language_code="km")
    await sokha.open("https://t.me/greeting_bot?start=hello")
    assert (await sokha.changed()).text == "Hello, Sokha"
    assert (await sokha.tap_through("✅")).text == "Thanks"


async def test_a_lost_reply_is_survived(people):
    """The answer to a tap is carried out, but the bot never hears of it: the next tap goes well."""
    await people.fault("lost_reply", methods=["answerCallbackQuery"], times=1)
    dara = await people.add("Dara")
    await dara.open("https://t.me/greeting_bot")
    await dara.changed()
    await dara.tap("✅", wait=5)
    assert (await dara.tap_through("✅")).text == "Thanks"
