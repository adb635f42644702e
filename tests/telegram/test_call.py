"""Calls by either library: what goes out, what comes back, and each fault as what it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from house import TOKEN

from bot.telegram.by_aiogram import call_by_aiogram, client
from bot.telegram.by_ptb import application, call_by_ptb
from bot.telegram.call import (
    Call,
    File,
    ForbiddenError,
    GoneError,
    MigratedError,
    NetworkError,
    NotModifiedError,
    RefusedError,
    RetryAfterError,
    RevokedError,
    Step,
    TopicGoneError,
    carry_out,
    fault_of,
)
from sandbox.pictures import picture

HELLO = {"text": "<b>សួស្តី</b>", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
KEYBOARD = {"reply_markup": {"inline_keyboard": [[{"text": "✅", "callback_data": "e:hello", "style": "success"}]]}}


@asynccontextmanager
async def aiogram(url) -> AsyncIterator[Call]:
    bot = client(TOKEN, url)
    try:
        yield call_by_aiogram(bot)
    finally:
        await bot.session.close()


@asynccontextmanager
async def ptb(url) -> AsyncIterator[Call]:
    async with application(TOKEN, url) as app:
        yield call_by_ptb(app.bot)


@pytest.fixture(params=[aiogram, ptb], ids=lambda library: library.__name__)
async def call(request, telegram) -> AsyncIterator[Call]:
    """Calls by one library, then by the other."""
    async with request.param(telegram.url) as call:
        await call("getMe", {})
        yield call


async def arrived(people):
    """Somebody whom the bot may write to."""
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    return sokha


async def test_results_are_plain(call, people):
    """A message is sent, rewritten and removed; what comes back is what Telegram says."""
    sokha = await arrived(people)
    sent = await call("sendMessage", {"chat_id": sokha.id, "protect_content": True} | HELLO | KEYBOARD)
    place = {"chat_id": sokha.id, "message_id": sent["message_id"]}
    screen = await sokha.screen()
    assert (screen.text, screen.protected, screen.buttons[0].style) == ("សួស្តី", True, "success")
    edited = await call("editMessageText", place | HELLO | {"text": "again"})
    assert (edited["message_id"], edited["text"]) == (sent["message_id"], "again")
    assert await call("deleteMessage", place) is True


async def test_updates_come_as_they_are(call, people):
    """Updates are given as Telegram has them."""
    await arrived(people)
    (update,) = await call("getUpdates", {"timeout": 0, "allowed_updates": ("message",)})
    assert (update["message"]["text"], update["message"]["from"]["first_name"]) == ("/start", "Sokha")


async def test_pictures_and_documents(telegram, people):
    """Files are uploaded, in a message of their own and in the place of another; a file id does as well."""
    async with ptb(telegram.url) as call:
        sokha = await arrived(people)
        files = [File(f"{name}.png", picture(9, 9, (name, 0, 0), "").data) for name in (1, 2)]
        sent = await call(
            "sendPhoto", {"chat_id": sokha.id, "photo": files[0], "caption": "<b>one</b>", "parse_mode": "HTML"}
        )
        media = {"type": "photo", "media": files[1], "caption": "<b>two</b>", "parse_mode": "HTML"}
        place = {"chat_id": sokha.id, "message_id": sent["message_id"]}
        await call("editMessageMedia", place | {"media": media} | KEYBOARD)
        screen = await sokha.screen()
        assert (screen.text, await people.file(screen), len(screen.buttons)) == ("two", files[1].data, 1)
        again = {"type": "photo", "media": sent["photo"][-1]["file_id"]}
        await call("editMessageMedia", place | {"media": again})
        assert await people.file(await sokha.screen()) == files[0].data
        await call("sendDocument", {"chat_id": sokha.id, "document": File("a.pdf", b"%PDF"), "caption": "three"})
        document = (await sokha.phone()).messages[-1]
        assert (document.raw["file"]["name"], await people.file(document)) == ("a.pdf", b"%PDF")


async def test_each_fault_is_told_apart(call, people):
    """A person who blocked the bot, a group that has grown, and a message that is as it was, or gone, or nobody's."""
    sokha = await arrived(people)
    sent = await call("sendMessage", {"chat_id": sokha.id} | HELLO)
    place = {"chat_id": sokha.id, "message_id": sent["message_id"]}
    with pytest.raises(NotModifiedError):
        await call("editMessageText", place | HELLO)
    await call("deleteMessage", place)
    for method, more in (("editMessageText", HELLO), ("deleteMessage", {})):
        with pytest.raises(GoneError):
            await call(method, place | more)
    with pytest.raises(RefusedError) as refused:
        await call("sendMessage", {"chat_id": 5} | HELLO)
    assert (refused.value.code, refused.value.is_about("chat not found")) == (400, True)
    group = await people.group("ឃុំ", [sokha])
    await group.act("add_bot")
    small = group.id
    await group.act("migrate")
    with pytest.raises(MigratedError) as moved:
        await call("sendMessage", {"chat_id": small} | HELLO)
    assert moved.value.to == group.id
    await sokha.block()
    with pytest.raises(ForbiddenError):
        await call("sendMessage", {"chat_id": sokha.id} | HELLO)


async def test_pauses_and_bad_lines(call, people):
    """A pause that is asked for says how long; where nobody knows what became of a call, it is the line's fault."""
    sokha = await arrived(people)
    await people.fault("too_many", methods=["sendMessage"], times=1, seconds=7)
    with pytest.raises(RetryAfterError) as pause:
        await call("sendMessage", {"chat_id": sokha.id} | HELLO)
    assert pause.value.seconds == 7
    for kind in ("server_error", "lost_request", "lost_reply", "reset"):
        await people.fault(kind, methods=["sendMessage"], times=1)
        with pytest.raises(NetworkError):
            await call("sendMessage", {"chat_id": sokha.id} | HELLO)


@pytest.mark.fault("an answer in HTML", holds="it is a bad line, whatever its status")
@pytest.mark.parametrize("status", [200, 401, 403, 404, 502])
async def test_an_answer_in_html(call, people, monkeypatch, status):
    """What stands between the bot and Telegram, and answers in its place, is neither a result nor a refusal."""
    sokha = await arrived(people)
    page = web.Response(text="<html>Please log in</html>", content_type="text/html", status=status)
    monkeypatch.setattr("sandbox.api._refusal", lambda _: page)
    await people.fault("server_error", methods=["sendMessage"], times=1)
    with pytest.raises(NetworkError):
        await call("sendMessage", {"chat_id": sokha.id} | HELLO)


@pytest.mark.fault("two processes", holds="another program that asks for the bot's updates is named")
async def test_another_poll(call, telegram):
    """Where another program asks for the bot's updates, that is no bad line."""
    telegram.world.bots[int(TOKEN.partition(":")[0])].updates.hook = object()
    with pytest.raises(RefusedError) as refused:
        await call("getUpdates", {"timeout": 0})
    assert refused.value.code == 409


@pytest.mark.fault("a revoked token", holds="a bot that runs already hears of it as one that begins does")
async def test_a_token_is_revoked_while_the_bot_runs(call, people):
    """Whichever library calls, and though it has called before, it is told that its token is not taken any more."""
    await call("getMe", {})
    await people.fault("revoked")
    with pytest.raises(RevokedError):
        await call("deleteMessage", {"chat_id": 5, "message_id": 1})


async def test_a_method_that_is_not_there(call):
    """A server that lacks a method refuses it; that says nothing of the token."""
    with pytest.raises(RefusedError) as refused:
        await call("nothingOfTheKind", {})
    assert refused.value.code == 404


@pytest.mark.parametrize(
    ("code", "description", "parameters", "expected"),
    [
        (429, "Too Many Requests: retry after 3", {"retry_after": 3}, RetryAfterError),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009}, MigratedError),
        (400, "Bad Request: message is not modified: …", {}, NotModifiedError),
        (400, "Bad Request: message can't be edited", {}, GoneError),
        (400, "Bad Request: MESSAGE_ID_INVALID", {}, GoneError),
        (400, "Bad Request: TOPIC_CLOSED", {}, RefusedError),
        (400, "Bad Request: message thread not found", {}, TopicGoneError),
        (401, "Unauthorized", {}, RevokedError),
        (403, "Forbidden: bot was kicked", {}, ForbiddenError),
        (502, "Bad Gateway", {}, NetworkError),
        (400, "", {"retry_after": "soon"}, RefusedError),
    ],
)
def test_refusals_are_read(code, description, parameters, expected):
    """Telegram's number and words say which fault it is."""
    assert type(fault_of(code, description, parameters)) is expected


@pytest.mark.parametrize("fault", [GoneError(), RefusedError(400, "there is no text in the message to edit")])
async def test_the_call_in_its_place(fault):
    """Where a message can't be rewritten the call in its place is made; what has none fails."""
    called = []

    async def call(method, params):
        called.append(method)
        if method == "editMessageText":
            raise fault
        return params

    new = Step("sendMessage", {"text": "new"})
    assert await carry_out(call, Step("editMessageText", {}, instead=new)) == (new, {"text": "new"})
    assert called == ["editMessageText", "sendMessage"]
    with pytest.raises(type(fault)):
        await carry_out(call, Step("editMessageText", {}))
