from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from transcripts.chance import Chance
from transcripts.town import Town, found
from waiting import CEILING

from bot.telegram import screens


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
