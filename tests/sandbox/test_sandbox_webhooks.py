"""Webhooks: updates brought to the bot, again until it takes them, and a method in its answer carried out."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiogram
import pytest
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from aiohttp.test_utils import TestServer
from waiting import soon

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Hooked:
    """A bot's own server: what it was sent, and what it answers, in turn."""

    server: TestServer
    heard: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether it answers; where it does not, it has the updates and keeps them waiting."""
    busy: int = 0
    most: int = 0

    @property
    def url(self) -> str:
        return str(self.server.make_url("/hook"))

    async def handle(self, request: web.Request) -> web.Response:
        self.headers.append(request.headers)
        update = await request.json()
        self.busy += 1
        self.most = max(self.most, self.busy)
        await self.open.wait()
        self.busy -= 1
        answer = self.answers.pop(0) if self.answers else web.Response()
        self.heard.append(update)
        return answer

    async def hears(self, count: int) -> list[str]:
        """The texts of the first so many updates."""
        await soon(lambda: len(self.heard) >= count, missing=f"{count} updates did not come")
        return [update["message"]["text"] for update in self.heard]


@pytest.fixture
async def hooked() -> AsyncIterator[Hooked]:
    app = web.Application()
    hooked = Hooked(TestServer(app))
    hooked.open.set()
    app.router.add_post("/hook", hooked.handle)
    async with hooked.server:
        yield hooked


async def pending(api, count: int) -> bool:
    """Whether so many updates wait to be brought."""
    return bool((await api("getWebhookInfo"))["pending_update_count"] == count)


async def failed(api, why: str = "") -> dict[str, Any] | None:
    """What is told of the webhook, once it has failed for this reason."""
    info = await api("getWebhookInfo")
    return info if why in info.get("last_error_message", "\0") else None


async def test_updates_are_brought_with_the_secret(api, hooked, sokha):
    """In order, with the header; what was taken waits no more."""
    assert await api("setWebhook", url=hooked.url, secret_token="s-1_A", max_connections=2)
    await sokha.say("a")
    await sokha.say("b")
    assert await hooked.hears(2) == ["a", "b"]
    assert {headers[SECRET] for headers in hooked.headers} == {"s-1_A"}
    await soon(lambda: pending(api, 0))
    info = await api("getWebhookInfo")
    assert info == {
        "url": hooked.url, "has_custom_certificate": False, "pending_update_count": 0, "ip_address": "127.0.0.1",
        "max_connections": 2,
    }  # fmt: skip


async def test_what_was_not_taken_comes_again_after_growing_pauses(api, hooked, people, sokha):
    """After 1, 2, 4 seconds, with others of the chat behind it; the error is told; nothing is lost."""
    hooked.answers = [web.Response(status=500), web.Response(status=302, headers={"Location": "/x"})]
    await api("setWebhook", url=hooked.url)
    await sokha.say("a")
    await sokha.say("b")
    assert await hooked.hears(1) == ["a"]
    info = await soon(lambda: failed(api))
    assert (info["pending_update_count"], info["last_error_date"]) == (2, 1_800_000_000)
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    await people.ahead(1.01)
    assert await hooked.hears(2) == ["a", "a"]
    await soon(lambda: failed(api, "302"))
    await people.ahead(1.01)
    assert await hooked.hears(2) == ["a", "a"]
    await people.ahead(1.01)
    assert await hooked.hears(4) == ["a", "a", "a", "b"]


async def test_one_chats_updates_come_in_order_and_chats_side_by_side(api, hooked, people):
    """One after another for a person, several persons at once, never more than asked for."""
    hooked.open.clear()
    await api("setWebhook", url=hooked.url, max_connections=2)
    persons = await people.add_many(3)
    for text in "abc":
        for person in persons:
            await person.say(text)
    await soon(lambda: hooked.busy == 2)
    hooked.open.set()
    await hooked.hears(9)
    for person in persons:
        mine = [each["message"]["text"] for each in hooked.heard if each["message"]["from"]["id"] == person.id]
        assert mine == ["a", "b", "c"]
    assert hooked.most == 2


async def test_a_bot_that_is_down_gets_all_later(api, hooked, people, sokha):
    """Nobody listens there, or the line breaks: told in getWebhookInfo, and tried again."""
    url = hooked.url
    await hooked.server.close()
    await api("setWebhook", url=url)
    await sokha.say("a")
    await soon(lambda: failed(api, "Connection refused"))
    await people.ahead(24 * 3600 + 1)
    assert (await api("getWebhookInfo"))["pending_update_count"] == 0


@pytest.mark.parametrize("form", ["json", "multipart", "urlencoded"])
async def test_a_method_in_the_answer_is_carried_out(form, api, hooked, people, sokha):
    """In each form; a wrong one is only seen in the log of calls."""
    given = {"method": "sendMessage", "chat_id": str(sokha.id), "text": "ចម្លើយ"}
    await api("setWebhook", url=hooked.url)
    hooked.answers = [
        answer_of(form, given),
        answer_of(form, given | {"text": ""}),
        answer_of(form, {"method": "dance"}),
    ]
    for text in "abc":
        await sokha.say(text)
    await hooked.hears(3)
    await soon(lambda: pending(api, 0))
    assert (await sokha.screen()).text == "ចម្លើយ"
    calls = (await people.calls())["calls"]
    errors = [call["error"] for call in calls if call["method"] in {"sendMessage", "dance"}]
    assert errors == [None, "400 Bad Request: message text is empty", "404 Not Found"]


def answer_of(form: str, given: dict[str, str]) -> web.Response:
    if form == "json":
        return web.json_response(given)
    if form == "urlencoded":
        return web.Response(text=urlencode(given), content_type="application/x-www-form-urlencoded")
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in given.items()]
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    return web.Response(body=("".join(parts) + "--x--\r\n").encode(), headers=headers)


async def test_aiogram_answers_in_the_webhook(aiogram_bot, people):
    """Aiogram's own request handler, with the secret checked and the reply in its answer."""
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def echo(message):
        return message.answer(f"{message.text}!")

    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, aiogram_bot, handle_in_background=False, secret_token="s")
    handler.register(app, path="/hook")
    async with TestServer(app) as server:
        await aiogram_bot.set_webhook(str(server.make_url("/hook")), secret_token="s", allowed_updates=["message"])
        sokha = await people.add("Sokha")
        await sokha.say("ping")
        assert (await sokha.changed()).text == "ping!"
        assert (await aiogram_bot.get_webhook_info()).allowed_updates == ["message"]
        await aiogram_bot.delete_webhook()
    assert (await people.calls())["counts"]["sendMessage"] == 1


async def test_polls_and_webhook_exclude_each_other(api, hooked, sokha, polled):
    """A poll is refused while there is a webhook, one that waits ends; without it polls work, and keep what waited."""
    polling = asyncio.create_task(api("getUpdates", timeout=50))
    await polled()
    hooked.answers = [web.Response(status=503)]
    await api("setWebhook", url=hooked.url)
    assert await polling == "409 Conflict: terminated by setWebhook request"
    assert (await api("getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook is active")
    await sokha.say("a")
    await hooked.hears(1)
    assert await api("deleteWebhook")
    assert [update["message"]["text"] for update in await api("getUpdates")] == ["a"]
    await api("setWebhook", url=hooked.url, drop_pending_updates=True)
    await api("setWebhook", url="")
    assert await api("getUpdates") == []


async def test_faults_strike_webhooks_too(api, hooked, people, sokha):
    """An update comes twice; another is overtaken; one that was taken can be brought again."""
    await api("setWebhook", url=hooked.url)
    await people.fault("duplicate_update", times=1)
    await sokha.say("a")
    assert await hooked.hears(2) == ["a", "a"]
    await people.fault("late_update", times=1)
    await sokha.say("b")
    await sokha.say("c")
    assert await hooked.hears(4) == ["a", "a", "c", "b"]
    await soon(lambda: pending(api, 0))
    await people.redeliver()
    assert (await hooked.hears(5))[-1] in {"b", "c"}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"url": "https://example.org/hook"}, "501 Not Implemented: the sandbox does not have webhooks to other"),
        ({"url": "http://127.0.0.1.example.org/"}, "501 Not Implemented: the sandbox does not have webhooks to other"),
        ({"url": "http://127.0.0.1@example.org/"}, "501 Not Implemented: the sandbox does not have webhooks to other"),
        ({"url": "https://127.0.0.1/hook"}, "501 Not Implemented: the sandbox does not have webhooks with TLS"),
        ({"url": "http://[x"}, "400 Bad Request: bad webhook"),
        ({"url": "http://127.0.0.1:port/"}, "400 Bad Request: bad webhook"),
        ({"url": "http://127.0.0.1/", "secret_token": "a b"}, "400 Bad Request: secret token contains unallowed char"),
        ({"url": "http://127.0.0.1/", "allowed_updates": "x"}, "400 Bad Request: allowed_updates can't be parsed"),
        ({"url": "http://127.0.0.1/", "certificate": "x"}, "501 Not Implemented: the sandbox does not have"),
        ({}, "400 Bad Request: parameter 'url' is required"),
    ],
)  # fmt: skip
async def test_a_webhook_that_cannot_be_is_refused(given, refusal, api):
    """Nothing but this machine is ever called."""
    assert (await api("setWebhook", **given)).startswith(refusal)
