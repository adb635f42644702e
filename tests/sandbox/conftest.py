"""A running stand-in, its people, and both libraries on it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiogram
import httpx
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from conforming import result_conforms
from waiting import CEILING, soon

from sandbox import Sandbox
from sandbox.people import People

TOKEN = "123456:" + "A" * 35
JSON = {"content-type": "application/json"}
LINK = "https://t.me/samleng_demo_bot?start=s-abc"


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Api:
    """Calls of the Bot API as JSON, for what the libraries don't let through."""

    def __init__(self, client: httpx.AsyncClient, token: str = TOKEN) -> None:
        self._client = client
        self.token = token

    async def __call__(self, method: str, **given: Any) -> Any:
        """The result; an error as '400 Bad Request: …'."""
        answer = (await self._client.post(f"/bot{self.token}/{method}", content=json.dumps(given), headers=JSON)).json()
        if not answer["ok"]:
            return f"{answer['error_code']} {answer['description']}"
        assert result_conforms(answer["result"], method) == []
        return answer["result"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
async def http(sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False, verify=False) as client:
        yield client


@pytest.fixture
async def api(http) -> Api:
    """The bot @samleng_demo_bot, which has been seen."""
    api = Api(http)
    await api("getMe")
    return api


@pytest.fixture
def polled(api, sandbox) -> Callable[[], Awaitable[None]]:
    """Waits until the bot's poll waits."""
    updates = sandbox.world.bots[int(api.token.partition(":")[0])].updates

    async def waits() -> None:
        await soon(lambda: updates._poll is not None, missing="no poll came")

    return waits


@pytest.fixture
async def people(sandbox) -> AsyncIterator[People]:
    async with People(sandbox.url, patience=CEILING) as people:
        yield people


@pytest.fixture
async def sokha(api, people):
    """Has started the bot, which has read that."""
    sokha = await people.add("Sokha", language_code="km")
    await sokha.open(LINK)
    started = await api("getUpdates")
    await api("getUpdates", offset=started[-1]["update_id"] + 1)
    return sokha


@pytest.fixture
async def aiogram_bot(sandbox) -> AsyncIterator[aiogram.Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with aiogram.Bot(TOKEN, session=session) as bot:
        yield bot


@pytest.fixture
async def ptb_bot(sandbox) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(TOKEN, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot") as bot:
        yield bot
