from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from house import Clock, House, counted
from servers import Files
from village import SWEEPS, at_work

from bot import clocks
from bot.telegram import courier, receptionist
from sandbox import Sandbox
from storage.groups import bot_added


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the waiting is shorter than it is for real; and sweeps are counted, so that one can be waited for."""

    async def close(session: AiohttpSession) -> None:  # aiogram's own waits 0.25 s for TLS, which there is none of here
        if session._session is not None and not session._session.closed:
            await session._session.close()

    for sweep in SWEEPS:
        monkeypatch.setattr(courier, sweep, counted(getattr(courier, sweep)))
    monkeypatch.setattr(courier, "SWEPT_EVERY", timedelta(seconds=0.05))
    monkeypatch.setattr(clocks, "LOOKED_EVERY", 0.05)
    monkeypatch.setattr(receptionist, "PAUSE_SECONDS", 0.2)
    monkeypatch.setattr(bot_added, "GROWS_WITHIN", timedelta())
    monkeypatch.setattr(AiohttpSession, "close", close)


@pytest.fixture
async def house(telegram: Sandbox, tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """A bot that runs with both roles and has begun to receive."""
    async with House(telegram.url, tmp_path, database=Files().url(tmp_path), clock=clock) as house:
        await at_work(telegram, house)
        yield house
