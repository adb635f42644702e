"""The facilitators' guide: one page in each language, and docs/facilitators.md says the same."""

import json
from pathlib import Path

import pytest
import typst

from digests import typeset
from digests.guide import as_markdown, guide, parts
from wording.catalogue import Wording

DOCS = Path(__file__).parents[2] / "docs" / "facilitators.md"
LONG_NUMBER = "1288, day and night, or +855 12 345 678"


@pytest.mark.parametrize("language", ["km", "en"])
def test_it_is_one_page(language, monkeypatch):
    """Also with a long number to call; it is a PDF."""
    assert guide(language, LONG_NUMBER).startswith(b"%PDF")
    taken = []
    monkeypatch.setattr("digests.guide.typeset", lambda template, data, _: taken.append((template, data)) or b"")
    guide(language, LONG_NUMBER)
    [(template, data)] = taken
    fonts = typeset._fonts()
    compiler = typst.Compiler(typeset.TEMPLATES / template, root=typeset.TEMPLATES, font_paths=fonts)
    page = {"data": json.dumps(typeset.all_shown(data)), "paper": "a4"}
    assert isinstance(compiler.compile(format="png", ppi=36, sys_inputs=page), bytes), (
        "one picture, and no list of them"
    )
    assert typeset.LEFT_OUT not in json.dumps(typeset.all_shown(data), ensure_ascii=False), "a sign that no font has"


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_file_says_the_same(language):
    """If not: make tables. What is said of buttons is what stands on them."""
    assert as_markdown(language) in DOCS.read_text()
    said = " ".join(line for part in parts(Wording(language)) for line in part.lines)
    assert Wording(language).plain("Put right") in said
