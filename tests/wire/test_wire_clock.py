"""A clock that jumps: ours goes two days ahead, and Telegram's does not."""

from datetime import timedelta

import pytest
from house import House
from village import SWEEPS, arrive, at_work, citizen, go_on, rows, score, soon, still

from bot import clocks

TWO_DAYS = timedelta(days=2)


@pytest.fixture
async def doubted(telegram, tmp_path, monkeypatch):
    """A bot whose clock a test sets, without the stand-in's."""
    monkeypatch.setattr(clocks, "ASKED_AGAIN_AFTER", 0.05)
    async with House(telegram.url, tmp_path) as house:
        await at_work(telegram, house)
        yield house


async def sweeps(house):
    """Wait until everything was swept twice more: the second time it began later."""
    swept = house.sweeps.copy()
    await soon(lambda: all(house.sweeps[job] >= swept[job] + 2 for job in SWEEPS))


@pytest.mark.fault("a clock that is ahead", holds="nothing is closed, wiped or refused as late, and one line says why")
async def test_a_jump_closes_nothing(people, doubted, log):
    """While it lasts a session goes on, what is sent counts, and nobody's screen is wiped; one error line says why."""
    dara = await doubted.facilitator(people)
    link = await doubted.open_session(dara)
    started = await citizen(people)
    screen = await arrive(started, link)
    doubted.clock.ahead = timedelta(days=9)
    await soon(lambda: "clock and Telegram's disagree" in log.getvalue())
    await sweeps(doubted)
    await score(await citizen(people), link)
    await sweeps(doubted)
    assert rows(doubted, "SELECT state FROM session") == [("open",)]
    assert rows(doubted, "SELECT count(*) FROM ballot") == [(1,)]
    doubted.clock.ahead = timedelta()
    await soon(lambda: "the clocks agree again" in log.getvalue())
    await go_on(started, screen)
    assert rows(doubted, "SELECT count(*) FROM ballot") == [(2,)]
    assert log.getvalue().count("clock and Telegram's disagree") == 1


@pytest.mark.fault("a clock that is ahead", holds="what both clocks have passed is closed")
async def test_it_is_late_by_both(telegram, people, doubted, clock):
    """Once Telegram's clock has passed its time as well the session is closed."""
    await doubted.open_session(await doubted.facilitator(people))
    doubted.clock.ahead = timedelta(days=9)
    clock.ahead = timedelta(days=8)
    await soon(lambda: rows(doubted, "SELECT state, sealed FROM session") == [("closed", 1)])
    clock.ahead = timedelta(days=9)
    await still(telegram, doubted)


async def test_asked_posts_come_while_the_clock_is_doubted(people, doubted):
    """What somebody asks for is on its way at once, whatever our clock says."""
    doubted.clock.ahead = TWO_DAYS
    await doubted.open_session(await doubted.facilitator(people))  # its pack comes as a post
