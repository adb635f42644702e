"""What is written about rooms is true: in the contracts, and in CONTRIBUTING."""

import re
import tomllib
from pathlib import Path

from storage.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).parent / "sample_room"
FLOORS = ("conversations", "storage", "bot.drawing")


def test_the_contracts_know_every_room_in_the_order_of_the_house() -> None:
    """A room that is missing there could import, and be imported, as it likes."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = {contract["name"]: contract for contract in contracts}
    names = [room.name for room in ROOMS]
    layers = named["rooms import each other in one direction only"]["layers"]
    assert layers == [" : ".join(f"{floor}.{name}" for floor in FLOORS) for name in names]
    machinery = named["the machinery imports no room"]
    everywhere = {f"*.{name}" for name in names} | {f"bot.drawing.{name}" for name in names}
    assert set(machinery["protected_modules"]) == everywhere
    assert set(machinery["allowed_importers"]) >= everywhere


def test_contributing_names_the_files_of_a_room() -> None:
    """Every file of the sample room is in the table, and every file in the table is there."""
    named = set(re.findall(r"^\| `([\w/]+\.py)` \|", _contributing(), re.MULTILINE))
    assert named == {str(path.relative_to(SAMPLE)) for path in SAMPLE.rglob("*.py")}


def test_contributing_names_files_of_the_house_that_are_there() -> None:
    """What a room adds a line to is where the page says."""
    named = set(re.findall(r"`((?:storage|bot|locale|tests)/[\w/.]+)`", _contributing()))
    inside = {path for path in named if "/tea" in path}
    assert named - inside >= {"storage/rooms.py", "bot/drawing/rooms.py", "storage/migrations/versions/"}
    assert [path for path in named - inside if not (ROOT / path).exists()] == []


def _contributing() -> str:
    return (ROOT / "CONTRIBUTING.md").read_text()
