"""How the bot ends: when it is told to, when Telegram does not take its token, and in the middle of a hang."""

import asyncio
import signal

import pytest
from forked import Command
from house import House
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


@pytest.mark.fault("a hang", holds="told to end, the bot ends at whatever it hangs, at its start too")
@pytest.mark.parametrize(
    ("role", "hangs", "told"),
    [
        ("all", {"methods": ["getMe"]}, signal.SIGTERM),
        # The second of two: the first is every role's.
        ("courier", {"methods": ["getMe"], "chance": 0.5, "seed": 15}, signal.SIGTERM),
        ("receptionist", {"methods": ["setMyCommands"]}, signal.SIGTERM),
        ("receptionist", {"methods": ["getUpdates"]}, signal.SIGINT),
    ],
    ids=["start", "courier", "commands", "updates"],
)
async def test_a_process_ends_while_it_hangs(telegram, people, tmp_path, role, hangs, told):
    """It goes by itself, without an error, long before Telegram's answer or its own patience is over."""
    await people.fault("delay", seconds=FOREVER, **hangs)
    (hang,) = telegram.world.faults
    running = Command(House(telegram.url, tmp_path).settings, tmp_path, role)
    await running.start()
    await soon(lambda: hang.struck)
    running.tell(told)
    code, written = await running.ended()
    first, *_, last = written.splitlines()
    assert (code, '"starting"' in first, '"stopped"' in last) == (0, True, True), written


@pytest.mark.fault("a hang", holds="a list of commands that is not taken keeps nobody waiting")
async def test_commands_that_hang(telegram, people, tmp_path):
    """People are served from the start on, though Telegram does not answer what commands there are."""
    await people.fault("delay", methods=["setMyCommands"], seconds=FOREVER)
    async with House(telegram.url, tmp_path) as house:
        rithy = await citizen(people)
        await soon(lambda: account(telegram, house))
        await rithy.say("/start")
        assert await soon(lambda: of_bot(rithy))


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
    running = Command(house.settings, tmp_path, role)
    await running.start()
    if role == "courier":
        await soon(lambda: account(telegram, house) and house.settings.keys.exists())
    else:
        await soon(lambda: (there := account(telegram, house)) and there.updates._poll is not None)
    await people.fault("revoked")
    store = await open_store(house.settings)
    await store.run(remove, bot, Screen(5, 1))
    store.close()
    await (await citizen(people)).say("/start")
    code, written = await running.ended()
    *_, last = written.splitlines()
    assert code == 1, written
    assert last.startswith("samleng: SAMLENG_BOT_TOKEN: Telegram does")
    assert "@BotFather" in last
