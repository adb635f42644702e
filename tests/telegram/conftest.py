from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from on_paper import Line
from sweeping import DARA, GROUP
from transcripts.chance import Chance
from transcripts.town import Town, found
from waiting import CEILING

from bot.telegram import screens
from scorecard.ballot import Groups


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on its way is waited for, however long that takes on a busy machine."""
    monkeypatch.setattr(screens, "FINISH_SECONDS", CEILING)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A bot whose calls go to chats on paper."""
    town = Town(await found(tmp_path), "en", Chance())
    yield town
    town.close()


@pytest.fixture
async def line(town: Town) -> Line:
    """The line to chats on paper, in which a session was closed a day ago: its digest waits for the group."""
    await town.give_role(DARA, ["Norea"])
    await town.link_group(GROUP, "Norea")
    await town.open_session(DARA, "Norea", ["office", "health centre"])
    await town.crowd([(person, 1) for person in range(5001, 5010)], [4, 4, 5, 3, 2, 1], None, Groups())
    town.now += timedelta(days=2)
    await town.deliver()
    town.now += timedelta(days=1)
    town.chats.happened()
    line = Line(town.chats)
    town.chats.call = line
    return line
