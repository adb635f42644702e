"""A digest that has a day: nobody sees it before, its group sees it that morning, once, also over a new start."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from house import Clock
from posting import nine_score
from village import YES, arrive, citizen, close, digest_in, digests, pass_on, still, tell

from scorecard.session import PHNOM_PENH

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def until(house, day, at):
    """How long it is until a time of a day in Phnom Penh."""
    return datetime.combine(day, at, PHNOM_PENH) - house.clock()


@pytest.fixture
def clock():
    """A clock that stands at nine in the morning in Phnom Penh when a test begins."""
    now = datetime.now(UTC)
    morning = now.astimezone(PHNOM_PENH).replace(hour=9, minute=0, second=0, microsecond=0)
    clock = Clock()
    clock.ahead = morning - now
    return clock


async def opened_with_a_day(dara):
    """Open a session whose digest is for the third of the days that are offered; its link and that day."""
    screen = await tell(dara, "/open")
    screen = await dara.tap_through(screen.rows[0][0])
    screen = await dara.tap_through(YES)
    screen = await dara.tap_through(screen.rows[0][0])
    days = [button for button in screen.buttons if DAY.fullmatch(button.data.rpartition(":")[2])]
    await dara.tap_through(days[2])
    await dara.tap_through(YES)
    return (await pass_on(dara))[0], date.fromisoformat(days[2].data.rpartition(":")[2])


async def test_a_digest_comes_on_its_day(telegram, people, house):
    """At eight that morning, once, also where the bot was away then; until then neither link nor /summary shows it."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link, day = await opened_with_a_day(dara)
    await nine_score(house)
    await close(dara)
    house.clock.ahead += until(house, day, time(7, 55))
    await still(telegram, house)
    await dara.say("/summary", chat=group.id)
    assert "Ballots" not in (await arrive(await citizen(people), link)).text
    await still(telegram, house)
    assert not await digests(dara, group)
    await house.stop()
    house.clock.ahead += until(house, day, time(8, 1))
    await house.start()
    assert "People who scored: 9" in (await digest_in(dara, group)).text
    await house.stop()
    house.clock.ahead += timedelta(days=1)
    await house.start()
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


async def test_a_day_is_brought_forward(telegram, people, house):
    """Posted before its day it stands there at once, and does not come a second time on the day."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    _, day = await opened_with_a_day(dara)
    await nine_score(house)
    await close(dara)
    await dara.tap_through(YES)
    await digest_in(dara, group)
    house.clock.ahead += until(house, day, time(9))
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1
