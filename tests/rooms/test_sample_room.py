"""A room that nobody but this folder knows: added by one line in each tuple, it does all that a room can."""

from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from sample_room.storage.tea.pots import pots
from test_transcripts import LANGUAGES, hold_against
from transcripts.chance import Chance
from transcripts.playing import Player
from transcripts.town import Town

from storage.tables import metadata

FOLDER = Path(__file__).parent / "sample_room" / "transcripts"
CASES = [steps.stem for steps in sorted(FOLDER.glob("*.steps"))]


@pytest.mark.parametrize(("case", "language"), list(product(CASES, LANGUAGES)))
async def test_people_see_what_the_transcript_says(case: str, language: str, town: Town, chance: Chance) -> None:
    """From the command to the thanks, what the group hears, what comes due, what closing does: as it was reviewed."""
    played = await Player(town, chance).play((FOLDER / f"{case}.steps").read_text())
    hold_against(FOLDER / f"{case}.{language}.txt", played)


async def test_nothing_of_a_closed_session_is_kept_for_longer_than_a_day(town: Town, chance: Chance) -> None:
    """What is erased is gone from the table, and before that it is there."""
    player, left = Player(town, chance), []
    until_closed = (FOLDER / "clear_away.steps").read_text().partition("# Washed")[0]
    for steps in (until_closed, "24 hours later", "1 minute later"):
        await player.play(steps)
        left.append(await town.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(pots))))
    assert left == [1, 1, 0]


def test_no_migration_is_asked_for_what_only_tests_have() -> None:
    """The sample room's table stands beside those of the house."""
    assert "pot" not in metadata.tables
