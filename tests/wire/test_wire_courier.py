"""The courier and the receptionist when Telegram is out of reach, when the bot was away, and as two processes."""

import asyncio
import signal
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from forked import Command
from house import COMMUNE, TOKEN, House
from posting import scored
from village import (
    account,
    arrive,
    at_work,
    citizen,
    close,
    digest_in,
    digests,
    due,
    forge,
    go_on,
    of_bot,
    pass_on,
    rows,
    score,
    shows,
    soon,
    still,
)
from waiting import CEILING

from bot.office.invite import invite_somebody
from bot.telegram.courier import RESTS_FOR


@pytest.mark.fault("an outage", holds="what was due comes afterwards, in order and once")
async def test_telegram_out_of_reach_for_the_digest(telegram, people, house):
    """What was due while Telegram could not be reached comes when it can, in order and once."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await score(rithy, link, stop=4)
    await telegram.stop()
    house.clock.ahead = timedelta(hours=26)
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE attempts > 0"))
    await soon(lambda: rows(house, "SELECT state, sealed FROM session") == [("closed", 1)])
    await telegram.start()
    house.clock.ahead = timedelta(hours=54)
    await digest_in(dara, group)
    await shows(dara, "ការដាក់ពិន្ទុបានបិទហើយ។")
    await shows(rithy, "ត្រូវបានលុប")
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1
    assert len([m for m in await of_bot(dara) if "ការដាក់ពិន្ទុបានបិទហើយ។" in m.text]) == 1
    assert due(house) == 0


@pytest.mark.fault("a poison session", holds="the others are closed and sealed")
async def test_a_session_that_cannot_be_closed(people, house):
    """Where a session's closing fails, that is logged, and the others are closed and sealed all the same."""
    dara = await house.facilitator(people)
    for _ in range(2):
        link = await house.open_session(dara)
        await score(await citizen(people), link)
    ((whole,),) = rows(house, "SELECT location FROM session WHERE id = 1")
    put = sa.text("UPDATE session SET location = :location WHERE id = 1")
    await house.store.run(lambda unit: unit.db.execute(put, {"location": "{"}))
    house.clock.ahead = timedelta(days=8)
    await soon(lambda: rows(house, "SELECT state, sealed FROM session WHERE id = 2") == [("closed", 1)])
    assert rows(house, "SELECT state FROM session WHERE id = 1") == [("open",)]
    await house.store.run(lambda unit: unit.db.execute(put, {"location": whole}))
    house.clock.ahead += RESTS_FOR
    await soon(lambda: rows(house, "SELECT state, sealed FROM session WHERE id = 1") == [("closed", 1)])


@pytest.mark.fault("a hang", holds="no other chat waits")
async def test_no_chat_waits_for_another(telegram, people, house):
    """While a picture takes long on its way to a group, what a person asked for comes."""
    dara, (group,), link = await scored(people, house)
    await close(dara)
    await people.fault("delay", methods=["editMessageMedia"], seconds=CEILING)
    await dara.tap_through("✅")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE kind = 'digest' AND claimed_until IS NOT NULL"))
    packs = len([m for m in await of_bot(dara) if m.raw.get("document")])
    await forge(telegram, dara, f"e:data:{link.partition('=')[2]}:json")
    await soon(partial(_documents, dara, packs + 1))
    assert not await digests(dara, group)
    await telegram.stop()  # nobody waits for that picture


async def _documents(person, count):
    return len([m for m in await of_bot(person) if m.raw.get("document")]) == count


@pytest.mark.fault("an outage", holds="taps count once, and people go on where they were")
async def test_telegram_out_of_reach_while_scoring(telegram, people, house):
    """Taps that were on their way when Telegram went away count once; people go on where they were."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    crowd = [await citizen(people) for _ in range(4)]
    await asyncio.gather(*(score(person, link, stop=4) for person in crowd))
    for person in crowd:
        await person.tap((await person.screen()).rows[0][2])
    await telegram.stop()
    await telegram.start()
    await still(telegram, house)
    for person in crowd:
        screen = await person.screen()
        if "៤/៦" in screen.text:
            screen = await person.tap_through(screen.rows[0][2], message=screen.id)
        assert "៥/៦" in screen.text
        await go_on(person, screen)
    assert rows(house, "SELECT count(*) FROM ballot") == [(4,)]


@pytest.mark.fault("an outage", holds="what people did meanwhile is taken in, in their order")
async def test_what_happened_while_the_bot_was_away(telegram, people, house):
    """What people did while the bot did not run is taken in when it does, in their order."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    await house.stop()
    crowd = [await citizen(people) for _ in range(5)]
    for person in crowd:
        await person.open(link)
        await person.say("hello")
    await house.start()
    await at_work(telegram, house)
    await still(telegram, house)
    for person in crowd:
        await go_on(person, (await of_bot(person))[-1])
    await still(telegram, house)
    assert rows(house, "SELECT count(*) FROM ballot") == [(5,)]


async def test_one_question_on_the_phone(telegram, people, house):
    """Who writes again before the first answer has come has one question on the phone, not two."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await house.stop()
    await rithy.open(link)
    await rithy.say("hello")
    await house.start()
    await shows(rithy, "ស្ម័គ្រចិត្ត")
    await still(telegram, house)
    assert len([m for m in await of_bot(rithy) if m.rows]) == 1


@asynccontextmanager
async def process(house, role, *, cold):
    """A role of the bot as an operator runs it; afterwards it ended as asked, and its log."""
    running = Command(house.settings, house.folder, role, cold=cold)
    await running.start()
    log = []
    try:
        yield log
    finally:
        running.tell(signal.SIGTERM)
        code, written = await running.ended()
        log.append(written)
        assert code == 0, written


@pytest.fixture(params=["sqlite", "postgresql"])
def idle(request, telegram, tmp_path, clock):
    """A bot that does not run, on either database."""
    server = request.getfixturevalue("server") if request.param == "postgresql" else None
    yield House(telegram.url, tmp_path, database=server.url(tmp_path) if server else "", clock=clock)
    if server is not None:
        server.drop()


@pytest.mark.fault("two processes", holds="receptionist and courier, apart, do what one process does")
async def test_two_processes(telegram, people, idle):
    """Receptionist and courier as two processes on one database do all that the one does."""
    house = idle
    link = await invite_somebody(house.settings, (COMMUNE,), None)
    cold = house.settings.database_url.startswith("sqlite")
    roles = [process(house, role, cold=cold) for role in ("receptionist", "courier")]
    async with roles[0] as log, roles[1]:
        await soon(lambda: (bot := account(telegram, house)) and bot.updates._poll is not None)
        dara = await people.add("Dara")
        await arrive(dara, link)
        await dara.tap_through("✅")
        group = await house.group(people, dara)
        await house.open_session(dara)
        link, _ = await pass_on(dara)
        done, midway = await citizen(people), await citizen(people)
        await asyncio.gather(score(done, link), score(midway, link, stop=5))
        await close(dara)
        await shows(midway, "ត្រូវបានលុប")
        await soon(lambda: not list(house.settings.keys.glob("*.key")))
        await dara.tap_through("✅")
        await digest_in(dara, group)
    assert len(await digests(dara, group)) == 1
    assert [secret for secret in (TOKEN[6:], str(done.id), link.partition("=")[2]) if secret in log[0]] == []
