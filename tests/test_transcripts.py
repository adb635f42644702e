"""Conversations as people see them, played from their steps and held against what was reviewed."""

import difflib
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio
from servers import Server
from transcripts.chance import Chance
from transcripts.playing import Player
from transcripts.town import Ground, Town, found

FOLDER = Path(__file__).parent / "transcripts"
LANGUAGES = ("km", "en")
UPDATE = bool(os.environ.get("SAMLENG_UPDATE_TRANSCRIPTS"))

STEPS = sorted(FOLDER.rglob("*.steps"))
CASES = [str(steps.relative_to(FOLDER).with_suffix("")) for steps in STEPS]
ONE_A_ROOM = {
    "citizen/commands_in_the_middle",
    "citizen/score_three_services",
    "facilitator/close_now_and_post",
    "group/language",
    "facilitator/villages_together",
    "facilitator/accept_invitation",
}
"""The cases that `make test` plays on PostgreSQL too; `make deep` plays all."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Where each case finds a town in which nobody has done anything yet."""
    return await found(tmp_path_factory.mktemp("transcripts"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def ground_on_server(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Ground:
    """The same on PostgreSQL."""
    return await found(tmp_path_factory.mktemp("transcripts"), server)


@pytest.fixture
def chance() -> Chance:
    """The same links and codes in every run."""
    return Chance()


@pytest.fixture
def town(ground: Ground, language: str, chance: Chance) -> Iterator[Town]:
    town = Town(ground, language, chance)
    yield town
    town.close()


@pytest.mark.parametrize(("case", "language"), list(product(CASES, LANGUAGES)))
async def test_people_see_what_the_transcript_says(case: str, language: str, town: Town, chance: Chance) -> None:
    """What people see in this case is what was reviewed. The store is closed and opened again before each step."""
    steps = (FOLDER / f"{case}.steps").read_text()
    played = await Player(town, chance).play(steps)
    hold_against(FOLDER / f"{case}.{language}.txt", played)


@pytest.fixture
def town_on_server(ground_on_server: Ground, language: str, chance: Chance) -> Iterator[Town]:
    town = Town(ground_on_server, language, chance)
    yield town
    town.close()


@pytest.mark.parametrize(
    ("case", "language"),
    [
        pytest.param(case, language, marks=() if case in ONE_A_ROOM and language == "km" else pytest.mark.deep)
        for case, language in product(CASES, LANGUAGES)
    ],
)
async def test_people_see_the_same_on_postgresql(
    case: str, language: str, town_on_server: Town, chance: Chance
) -> None:
    """To the letter what they see on SQLite."""
    played = await Player(town_on_server, chance).play((FOLDER / f"{case}.steps").read_text())
    assert played == (FOLDER / f"{case}.{language}.txt").read_text()


def test_every_transcript_has_its_steps() -> None:
    """No transcript is left over from a case that is gone."""
    expected = {FOLDER / f"{case}.{language}.txt" for case in CASES for language in LANGUAGES}
    left_over = set(FOLDER.rglob("*.txt")) - expected
    if UPDATE:
        for path in left_over:
            path.unlink()
        return
    assert not left_over


def hold_against(golden: Path, played: str) -> None:
    if UPDATE:
        golden.write_text(played)
        return
    reviewed = golden.read_text() if golden.exists() else ""
    if played != reviewed:
        pytest.fail(_difference(reviewed, played, golden), pytrace=False)


def _difference(reviewed: str, played: str, golden: Path) -> str:
    lines = difflib.unified_diff(
        reviewed.splitlines(), played.splitlines(), "as reviewed", "as it is now", n=6, lineterm=""
    )
    name = golden.relative_to(FOLDER.parents[1])
    return "\n".join((f"{name} reads otherwise now. If that is right: make transcripts, and review the diff.", *lines))
