"""The town with one more room, the sample room: by one line in each tuple."""

from collections.abc import Iterator

import pytest
import pytest_asyncio
from sample_room.bot.drawing.tea import DRAWS as TEA_DRAWS
from sample_room.storage.tea.pots import metadata
from sample_room.storage.tea.room import ROOM as TEA
from transcripts.chance import Chance
from transcripts.town import Ground, Town, found

from bot.drawing.rooms import DRAWS
from storage.database import connect
from storage.rooms import ROOMS


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Where each case finds a town in which nobody has done anything yet, with the sample room's table."""
    ground = await found(tmp_path_factory.mktemp("rooms"))
    engine = connect(ground.host.url(ground.founded))
    metadata.create_all(engine)
    engine.dispose()
    return ground


@pytest.fixture
def language() -> str:
    return "en"


@pytest.fixture
def chance() -> Chance:
    """The same links and codes in every run."""
    return Chance()


@pytest.fixture
def town(ground: Ground, language: str, chance: Chance) -> Iterator[Town]:
    town = Town(ground, language, chance, (*ROOMS, TEA), (*DRAWS, TEA_DRAWS))
    yield town
    town.close()
