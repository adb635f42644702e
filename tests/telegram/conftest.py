from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from transcripts.chance import Chance
from transcripts.town import Town, found


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A bot whose calls go to chats on paper."""
    town = Town(await found(tmp_path), "en", Chance())
    yield town
    town.close()
