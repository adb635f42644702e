"""Rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from importlib import metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from click import Command, Group

from bot.cli import main
from wording.catalogue import LOCALE, languages

ROOT = Path(__file__).resolve().parents[1]
OURS = {"bot", "conversations", "storage", "scorecard", "wording", "digests", "files", "sandbox", "locale", "cards"}


def test_no_dependency_installs_one_of_our_names() -> None:
    """Our folders are generic words: nothing that is installed beside them may carry the same."""
    for distribution in metadata.distributions():
        if distribution.metadata["Name"] == "samleng":
            continue
        top = {file.parts[0].removesuffix(".py") for file in distribution.files or ()}
        assert not top & OURS, distribution.metadata["Name"]


def test_locale_is_no_package() -> None:
    """With an __init__.py, our folder would take the place of Python's own module."""
    assert not list((ROOT / "locale").rglob("__init__.py"))


def test_pins_name_no_host() -> None:
    """The pins work wherever packages come from."""
    pins = (ROOT / "constraints.txt").read_text()
    assert "://" not in pins
    assert all(re.match(r"[a-z0-9._-]+==\S+", line) for line in pins.splitlines())


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "samleng.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def signs(text: str) -> list[str]:
    """What a translation may not change: placeholders, tags, commands."""
    return sorted(re.findall(r"\{\w+\}|</?\w+>|/[a-z]{4,}", text))


@pytest.mark.parametrize("language", languages())
def test_catalogues_are_complete(language: str) -> None:
    """Nothing untranslated, nothing fuzzy, the same placeholders, tags and commands."""
    for message in messages(language):
        assert message.string, message.id
        assert not message.fuzzy, message.id
        assert signs(message.id) == signs(message.string), message.id


@pytest.mark.parametrize("language", languages())
def test_catalogues_have_just_what_is_said(language: str) -> None:
    """Every message in the code is in the catalogue, and no other."""
    said = {
        message
        for folder in ("wording", "digests", "bot/drawing")
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords={"say": None, "plain": None})
    }
    assert {message.id for message in messages(language)} == said


def test_english_is_what_the_code_says() -> None:
    """The English catalogue repeats the messages; a change of words is a change of code."""
    assert [m.id for m in messages("en") if m.id != m.string] == []


def test_the_readme_knows_every_command_and_setting() -> None:
    """What can be run and set is in the README."""
    readme = (ROOT / "README.md").read_text()
    for command in _commands(main):
        assert f"samleng {command}" in readme, command
    settings = (ROOT / "bot" / "settings.py").read_text()
    for name in re.findall(r"^    (\w+): Annotated", settings, re.MULTILINE):
        assert f"SAMLENG_{name.upper()}" in readme, name


def test_the_architecture_names_tests_that_exist() -> None:
    """Each invariant is held by a test that is there."""
    page = (ROOT / "docs" / "architecture.md").read_text()
    for path in re.findall(r"`(tests/[\w/.*]+)`", page):
        assert list(ROOT.glob(path.rstrip("/"))), path


def test_every_test_says_what_it_shows() -> None:
    """A test without a docstring: who sees it fail must be told what no longer holds."""
    silent = [
        f"{path.name}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("page", ["architecture.md", "faults.md"])
def test_tables_are_made_from_the_code(page: str) -> None:
    """Entries stand in the architecture as rooms have them, faults as tests are marked. If not: make tables."""
    spec = spec_from_file_location("make_tables", ROOT / "docs" / "make_tables.py")
    assert spec is not None
    assert spec.loader is not None
    tables = module_from_spec(spec)
    spec.loader.exec_module(tables)
    assert tables.written(page) == (ROOT / "docs" / page).read_text()


def test_the_architecture_names_files_that_exist() -> None:
    """A file that has moved is named anew."""
    page = (ROOT / "docs" / "architecture.md").read_text()
    for path in re.findall(r"`((?:bot|storage|conversations|scorecard|digests|files|wording|docs)/[\w/]+\.\w+)`", page):
        assert (ROOT / path).exists(), path


def _commands(group: Group) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, Group):
            yield from (f"{name} {inner}" for inner in _commands(command))
        else:
            assert isinstance(command, Command)
            yield name
