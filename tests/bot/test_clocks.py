"""Which of two clocks is believed."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.clocks import APART, TelegramClock
from bot.settings import Settings

HOUR = timedelta(hours=1)


@pytest.fixture
def theirs(telegram):
    """Telegram's clock, on one of seconds that a test sets."""
    return _clock(telegram.url)


def _clock(url):
    elapsed = [0.0]
    clock = TelegramClock(Settings(bot_token=SecretStr("1:" + "a" * 35), api_url=url), lambda: elapsed[0])
    clock.passed = elapsed
    return clock


async def test_nothing_is_sure_before_it_was_heard(theirs, clock):
    """Then no time has passed; once it was heard ours counts, for it agrees."""
    now = clock()
    assert theirs.sure(now) < now - timedelta(days=3650)
    assert theirs.apart(now) == timedelta()
    await theirs.ask()
    assert theirs.sure(now) == now


@pytest.mark.fault("a clock that goes back", "a clock that is ahead", holds="the earlier of two clocks counts")
@pytest.mark.parametrize("seconds", [-3 * 86400, -62, -58, 0, 58, 62, 3 * 86400])
async def test_the_earlier_counts(theirs, clock, seconds):
    """Where they are more than a minute apart, whichever is ahead."""
    heard = clock().replace(microsecond=0)
    await theirs.ask()
    ours = heard + timedelta(seconds=seconds)
    agree = abs(timedelta(seconds=seconds)) < APART
    assert abs(theirs.sure(ours) - (ours if agree else min(ours, heard))) <= timedelta(seconds=1)
    assert bool(theirs.apart(ours)) is not agree


async def test_time_passes(theirs, clock):
    """What Telegram said an hour ago is an hour old: no answer is needed to see a jump."""
    before = clock()
    await theirs.ask()
    theirs.passed[0] = 3600.0
    assert theirs.apart(before + HOUR) == timedelta()
    assert theirs.sure(before + HOUR) == before + HOUR
    assert theirs.apart(before + 3 * HOUR) > HOUR


@pytest.mark.fault("an outage", holds="what Telegram said last goes on counting")
async def test_a_server_out_of_reach(theirs, telegram, clock):
    """What was heard stays; where nothing was, nothing is sure."""
    await theirs.ask()
    await telegram.stop()
    await theirs.ask()
    assert theirs.sure(clock()) > clock() - HOUR
    never = _clock(telegram.url)
    await never.ask()
    assert never.sure(clock()) < clock() - HOUR


@pytest.mark.parametrize("said", [None, "yesterday", ""])
async def test_a_server_that_says_no_time(theirs, monkeypatch, said):
    """Then ours alone counts: nobody can say that it is wrong."""
    monkeypatch.setattr("sandbox.server.formatdate", lambda *_, **__: said or "")
    await theirs.ask()
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert theirs.sure(now) == now
