"""What the stand-in refuses, and in which words."""

import json

import pytest

KEYBOARD = {"inline_keyboard": [[{"text": "✅ Go", "callback_data": "go"}]]}
NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(**button):
    return {"inline_keyboard": [[{"text": "x"} | button]]}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"chat_id": None, "text": "x"}, "chat_id is empty"),
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": 1.5, "text": "x"}, "chat_id must be an Integer or a String"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"text": None}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": 5}, "text must be a String"),
        ({"text": "\ud800"}, "text must be encoded in UTF-8"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "parse_mode": "BB"}, "unsupported parse_mode"),
        ({"text": "x", "colour": "red"}, "sendMessage has no parameter 'colour'"),
        ({"text": "x", "protect_content": "maybe"}, "protect_content must be a Boolean"),
        ({"text": "x", "reply_markup": "{"}, "reply_markup can't be parsed: it is no JSON"),
        ({"text": "x", "reply_markup": {"keys": []}}, "reply_markup must be one of InlineKeyboardMarkup, ReplyKey"),
        ({"text": "x", "reply_markup": keyboard()}, "can't parse inline keyboard button: text buttons are unallowed"),
        ({"text": "x", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(callback_data="ក" * 22)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(callback_data=5)}, "reply_markup.inline_keyboard[0][0].callback_data"),
        ({"text": "x", "reply_markup": keyboard(data="x")}, "reply_markup.inline_keyboard[0][0] has a field that"),
        ({"text": "x", "reply_markup": keyboard(callback_data="x", url="https://x")}, "can't parse inline keyboard"),
        ({"text": "x", "reply_markup": keyboard(callback_data="x", style="gold")}, "can't parse inline keyboard"),
        ({"text": "x", "reply_markup": keyboard(url="ftp://x")}, "inline keyboard button URL 'ftp://x' is invalid"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"url": "https://x"}]]}}, "reply_markup.inline_keyb"),
        ({"text": "x", "link_preview_options": {"is_disabled": "yes"}}, "link_preview_options.is_disabled must be"),
        ({"text": "x", "entities": [{"type": "bold", "offset": 0}]}, "entities[0] lacks the field 'length'"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)  # fmt: skip
async def test_a_message_that_does_not_fit_is_refused(given, refusal, api, sokha):
    """Each thing wrong with a message has its sentence, with the place where it is wrong."""
    answer = await api("sendMessage", **{"chat_id": sokha.id} | given)
    assert answer.startswith(f"400 Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("what", "given", "refusal"),
    [
        ("sendDice", {"chat_id": 1}, "501 Not Implemented: the sandbox does not have sendDice"),
        ("sendNothing", {}, "404 Not Found"),
        ("a/b", {}, "404 Not Found"),
        (
            "editMessageText",
            {"inline_message_id": "x"},
            "501 Not Implemented: the sandbox does not have editMessageText's inline_message_id",
        ),
        (
            "sendMessage",
            {"chat_id": 700000001, "text": "x", "reply_markup": {"force_reply": True}},
            "501 Not Implemented: the sandbox does not have keyboards other than inline ones",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "*x*", "ephemeral_message_parameters": {"receiver_user_id": 1}},
            "501 Not Implemented: the sandbox does not have sendMessage's ephemeral_message_parameters",
        ),
    ],
)
@pytest.mark.usefixtures("sokha")
async def test_what_the_sandbox_lacks_is_refused_in_one_way(what, given, refusal, api):
    """A method or parameter of Telegram's that is not here is 501, one that nobody has is 404."""
    assert await api(what, **given) == refusal


async def test_a_token_must_look_like_one(http):
    """Whatever looks like a token is a bot; anything else is unauthorized, as with Telegram."""
    good = await http.get(f"/bot77:{'b' * 35}/getme")
    bad = await http.get("/botsecret/getMe")
    assert (good.status_code, good.json()["result"]["id"]) == (200, 77)
    assert (bad.status_code, bad.json()["description"]) == (401, "Unauthorized")


async def test_parameters_come_in_every_way_that_telegram_takes(http, sokha):
    """Query string, form, multipart and JSON give the same message."""
    url = f"/bot123456:{'A' * 35}/sendMessage"
    plain = {"chat_id": str(sokha.id), "text": "សំឡេង & <b>+</b>", "parse_mode": "html", "protect_content": "true"}
    form = plain | {"reply_markup": json.dumps(KEYBOARD)}
    answers = [
        await http.get(url, params=form),
        await http.post(url, data=form),
        await http.post(url, files={name: (None, value) for name, value in form.items()}),
        await http.post(url, json=plain | {"reply_markup": KEYBOARD, "protect_content": True}),
    ]
    results = [answer.json()["result"] for answer in answers]
    for result in results:
        assert result["text"] == "សំឡេង & +"
        assert result["reply_markup"] == KEYBOARD
        assert result["has_protected_content"]
    assert [result["message_id"] for result in results] == sorted({r["message_id"] for r in results})
    assert (await http.post(url, content=b"[1", headers={"content-type": "application/json"})).status_code == 400


async def test_edits_keep_telegrams_rules(api, sokha):
    """Only the bot's own message that differs is edited; without reply_markup the keyboard goes."""
    sent = await api("sendMessage", chat_id=sokha.id, text="one", reply_markup=KEYBOARD)
    there = {"chat_id": sokha.id, "message_id": sent["message_id"]}
    assert await api("editMessageText", **there, text=" one", reply_markup=KEYBOARD) == NOT_MODIFIED
    assert await api("editMessageReplyMarkup", **there, reply_markup=KEYBOARD) == NOT_MODIFIED
    edited = await api("editMessageText", **there, text="two")
    assert (edited["text"], "reply_markup" in edited, edited["edit_date"]) == ("two", False, 1_800_000_000)
    written = await sokha.say("mine")
    assert await api("editMessageText", chat_id=sokha.id, message_id=999, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    assert await api("editMessageText", chat_id=sokha.id, message_id=written, text="x") == (
        "400 Bad Request: message can't be edited"
    )
    assert await api("editMessageText", **there) == "400 Bad Request: message text is empty"


async def test_messages_are_deleted_for_two_days(api, sokha, clock):
    """In a private chat the bot deletes what anybody wrote, until it is 48 hours old."""
    first, second, third = [await sokha.say(text) for text in ("a", "b", "c")]
    assert await api("deleteMessage", chat_id=sokha.id, message_id=first)
    assert await api("deleteMessage", chat_id=sokha.id, message_id=first) == (
        "400 Bad Request: message to delete not found"
    )
    assert await api("deleteMessages", chat_id=sokha.id, message_ids=[first, second])
    clock.now += 48 * 3600
    assert await api("deleteMessage", chat_id=sokha.id, message_id=third) == (
        "400 Bad Request: message can't be deleted"
    )
    assert [message.text for message in (await sokha.phone()).messages] == ["/start s-abc", "c"]


async def test_a_tap_is_answered_once_and_soon(api, sokha, clock):
    """The answer shows on the phone; a second one, a late one and a long one are refused."""
    await api("sendMessage", chat_id=sokha.id, text="x", reply_markup=KEYBOARD)
    tap = await sokha.tap("✅")
    assert await api("answerCallbackQuery", callback_query_id=tap.query, text="x" * 201) == (
        "400 Bad Request: MESSAGE_TOO_LONG"
    )
    assert await api("answerCallbackQuery", callback_query_id=tap.query, text="yes", show_alert=True)
    assert await api("answerCallbackQuery", callback_query_id=tap.query) == TOO_OLD
    assert [(toast.text, toast.alert) for toast in (await sokha.phone()).toasts] == [("yes", True)]
    late = await sokha.tap("✅")
    clock.now += 16
    assert await api("answerCallbackQuery", callback_query_id=late.query) == TOO_OLD


async def test_who_did_not_start_or_has_blocked_cannot_be_written_to(api, people, sokha):
    """A bot can't begin with a person, nor write to one who blocked it; opening the link lets it write again."""
    stranger = await people.add("Stranger")
    assert await api("sendMessage", chat_id=stranger.id, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    await sokha.block()
    assert await api("sendMessage", chat_id=sokha.id, text="x") == "403 Forbidden: bot was blocked by the user"
    await sokha.open("t.me/samleng_demo_bot?start=again")
    assert (await api("sendMessage", chat_id=sokha.id, text="x"))["text"] == "x"
    updates = await api("getUpdates")
    assert [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u] == [
        "kicked",
        "member",
    ]


async def test_commands_are_kept_by_scope_and_language(api, sokha):
    """Each scope and language has a list of its own, and a list that breaks Telegram's rules is refused."""
    scope = {"type": "chat", "chat_id": sokha.id}
    await api("setMyCommands", commands=[{"command": "help", "description": "ជំនួយ"}], language_code="km")
    await api("setMyCommands", commands=[{"command": "open", "description": "Open"}], scope=scope)
    assert (await api("getMyCommands", language_code="km"))[0]["description"] == "ជំនួយ"
    assert await api("getMyCommands") == []
    assert (await api("getMyCommands", scope=scope))[0]["command"] == "open"
    for commands, refusal in [
        ([{"command": "Help", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help"}], "commands[0] lacks the field 'description' of BotCommand"),
    ]:
        assert await api("setMyCommands", commands=commands) == f"400 Bad Request: {refusal}"
    answer = await api("getMyCommands", scope={"type": "village"})
    assert answer.startswith("400 Bad Request: scope must be a BotCommandScope object")
