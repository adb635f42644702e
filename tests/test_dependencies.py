"""What is installed beside Samleng: under which licences, and what is said of weaknesses known in it."""

import json
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def licences() -> ModuleType:
    spec = spec_from_file_location("make_licences", ROOT / "docs" / "make_licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_licences_is_what_is_installed(licences: ModuleType) -> None:
    """All that runs, by name and licence. If not: make tables, and see whether the new licence is one to live with."""
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page()


def test_each_has_a_licence_and_a_pin(licences: ModuleType) -> None:
    """As one that others know by its short name; what runs is pinned."""
    pinned = {line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert licences.installed() <= pinned
    assert {"aiogram", "aiolimiter", "apscheduler", "psycopg-binary", "typst"} <= licences.installed()
    assert not {"pytest", "ruff", "pip-audit"} & licences.installed()
    for name, licence in re.findall(r"^\| ([a-z\d-]+) \| (.+) \|$", licences.page(), re.MULTILINE)[2:]:
        for one in re.split(" AND | OR ", licence):
            assert re.fullmatch(r"(Apache|BSD|LGPL|MIT|MPL|OFL|PSF)(-[\d.]+)?(-\w+)?", one), f"{name}: {licence}"


def test_the_readme_names_what_binds_who_passes_it_on(licences: ModuleType) -> None:
    """Each that is under the LGPL, and no other licence asks for more."""
    readme = (ROOT / "README.md").read_text()
    bound = re.findall(r"^\| ([a-z\d-]+) \| (\w*GPL\S*) \|$", licences.page(), re.MULTILINE)
    assert {licence for _, licence in bound} == {"LGPL-3.0-only"}
    for name, _ in bound:
        assert f"`{name}`" in readme


SOUND = {"name": "click", "version": "8.5.1", "vulns": []}
WEAK = {"name": "h11", "version": "0.1", "vulns": [{"id": "CVE-1", "fix_versions": ["0.2"]}]}
UNKNOWN = {"name": "rich", "version": "15", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("found", "ends", "says"),
    [
        ([SOUND], 0, "audit: 1 of 1 pinned versions looked up, 0 weaknesses known"),
        ([SOUND, UNKNOWN, WEAK], 1, "h11 0.1: CVE-1, mended in 0.2\naudit: 2 of 3 pinned versions looked up, 1 weak"),
        ([UNKNOWN], 0, "audit: the list of known weaknesses could not be reached, so nothing was looked up (Depend"),
        (None, 0, "audit: the list of known weaknesses could not be reached, so nothing was looked up (no way there)"),
    ],
)
def test_an_audit_says_whether_it_could_look(tmp_path: Path, found: object, ends: int, says: str) -> None:
    """A weakness ends it with 1; where nobody could be asked it says that, and never that all is well."""
    program = tmp_path / "pip-audit"
    said = f"echo '{json.dumps({'dependencies': found})}'" if found else "echo 'no way there' >&2; exit 1"
    program.write_text(f"#!/bin/sh\n{said}\n")
    program.chmod(0o755)
    command = [sys.executable, ROOT / ".ci" / "audit.py", program, "constraints.txt"]
    audit = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (audit.returncode, audit.stderr) == (ends, "")
    assert audit.stdout.startswith(says)
