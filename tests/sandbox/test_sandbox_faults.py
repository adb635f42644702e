"""Faults on demand: each seen by clients that nobody here wrote, and the same again with the same seed."""

import asyncio

import aiogram
import pytest
import telegram
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from waiting import CEILING, soon

from sandbox.people import ControlRefusedError

LINK = "https://t.me/samleng_demo_bot"


@pytest.fixture
async def bots(aiogram_bot, ptb_bot):
    await aiogram_bot.get_me()
    return aiogram_bot, ptb_bot


@pytest.fixture
async def rithy(bots, people):
    """Has started the bot."""
    assert bots
    rithy = await people.add("Rithy")
    await rithy.open(LINK)
    return rithy


async def texts(person):
    return [message.text for message in (await person.phone()).messages if message.by_bot]


async def struck(http, times: int) -> bool:
    """Whether the only fault that is on has struck so often."""
    (fault,) = (await http.get("/_sandbox/faults")).json()["faults"]
    return bool(fault["struck"] == times)


@pytest.mark.parametrize("kind", ["lost_request", "reset"])
async def test_a_lost_request_does_nothing(kind, bots, rithy, people):
    """Both libraries see the line fail; nothing was carried out; the next call goes well."""
    await people.fault(kind, methods=["sendMessage"], times=2)
    with pytest.raises(TelegramNetworkError):
        await bots[0].send_message(rithy.id, "by aiogram")
    with pytest.raises(telegram.error.NetworkError):
        await bots[1].send_message(rithy.id, "by ptb")
    await bots[0].send_message(rithy.id, "again")
    assert await texts(rithy) == ["again"]
    calls = (await people.calls())["calls"]
    assert [call["error"] for call in calls if call["method"] == "sendMessage"] == [f"fault: {kind}"] * 2 + [None]


async def test_a_lost_reply_was_carried_out(bots, rithy, people):
    """Both libraries see the line fail, but the message is there: who sends again sends twice."""
    await people.fault("lost_reply", methods=["sendMessage"], times=2)
    with pytest.raises(TelegramNetworkError):
        await bots[0].send_message(rithy.id, "by aiogram")
    with pytest.raises(telegram.error.NetworkError):
        await bots[1].send_message(rithy.id, "by ptb")
    assert await texts(rithy) == ["by aiogram", "by ptb"]


async def test_a_delay_passes_with_the_clock(http, bots, rithy, people):
    """Long enough, it is a time-out for the client; time set ahead ends it at once."""
    await people.fault("delay", methods=["sendMessage"], seconds=3600)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bots[0].send_message(rithy.id, "x", request_timeout=0.1)
    with pytest.raises(telegram.error.TimedOut):
        await bots[1].send_message(rithy.id, "x", read_timeout=0.1)
    sending = asyncio.create_task(bots[0].send_message(rithy.id, "slow"))
    await soon(lambda: struck(http, 3), missing="nothing is delayed")
    await people.ahead(3600)
    await asyncio.wait_for(sending, CEILING)
    assert await texts(rithy) == ["slow"]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_too_many_and_server_errors(bots, rithy, people):
    """As each library's own exceptions, with the seconds to wait and the code."""
    await people.fault("too_many", times=2, seconds=7)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bots[0].send_message(rithy.id, "x")
    assert caught.value.retry_after == 7
    with pytest.raises(telegram.error.RetryAfter):
        await bots[1].send_message(rithy.id, "x")
    await people.fault("server_error", code=502)
    with pytest.raises(TelegramServerError, match="Bad Gateway"):
        await bots[0].get_me()
    with pytest.raises(telegram.error.NetworkError, match="Bad Gateway"):
        await bots[1].get_me()
    await people.no_fault()
    assert (await bots[0].send_message(rithy.id, "well")).text == "well"


async def test_an_update_comes_twice(aiogram_bot, rithy, people):
    """Confirmed, it comes again with the same number, and a bot that polls hears of it twice."""
    heard = []
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def take_message(message) -> None:
        heard.append(message.text)

    await people.fault("duplicate_update", updates=["message"], times=2)
    polling = asyncio.create_task(dispatcher.start_polling(aiogram_bot, handle_signals=False, close_bot_session=False))
    await rithy.say("once")
    await soon(lambda: len(heard) == 4)
    await dispatcher.stop_polling()
    await polling
    assert sorted(heard) == ["/start", "/start", "once", "once"]


async def test_an_update_comes_late(api, sokha, people):
    """The next one overtakes it; with none to overtake it, it comes by itself a little later. None is lost."""
    await people.fault("late_update", times=1)
    await sokha.say("first")
    await sokha.say("second")
    one = await api("getUpdates")
    two = await api("getUpdates", offset=one[-1]["update_id"] + 1)
    assert [[u["message"]["text"] for u in batch] for batch in (one, two)] == [["second"], ["first"]]
    assert two[0]["update_id"] == one[0]["update_id"] - 1
    await people.fault("late_update", times=1)
    await sokha.say("alone")
    assert [u["message"]["text"] for u in await api("getUpdates", offset=one[-1]["update_id"] + 1, timeout=50)] == [
        "alone"
    ]


async def test_a_blocked_person_and_a_lost_right(bots, rithy, people):
    """The other two things that go wrong are done to people and groups."""
    await rithy.block()
    with pytest.raises(telegram.error.Forbidden):
        await bots[1].send_message(rithy.id, "x")
    group = await people.group("Commune", [rithy])
    await group.act("add_bot", rights={"can_pin_messages": True})
    sent = await bots[1].send_message(group.id, "Digest")
    await group.act("demote")
    with pytest.raises(telegram.error.BadRequest, match="Not enough rights"):
        await sent.pin()
    updates = await bots[1].get_updates()
    assert updates[-1].my_chat_member.new_chat_member.status == "member"


async def test_the_same_seed_gives_the_same_faults(api, people):
    """Which of many calls fail depends on the seed alone."""

    async def failed(seed: int) -> list[bool]:
        fault = await people.fault("server_error", methods=["getMe"], chance=0.4, seed=seed)
        answers = [await api("getMe") for _ in range(30)]
        await people.no_fault(fault)
        return [isinstance(answer, str) for answer in answers]

    first = await failed(7)
    assert await failed(7) == first
    assert await failed(8) != first
    assert 5 < sum(first) < 20


async def test_what_is_on_is_shown_and_can_be_turned_off(api, http, people, sokha):
    """With how often each has struck; one that has struck often enough is gone."""
    once = await people.fault("too_many", methods=["getMe"], times=1)
    kept = await people.fault("delay", seconds=0, bot="samleng_demo_bot", methods=["getMe"])
    assert await api("getMe") == "429 Too Many Requests: retry after 1"
    await sokha.block()
    shown = (await http.get("/_sandbox/faults")).json()
    assert [(fault["id"], fault["struck"], fault["methods"]) for fault in shown["faults"]] == [(kept, 1, ["getMe"])]
    assert (shown["limits"], [each["person"] for each in shown["blocked"]]) == (True, [sokha.id])
    await people.no_fault(kept)
    for gone in (once, kept):
        with pytest.raises(ControlRefusedError, match="there is no fault"):
            await people.no_fault(gone)
    assert (await http.get("/_sandbox/faults")).json()["faults"] == []


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"kind": "earthquake"}, "kind must be one of delay, lost_request"),
        ({"kind": "delay", "methods": "sendMessage"}, "methods must be a list of names"),
        ({"kind": "delay", "methods": [5]}, "methods must be a list of names"),
        ({"kind": "delay", "updates": ["message"]}, "delay is a fault of methods: leave out updates"),
        ({"kind": "late_update", "methods": ["getMe"]}, "late_update is a fault of updates"),
        ({"kind": "delay", "times": 0}, "times must be 1 or more"),
        ({"kind": "delay", "chance": 0}, "chance must be more than 0"),
        ({"kind": "delay", "chance": "NaN"}, "chance must be a number"),
        ({"kind": "delay", "seconds": -1}, "seconds must be 0 or more"),
        ({"kind": "delay", "seed": 1.5}, "seed must be an integer"),
        ({"kind": "server_error", "code": 404}, "code must be one of 500"),
        ({"kind": "delay", "bot": "nobody_bot"}, "bot: there is no bot"),
        ({"clear": "some"}, "clear must be an integer"),
        ({"clear": 5}, "there is no fault 5"),
    ],
)
async def test_a_fault_that_makes_no_sense_is_one_sentence(given, error, http):
    """As everything that the control is asked."""
    answer = await http.post("/_sandbox/faults", json=given)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(error)
