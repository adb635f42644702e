"""The control: what people do, what they see, and what can't be done."""

import asyncio

import pytest
from waiting import CEILING

from sandbox.people import ControlRefusedError, NothingChangedError

KEYBOARD = {"inline_keyboard": [[{"text": "✅ Go", "callback_data": "go", "style": "success"}]]}
LINK = "https://t.me/samleng_demo_bot?start=hello"
OTHER = {"inline_keyboard": [[{"text": "✖ End", "callback_data": "end"}]]}


async def test_a_phone_shows_messages_with_their_buttons(api, sokha):
    """Who wrote, what, with which buttons, protected or not; a deleted message is gone."""
    sent = await api("sendMessage", chat_id=sokha.id, text="Hello", reply_markup=KEYBOARD, protect_content=True)
    screen = await sokha.screen()
    assert (screen.text, screen.by_bot, screen.protected, screen.edited) == ("Hello", True, True, False)
    assert [(b.text, b.data, b.style) for b in screen.buttons] == [("✅ Go", "go", "success")]
    await api("deleteMessage", chat_id=sokha.id, message_id=sent["message_id"])
    assert [message.by_bot for message in (await sokha.phone()).messages] == [False]


async def test_what_stands_in_a_group_is_sent_on(api, people, sokha):
    """Who wrote it is named, buttons that are links stay with it; what is protected, and what happened, stay there."""
    group = await people.group("ឃុំ", [sokha])
    await group.act("add_bot")
    web = {"text": "Web", "url": "https://x.org"}
    keyboard = {"inline_keyboard": [[*KEYBOARD["inline_keyboard"][0], web]]}
    sent = await api("sendMessage", chat_id=group.id, text="<b>Look</b>", parse_mode="HTML", reply_markup=keyboard)
    await sokha.forward(sent["message_id"], chat=group.id)
    told = (await api("getUpdates"))[-1]["message"]
    assert (told["text"], told["entities"][0]["type"], told["chat"]["type"]) == ("Look", "bold", "private")
    assert told["reply_markup"] == {"inline_keyboard": [[web]]}
    assert told["forward_origin"]["sender_user"]["is_bot"]
    secret = await api("sendMessage", chat_id=group.id, text="x", protect_content=True)
    added = next(m.id for m in (await sokha.phone(chat=group.id)).messages if "service" in m.raw)
    for message in (secret["message_id"], added):
        with pytest.raises(ControlRefusedError, match="sent on"):
            await sokha.forward(message, chat=group.id)


async def test_a_link_lies_under_a_text(api, sokha):
    """The whole of it, whose length is told in Telegram's units; without a text there is nothing to lie under."""
    await sokha.say(" 😀 here ", hidden=LINK)
    told = (await api("getUpdates"))[-1]["message"]
    assert told["entities"] == [{"type": "text_link", "offset": 0, "length": 7, "url": LINK}]
    with pytest.raises(ControlRefusedError):
        await sokha.say(photo=True, hidden=LINK)


async def test_waiting_ends_with_the_next_change(api, sokha):
    """Somebody who looked waits for what comes after; nothing coming is an error after a while."""
    with pytest.raises(NothingChangedError):
        await sokha.changed(wait=0.05)
    waiting = asyncio.create_task(sokha.changed())
    await api("sendMessage", chat_id=sokha.id, text="Hello")
    assert (await waiting).text == "Hello"


async def test_a_tap_waits_for_the_answer_or_the_change(api, sokha):
    """The bot's answer comes back with the tap, and tap_through gives the screen that follows."""
    sent = await api("sendMessage", chat_id=sokha.id, text="Hello", reply_markup=KEYBOARD)

    async def answer():
        update = (await api("getUpdates", timeout=50))[-1]
        await api("getUpdates", offset=update["update_id"] + 1)
        await api("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="well")
        return update

    answering = asyncio.create_task(answer())
    tap = await sokha.tap("✅", wait=CEILING)
    update = await answering
    assert tap.answer == {"text": "well", "alert": False}
    assert (update["update_id"], update["callback_query"]["message"]["text"]) == (tap.update, "Hello")
    with pytest.raises(NothingChangedError):
        await sokha.tap_through("✅", wait=0.05)
    offset = (await api("getUpdates"))[-1]["update_id"] + 1
    through = asyncio.create_task(sokha.tap_through("✅"))
    await api("getUpdates", offset=offset, timeout=50)
    await api("editMessageText", chat_id=sokha.id, message_id=sent["message_id"], text="After")
    assert (await through).text == "After"


async def test_only_what_can_be_seen_is_tapped_unless_stale(api, sokha):
    """A button that an edit took away, or a deleted message, is tapped only by a phone that lags behind."""
    sent = await api("sendMessage", chat_id=sokha.id, text="Hello", reply_markup=KEYBOARD)
    message = sent["message_id"]
    await api("editMessageReplyMarkup", chat_id=sokha.id, message_id=message, reply_markup=OTHER)
    with pytest.raises(ControlRefusedError, match="no such button"):
        await sokha.tap("✅ Go")
    assert (await sokha.tap("✅ Go", message=message, stale=True)).query
    await api("deleteMessage", chat_id=sokha.id, message_id=message)
    assert (await sokha.tap("✖ End", message=message, stale=True)).query
    last = (await api("getUpdates"))[-1]["callback_query"]
    assert (last["data"], last["message"]["date"], "text" in last["message"]) == ("end", 0, False)


async def test_a_link_button_is_followed(api, sokha):
    """Tapping a button with a link to the bot starts it with the link's payload."""
    url = "https://t.me/samleng_demo_bot?start=s-xyz"
    await api(
        "sendMessage", chat_id=sokha.id, text="x", reply_markup={"inline_keyboard": [[{"text": "Go", "url": url}]]}
    )
    tap = await sokha.tap("Go")
    assert tap.query is None
    assert (await sokha.phone()).messages[-1].text == "/start s-xyz"


async def test_pictures_and_stickers_have_no_text(api, sokha):
    """They arrive as Telegram describes them."""
    await sokha.say(photo=True)
    await sokha.say(sticker=True)
    photo, sticker = [update["message"] for update in await api("getUpdates")]
    assert photo["photo"][-1]["width"] == 800
    assert sticker["sticker"]["emoji"] == "👍"
    assert "text" not in photo
    assert [m.raw.get("photo") for m in (await sokha.phone()).messages[-2:]] == [True, None]


async def test_before_the_first_call_there_is_no_bot(people):
    """A person can't write to a bot that no program speaks for."""
    nobody = await people.add()
    with pytest.raises(ControlRefusedError, match="there is no bot yet"):
        await nobody.say("hello")


@pytest.mark.parametrize(
    ("method", "path", "body", "error"),
    [
        ("POST", "people", b"{", "the body is no JSON"),
        ("POST", "people", b"[" * 100_000, "the body is no JSON"),
        ("POST", "people", b"\xff", "the body is no JSON"),
        ("POST", "people", [], "the body must be a JSON object"),
        ("POST", "bots", {"id": 0}, "id must be what the token begins with"),
        ("POST", "bots", {"id": 5, "username": "<b>"}, "username must be 4 to 32"),
        ("POST", "bots", {"id": 5, "username": "Samleng_demo_bot"}, "there is a bot @Samleng_demo_bot already"),
        ("POST", "people", {"count": 0}, "count must be 1 to 100000"),
        ("POST", "people", {"count": 2, "username": "x"}, "a username belongs to one person"),
        ("POST", "people", {"first_name": 5}, "first_name must be a text"),
        ("POST", "people", b'{"first_name": "\\ud800"}', "first_name must be encoded in UTF-8"),
        ("POST", "people", {"age": 5}, "unknown: age; known: count, first_name"),
        ("POST", "groups", {"title": "x"}, "members must be a list"),
        ("POST", "groups", {"title": "x", "members": [{}]}, "members must be an integer"),
        ("POST", "groups", {"title": "x", "members": [5]}, "members: there is no person 5"),
        ("POST", "groups", {"title": "x", "members": [5], "type": "channel"}, "type must be group or supergroup"),
        ("POST", "groups/5", {"action": "rename"}, "there is no group 5"),
        ("POST", "groups/x", {"action": "rename"}, "id must be an integer"),
        ("POST", "say", {}, "person is needed"),
        ("POST", "say", {"person": True}, "person must be an integer"),
        ("POST", "say", {"person": 700000001}, "say one of text, photo and sticker"),
        ("POST", "say", {"person": 700000001, "text": "x", "bot": "y"}, "bot: there is no bot 'y'"),
        ("POST", "say", {"person": 700000001, "text": "x", "chat": 5}, "there is no group 5"),
        ("POST", "say", {"person": 700000001, "text": "x", "reply_to": 99}, "there is no message 99"),
        ("POST", "say", {"person": 700000001, "text": "x" * 4097}, "a message has 4096 characters at most"),
        ("POST", "open", {"person": 700000001, "link": "https://x.org"}, "link must be https://t.me/BOT?start="),
        ("POST", "open", {"person": 700000001, "link": "https://[x"}, "link must be https://t.me/BOT?start="),
        ("POST", "open", {"person": 700000001, "link": "https://t.me/samleng_demo_bot?startgroup=x"}, "chat is needed"),
        ("POST", "tap", {"person": 700000001}, "say one of data and button"),
        ("POST", "tap", {"person": 700000001, "data": "x", "wait": "long"}, "wait must be a number of seconds"),
        ("POST", "tap", {"person": 700000001, "data": "x", "until": "noon"}, "until must be answer or change"),
        ("POST", "tap", {"person": 700000001, "data": "x", "message": 1}, "no such button can be seen: 'x'"),
        ("POST", "faults", {}, "say which fault"),
        ("POST", "faults", {"redeliver": "all"}, "redeliver must be an integer"),
        ("GET", "seen?person=5", None, "person: there is no person 5"),
        ("GET", "seen?person=700000001&since=x", None, "since must be an integer"),
        ("GET", "nothing", None, "the sandbox has no GET /_sandbox/nothing"),
        ("DELETE", "people", None, "the sandbox has no DELETE /_sandbox/people"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("sokha")
async def test_what_cannot_be_done_is_one_sentence(method, path, body, error, http):
    """Every wrong request is answered 400 with a sentence that says what is wrong."""
    sent = {"content": body} if isinstance(body, bytes) else {"json": body}
    answer = await http.request(method, f"/_sandbox/{path}", **sent)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(error)
