"""However updates pile up, one question alone stands on the phone."""

import pytest
from village import arrive, citizen, of_bot, still, tell
from waiting import CEILING


@pytest.mark.fault("a doubled update", holds="one question stays on the phone")
async def test_old_taps_in_one_batch_leave_one_question(telegram, people, house):
    """Several old taps brought again at once, on a message that is gone, leave one question on the phone."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    screen = await arrive(rithy, link)
    taps = [(await rithy.tap(screen.rows[0][-1], message=screen.id, wait=CEILING)).update]
    await still(telegram, house)
    taps.append((await rithy.tap((await rithy.screen()).rows[0][-1], wait=CEILING)).update)
    await tell(rithy, "hello there")
    await still(telegram, house)
    for update in (*taps, *taps):
        await people.redeliver(update)
    await still(telegram, house)
    assert len([m for m in await of_bot(rithy) if m.rows]) == 1
