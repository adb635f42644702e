"""What docs/operate.md tells an operator is so: the log's events, the lines of check, the settings and commands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from click import Group
from click.testing import CliRunner

from bot.cli import main
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
LEVELS = ("error", "warning")


def told(columns: int) -> list[tuple[str, ...]]:
    """The rows of the page's table that has so many columns, less the last one, without marks."""
    rows = [re.findall(r"[^|]+", line[1:-1]) for line in PAGE.splitlines() if line.startswith("|")]
    return [tuple(cell.strip(" `") for cell in row[:-1]) for row in rows if len(row) == columns][2:]


def logged(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each event that a file logs so that an operator should look, and its level; "…" stands for what is put in."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        match call.func:
            case ast.Attribute(value=ast.Name(id="log"), attr=level) if level in LEVELS:
                yield from ((event, level) for event in map(said, call.args[:1]) if event)
            case ast.Name(id="_by_itself" | "_logged"):
                yield from ((event, "error") for event in map(said, call.args[:2]) if event)


def said(text: ast.expr) -> str | None:
    """A text in the code; None for what is handed on."""
    match text:
        case ast.Constant(value=str(whole)):
            return whole
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in parts)
    return None


def test_each_event_of_the_log_has_its_meaning() -> None:
    """Each that the code can log, at its level, once; and none that it can't."""
    files = [file for folder in ("bot", "storage") for file in (ROOT / folder).rglob("*.py")]
    events = {event for file in files for event in logged(ast.parse(file.read_text(encoding="utf-8")))}
    assert sorted(told(3)) == sorted(events)


def test_each_line_of_check_has_its_meaning(tmp_path: Path, monkeypatch) -> None:
    """All that are printed, in their order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMLENG_DATABASE_URL", f"sqlite:///{tmp_path}/x.sqlite3")
    monkeypatch.setenv("SAMLENG_BOT_TOKEN", "")
    lines = CliRunner().invoke(main, ["check"]).stdout.splitlines()
    assert [name for (name,) in told(2)] == [re.match(r"\w+ (\w+):", line)[1] for line in lines]


def test_its_settings_and_commands_are_there() -> None:
    """What is to be set and typed can be."""
    names = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}\w+", PAGE)) <= names
    typed = re.findall(r"(?:^    |`|bin/)samleng ([a-z]+)(?: ([a-z]+))?", PAGE, re.MULTILINE)
    assert {"backup", "check", "invite", "places", "restore", "run"} <= {first for first, _ in typed}
    for first, second in typed:
        command = main.commands[first]
        assert not isinstance(command, Group) or second in command.commands
