"""How much a bot may send, how long its updates are kept, and time that passes as fast as a test wants."""

import asyncio

import pytest
from aiogram.exceptions import TelegramRetryAfter
from telegram.error import RetryAfter
from waiting import CEILING

from sandbox import Sandbox

KEYBOARD = {"inline_keyboard": [[{"text": "✅ Go", "callback_data": "go"}]]}


async def test_thirty_messages_a_second(api, people, clock):
    """The thirty-first is refused and says how long to wait; edits, deletions and answers are outside that."""
    persons = await people.add_many(31)
    for person in persons:
        await person.open("https://t.me/samleng_demo_bot")
    sent = [await api("sendMessage", chat_id=p.id, text="x", reply_markup=KEYBOARD) for p in persons]
    assert sent[30] == "429 Too Many Requests: retry after 1"
    first = {"chat_id": persons[0].id, "message_id": sent[0]["message_id"]}
    tap = await persons[0].tap("✅")
    assert await api("answerCallbackQuery", callback_query_id=tap.query)
    assert (await api("editMessageText", **first, text="y"))["text"] == "y"
    assert await api("sendChatAction", chat_id=persons[0].id, action="typing")
    assert await api("deleteMessage", **first)
    clock.now += 1
    assert (await api("sendMessage", chat_id=persons[30].id, text="x"))["text"] == "x"


async def test_twenty_a_minute_in_a_group(api, people, sokha, clock):
    """Each group and each bot by itself; private chats are not held up; a refused call does not count."""
    group, other = [await people.group(title, [sokha]) for title in ("A", "B")]
    for each in (group, other):
        await each.act("add_bot")
    for at in range(20):
        clock.now += 1
        assert (await api("sendMessage", chat_id=group.id, text=str(at)))["text"] == str(at)
    refused = "429 Too Many Requests: retry after 41"
    assert [await api("sendMessage", chat_id=group.id, text="x") for _ in range(3)] == [refused] * 3
    assert (await api("sendMessage", chat_id=other.id, text="x"))["text"] == "x"
    assert (await api("sendMessage", chat_id=sokha.id, text="x"))["text"] == "x"
    await people.ahead(41)
    assert (await api("sendMessage", chat_id=group.id, text="x"))["text"] == "x"


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_refusal_tells_both_libraries_how_long_to_wait(aiogram_bot, ptb_bot, people):
    """As their own exceptions."""
    await aiogram_bot.get_me()
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    group = await people.group("A", [sokha])
    await group.act("add_bot")
    for _ in range(20):
        await aiogram_bot.send_message(group.id, "x")
    with pytest.raises(TelegramRetryAfter) as by_aiogram:
        await aiogram_bot.send_message(group.id, "x")
    with pytest.raises(RetryAfter) as by_ptb:
        await ptb_bot.send_message(group.id, "x")
    assert by_aiogram.value.retry_after == 60
    assert by_ptb.value._retry_after.total_seconds() == 60


async def test_limits_can_be_turned_off(http, api, people):
    """From the beginning, or while it runs."""
    async with Sandbox(limits=False) as free:
        assert not free.world.limits
    assert (await http.post("/_sandbox/limits", json={"on": False})).json() == {"limits": False}
    sokha = await people.add()
    await sokha.open("https://t.me/samleng_demo_bot")
    assert [await api("sendMessage", chat_id=sokha.id, text="x") for _ in range(40)][-1]["text"] == "x"
    assert (await http.post("/_sandbox/limits", json={})).json() == {"error": "on is needed"}


async def test_updates_are_kept_for_a_day(api, sokha, clock, people):
    """What is older nobody fetches any more."""
    await sokha.say("yesterday")
    clock.now += 20 * 3600
    await sokha.say("today")
    await people.ahead(4 * 3600 + 1)
    assert [update["message"]["text"] for update in await api("getUpdates")] == ["today"]
    assert (await api("getWebhookInfo"))["pending_update_count"] == 1


async def test_time_passes_as_fast_as_a_test_wants(sandbox, api, http, people, sokha):
    """Dates, a tap's time and sleeps follow; time does not go back."""
    await api("sendMessage", chat_id=sokha.id, text="x", reply_markup=KEYBOARD)
    late = await sokha.tap("✅")
    sleeping = asyncio.create_task(sandbox.world.clock.sleep(3000))
    await asyncio.sleep(0)
    await people.ahead(2000)
    assert not sleeping.done()
    await people.ahead(1000)
    await asyncio.wait_for(sleeping, CEILING)
    assert (await api("answerCallbackQuery", callback_query_id=late.query)).startswith("400 Bad Request: query is too")
    assert (await api("sendMessage", chat_id=sokha.id, text="x"))["date"] == 1_800_003_000
    assert (await http.get("/_sandbox/clock")).json() == {"now": 1_800_003_000, "ahead": 3000}
    for wrong in (-1, "soon", None, True):
        answer = await http.post("/_sandbox/clock", json={"ahead": wrong})
        assert answer.json()["error"].startswith("ahead must be a number")
