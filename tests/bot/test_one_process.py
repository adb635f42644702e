"""A second process of one bot waits, says who is there, and ends."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from waiting import soon

from bot import one_process
from bot.one_process import alone
from bot.open_store import open_store
from bot.settings import Settings, bot_id
from bot.trouble import Trouble
from storage.hold import Hold
from storage.store import Store


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = await open_store(settings)
    yield store
    store.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    token = "4242:" + "a" * 35
    return Settings(bot_token=token, database_url=f"sqlite:///{tmp_path / 'db'}", keys=tmp_path / "keys")


@pytest.mark.fault("two processes", holds="the second says who is there, and ends")
async def test_the_second_ends_with_a_line(settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first does not go in time; the two roles may be two processes."""
    monkeypatch.setattr(one_process, "PATIENCE_SECONDS", 0.0)
    async with alone(settings, store, "courier", asyncio.Event()) as first:
        assert first
        async with alone(settings, store, "receptionist", asyncio.Event()) as other:
            assert other
        with pytest.raises(Trouble, match=r"^courier: another process works for this bot .* \(process \d+\)\. Stop it"):
            async with alone(settings, store, "all", asyncio.Event()):
                raise AssertionError("it is not alone")


@pytest.mark.fault("two processes", holds="the second begins when the first has ended")
async def test_the_second_follows_the_first(settings: Settings, store: Store) -> None:
    """Who waits begins when the first has ended, and says meanwhile why nothing happens; told to stop, it ends."""
    stop = asyncio.Event()

    async def second(stop: asyncio.Event) -> bool:
        async with alone(settings, store, "all", stop) as there:
            return there

    with capture_logs() as logs:
        async with alone(settings, store, "all", stop):
            waiting, stopped = asyncio.create_task(second(stop)), asyncio.Event()
            await soon(lambda: [entry for entry in logs if "waiting until it ends" in entry["event"]])
            leaving = asyncio.create_task(second(stopped))
            stopped.set()
            assert not await leaving
            assert not waiting.done()
        assert await waiting


@pytest.mark.fault("a lost database connection", holds="a process that lost its hold stops")
async def test_who_is_let_go_stops(settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's server is gone, or has been started again: another may have begun."""
    lost, stop = Hold(lambda: False, lambda: None), asyncio.Event()
    monkeypatch.setattr(store, "hold", lambda bot, _: (lost, "") if bot == bot_id(settings) else (None, "nobody"))

    async def works() -> None:
        async with alone(settings, store, "all", stop) as there:
            assert there
            await stop.wait()

    with pytest.raises(Trouble, match="let go of this process"):
        await works()
