"""What a page asks: who there is, what changed, which menu a phone has; and what was played, as text."""

import asyncio
from types import SimpleNamespace

import pytest
from waiting import CEILING, soon

from sandbox.control import overview

KEYBOARD = {"inline_keyboard": [[{"text": "✅ Go", "callback_data": "go"}, {"text": "✖ Leave", "callback_data": "no"}]]}


@pytest.fixture
def look(http):
    async def look(path, **given):
        answer = await http.get(f"/_sandbox/{path}", params=given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return look


async def test_the_world_is_told(look, people, sokha):
    """Bots, people with whom they write to, groups with members and their rights."""
    owner = await people.add("Owner", username="owner")
    group = await people.group("ឃុំ", [owner, sokha])
    await group.act("add_bot", rights={"can_pin_messages": True})
    await sokha.block()
    world = await look("world")
    assert [bot["username"] for bot in world["bots"]] == ["samleng_demo_bot"]
    assert world["people"] == [
        {"id": sokha.id, "first_name": "Sokha", "username": None, "language_code": "km",
         "bots": [{"id": 123456, "blocked": True}]},
        {"id": owner.id, "first_name": "Owner", "username": "owner", "language_code": None, "bots": []},
    ]  # fmt: skip
    (told,) = world["groups"]
    assert (told["id"], told["title"], told["type"], told["gone"], told["upgraded_to"]) == (
        group.id, "ឃុំ", "group", False, None,
    )  # fmt: skip
    assert [(member["name"], member["status"], member["rights"], member["bot"]) for member in told["members"]] == [
        ("Owner", "creator", {}, False),
        ("Sokha", "member", {}, False),
        ("Samleng", "administrator", {"can_pin_messages": True}, True),
    ]


async def test_changes_are_told_once(api, look, people, sokha):
    """Which views changed and for whom, which calls came, and whether anything else did."""
    start = (await look("events"))["seq"]
    assert await look("events", since=start) == {"seq": start, "views": [], "calls": [], "world": False}
    group = await people.group("ឃុំ", [sokha])
    await group.act("add_bot")
    await api("sendMessage", chat_id=sokha.id, text="x")
    news = await look("events", since=start)
    assert news["views"] == [
        {"chat": group.id, "bot": None, "people": [sokha.id]},
        {"chat": None, "bot": 123456, "people": [sokha.id]},
    ]
    assert [(call["method"], call["parameters"]["text"], call["error"]) for call in news["calls"]] == [
        ("sendMessage", "x", None)
    ]
    assert news["world"]
    assert (await look("events", since=news["seq"]))["views"] == []
    whole = await look("events")
    assert (len(whole["views"]), whole["world"]) == (2, True)


async def test_who_waits_hears_of_the_next_change(api, look, sokha, sandbox, monkeypatch):
    """A burst comes in one answer, and nothing in an empty one."""
    burst = asyncio.Event()
    monkeypatch.setattr(overview, "asyncio", SimpleNamespace(sleep=lambda _: burst.wait()))
    now = (await look("events"))["seq"]
    waiting = asyncio.create_task(look("events", since=now, wait=CEILING))
    await soon(lambda: sandbox.world.journal._event is not None)
    for text in "abc":
        await api("sendMessage", chat_id=sokha.id, text=text)
    burst.set()
    after = await waiting
    assert len(after["calls"]) == 3
    assert (await look("events", since=after["seq"], wait=0.05))["seq"] == after["seq"]


async def test_what_the_bot_does_shows_for_a_moment(api, look, sokha, clock):
    """It ends with the next message or after five seconds, is told as a change, and is none for `seq`."""
    before = await look("seen", person=sokha.id)
    start = (await look("events"))["seq"]
    await api("sendChatAction", chat_id=sokha.id, action="typing")
    seen = await look("seen", person=sokha.id)
    assert (seen["doing"], seen["seq"]) == ({"action": "typing", "seconds": 5}, before["seq"])
    assert len((await look("events", since=start))["views"]) == 1
    clock.now += 5
    assert (await look("seen", person=sokha.id))["doing"] is None
    await api("sendChatAction", chat_id=sokha.id, action="upload_photo")
    await api("sendMessage", chat_id=sokha.id, text="x")
    assert (await look("seen", person=sokha.id))["doing"] is None


async def test_a_menu_comes_from_the_narrowest_scope(api, look, people, sokha):
    """Chat before kind of chat before default, the person's language before none; administrators have their own."""
    owner = await people.add("Owner")
    group = await people.group("ឃុំ", [owner, sokha])
    await group.act("add_bot")

    async def menu(person, **given):
        commands = (await look("commands", person=person.id, **given))["commands"]
        return commands[0]["command"] if commands else None

    async def set_menu(name, language="", **scope):
        commands = [{"command": name, "description": "x"}]
        await api("setMyCommands", commands=commands, language_code=language, **({"scope": scope} if scope else {}))

    assert await menu(sokha) is None
    await set_menu("any")
    await set_menu("khmer", "km")
    assert [await menu(sokha), await menu(owner), await menu(sokha, chat=group.id)] == ["khmer", "any", "khmer"]
    await set_menu("private", type="all_private_chats")
    await set_menu("groups", type="all_group_chats")
    assert [await menu(sokha), await menu(sokha, chat=group.id)] == ["private", "groups"]
    await set_menu("rules", type="all_chat_administrators")
    await set_menu("mine", type="chat", chat_id=sokha.id)
    assert [await menu(sokha), await menu(sokha, chat=group.id)] == ["mine", "groups"]
    assert await menu(owner, chat=group.id) == "rules"
    await set_menu("here", type="chat_administrators", chat_id=group.id)
    await set_menu("you", type="chat_member", chat_id=group.id, user_id=sokha.id)
    assert [await menu(owner, chat=group.id), await menu(sokha, chat=group.id)] == ["here", "you"]


async def test_a_person_changes_language_and_name(api, http, sokha):
    """The bot hears of it with what the person does next."""
    await sokha.speak("en")
    answer = await http.post(f"/_sandbox/people/{sokha.id}", json={"first_name": "<b>Sokha</b>"})
    assert answer.json()["first_name"] == "<b>Sokha</b>"
    await sokha.say("hello")
    sender = (await api("getUpdates"))[-1]["message"]["from"]
    assert (sender["language_code"], sender["first_name"]) == ("en", "<b>Sokha</b>")
    assert (await http.post("/_sandbox/people/5", json={})).json() == {"error": "id: there is no person 5"}


async def test_administrators_hear_of_members_if_they_ask(api, people, sokha):
    """chat_member comes only to a bot that administers the group and named it in allowed_updates."""
    dara, group = await people.add("Dara"), await people.group("ឃុំ", [sokha])
    await api("getUpdates", allowed_updates=["chat_member"])
    await group.act("add_bot")
    await group.act("add", person=dara)
    assert await api("getUpdates") == []
    await group.act("promote")
    await group.act("remove", person=dara)
    (update,) = await api("getUpdates")
    change = update["chat_member"]
    assert (change["from"]["id"], change["new_chat_member"]["user"]["id"]) == (sokha.id, dara.id)
    assert [change[when]["status"] for when in ("old_chat_member", "new_chat_member")] == ["member", "left"]
    await api("getUpdates", offset=-1, allowed_updates=[])
    await group.act("add", person=dara)
    assert [update for update in await api("getUpdates") if "chat_member" in update] == [update]


async def test_what_was_played_is_a_transcript(api, sokha):
    """Words, taps by their buttons' texts, rewriting, toasts to who tapped, what was taken away."""
    sent = await api("sendMessage", chat_id=sokha.id, text="Hello,\n\nGo on?", reply_markup=KEYBOARD)
    tap = await sokha.tap("✅")
    await api("answerCallbackQuery", callback_query_id=tap.query, text="well")
    await api("editMessageText", chat_id=sokha.id, message_id=sent["message_id"], text="After")
    await sokha.tap("✖ Leave", stale=True)
    await sokha.say("សួស្តី")
    await sokha.say(photo=True)
    await api("deleteMessage", chat_id=sokha.id, message_id=sent["message_id"])
    await sokha.block()
    number = sent["message_id"]
    assert (
        await sokha.transcript()
        == f"""\
Sokha says /start s-abc
Bot, message {number}:
    Hello,

    Go on?
    [✅ Go] [✖ Leave]
Sokha taps [✅ Go]
Bot answers Sokha:
    well
Bot, message {number}, rewritten:
    After
Sokha taps [✖ Leave]
Sokha says សួស្តី
Sokha sends a photo
Bot takes message {number} away
Sokha blocks the bot
"""
    )


async def test_a_groups_transcript_has_what_one_person_saw(api, people, sokha):
    """Another member's toast is not among it."""
    dara = await people.add("Dara")
    group = await people.group("ឃុំ", [sokha, dara])
    await group.act("add_bot")
    await api("sendMessage", chat_id=group.id, text="Digest", reply_markup=KEYBOARD)
    tap = await dara.tap("✅", chat=group.id)
    await api("answerCallbackQuery", callback_query_id=tap.query, text="for Dara")
    mine, hers = await sokha.transcript(chat=group.id), await dara.transcript(chat=group.id)
    assert mine.splitlines()[0] == "(new chat members, by Sokha)"
    assert ("for Dara" in mine, "for Dara" in hers) == (False, True)
