"""How the bot ends: when it is told to, when Telegram does not take its token, and in the middle of a hang."""

import asyncio
import sys

import pytest
from house import House
from test_wire_courier import ROOT
from village import account, at_work, citizen, forge, of_bot, rows, soon
from waiting import CEILING

from bot.open_store import open_store
from bot.settings import bot_id
from bot.telegram import receptionist
from conversations.chat import Screen
from storage.outbox import remove

FOREVER = CEILING * 10


@pytest.mark.fault("a hang", holds="the bot ends at once when it is told to")
async def test_it_ends_while_telegram_hangs(telegram, people, house):
    """Neither a poll, nor a screen, nor a post that nobody answers is waited for."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    await people.fault("delay", methods=["sendMessage", "sendDocument"], seconds=FOREVER)
    await forge(telegram, dara, "e:pack:1")
    await (await citizen(people)).say("/start")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE claimed_until IS NOT NULL"))
    await people.fault("delay", methods=["getUpdates"], seconds=FOREVER)
    await dara.say("/sessions")
    await asyncio.wait_for(house.stop(), CEILING)


@pytest.mark.fault("a hang", holds="a poll is given up for another one")
async def test_a_poll_that_hangs(telegram, people, tmp_path, clock, monkeypatch):
    """It is given up for another one: who wrote meanwhile is served, long before the hang is over."""
    monkeypatch.setattr(receptionist, "POLL_SECONDS", 1)
    monkeypatch.setattr(receptionist, "LATE_SECONDS", 1)
    async with House(telegram.url, tmp_path, clock=clock) as house:
        await at_work(telegram, house)
        hung = await people.fault("delay", methods=["getUpdates"], seconds=FOREVER, times=2)
        await soon(lambda: all(fault.id != hung for fault in telegram.world.faults))
        rithy = await citizen(people)
        await rithy.say("/start")
        assert await soon(lambda: of_bot(rithy))


@pytest.mark.fault("a revoked token", holds="each role ends with one line, whichever hears of it first")
@pytest.mark.parametrize("role", ["all", "receptionist", "courier"])
async def test_a_token_that_is_revoked(telegram, people, tmp_path, clock, role):
    """One line says what, why and what to do; exit 1, whichever half hears of it first."""
    house = House(telegram.url, tmp_path, clock=clock)
    bot = bot_id(house.settings)
    environment = {
        "SAMLENG_BOT_TOKEN": house.settings.bot_token.get_secret_value(),
        "SAMLENG_DATABASE_URL": house.settings.database_url,
        "SAMLENG_KEYS": str(house.settings.keys),
        "SAMLENG_API_URL": telegram.url,
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
    }
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "run", "--role", role),
        cwd=tmp_path,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    written = asyncio.ensure_future(running.stderr.read())
    if role == "courier":
        await soon(lambda: account(telegram, house) and house.settings.keys.exists())
    else:
        await soon(lambda: (there := account(telegram, house)) and there.updates._poll is not None)
    await people.fault("revoked")
    store = await open_store(house.settings)
    await store.run(remove, bot, Screen(5, 1))
    store.close()
    await (await citizen(people)).say("/start")
    assert await asyncio.wait_for(running.wait(), CEILING) == 1
    *_, last = (await written).decode().splitlines()
    assert last.startswith("samleng: SAMLENG_BOT_TOKEN: Telegram does")
    assert "@BotFather" in last
