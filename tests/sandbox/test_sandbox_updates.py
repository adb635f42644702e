"""How a bot hears of things: polling, confirming, conflicts, redelivery."""

import asyncio

import pytest

from sandbox.people import ControlRefusedError


async def test_updates_come_again_until_they_are_confirmed(api, sokha):
    """A poll with a higher offset confirms; the same one gives the same updates."""
    await sokha.say("a")
    await sokha.say("b")
    first = await api("getUpdates", limit=1)
    again = await api("getUpdates")
    rest = await api("getUpdates", offset=first[0]["update_id"] + 1)
    assert [u["message"]["text"] for u in first] == ["a"]
    assert [u["message"]["text"] for u in again] == ["a", "b"]
    assert [u["message"]["text"] for u in rest] == ["b"]
    assert rest[0]["update_id"] == first[0]["update_id"] + 1
    assert [u["message"]["text"] for u in await api("getUpdates", offset=-1)] == ["b"]


async def test_a_poll_waits_for_the_next_update(api, sokha, polled):
    """A long poll ends as soon as something happens, or empty when its time is over."""
    polling = asyncio.create_task(api("getUpdates", timeout=50))
    await polled()
    assert not polling.done()
    await sokha.say("now")
    assert [u["message"]["text"] for u in await polling] == ["now"]
    offset = (await polling)[0]["update_id"] + 1
    assert await api("getUpdates", offset=offset, timeout=1) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(api, sokha, polled):
    """Two programs can't poll for one bot."""
    older = asyncio.create_task(api("getUpdates", timeout=50))
    await polled()
    newer = asyncio.create_task(api("getUpdates", timeout=50))
    assert (await older).startswith("409 Conflict: terminated by other getUpdates request")
    await sokha.say("now")
    assert len(await newer) == 1


async def test_only_allowed_kinds_are_queued(api, sokha):
    """allowed_updates holds until it is given again; an empty list is Telegram's choice."""
    await api("getUpdates", allowed_updates=["callback_query"])
    await sokha.say("unheard")
    assert (await api("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await api("getUpdates", allowed_updates=[])
    await sokha.say("heard")
    assert [u["message"]["text"] for u in await api("getUpdates")] == ["heard"]
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_a_confirmed_update_can_be_delivered_again(api, people, sokha):
    """It comes with its old number, whatever the offset, once."""
    await sokha.say("a")
    update = (await api("getUpdates"))[0]
    offset = update["update_id"] + 1
    with pytest.raises(ControlRefusedError, match="no such confirmed update"):
        await people.redeliver(update["update_id"])
    assert await api("getUpdates", offset=offset) == []
    polling = asyncio.create_task(api("getUpdates", offset=offset, timeout=50))
    assert await people.redeliver() == update["update_id"]
    assert await polling == [update]
    assert await api("getUpdates", offset=offset) == []


async def test_two_bots_have_chats_and_updates_of_their_own(api, http, people, sokha):
    """The second token is another bot, which the person has not started."""
    other = type(api)(http, "654321:" + "B" * 35)
    assert (await other("getMe"))["username"] == "samleng_demo_2_bot"
    assert await other("sendMessage", chat_id=sokha.id, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    await sokha.open("https://t.me/samleng_demo_2_bot")
    assert [u["message"]["text"] for u in await other("getUpdates")] == ["/start"]
    assert await api("getUpdates") == []
    calls = await people.calls()
    assert calls["counts"]["sendMessage"] == 1
    assert calls["errors"] == {"sendMessage": 1}
    assert "B" * 35 not in str(calls)
