"""Sets pages and pictures with typst: a template of digests/templates and the data to be set, nothing else.

Data reaches a template as JSON and never as markup. Fonts are ours alone; what they can't show is left out by
`shown`, for typst would draw boxes in silence.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_noto_sans_khmer
import typst
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = (Path(fontpkg_noto_sans_khmer.ROOT) / "files", HERE / "fonts")

PICTURE_PIXELS = 1080
"""The width of a picture for a chat."""


class Paper(StrEnum):
    """What is set: a picture for a chat, or pages for a wall."""

    CHAT = "chat"
    A4 = "a4"
    A3 = "a3"


def typeset(template: str, data: Mapping[str, Any], paper: Paper) -> bytes:
    """A PNG 1080 pixels wide for a chat, one PDF for paper. Takes its time, without the interpreter's lock."""
    made = _compiler(template).compile(
        format="png" if paper is Paper.CHAT else "pdf",
        ppi=72,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "paper": paper.value},
        timestamp=0,
    )
    assert isinstance(made, bytes), "a picture is one page"
    return made


@lru_cache
def drawable() -> frozenset[int]:
    """The code points that our fonts can show."""
    fonts = (font for folder in FONTS for font in folder.glob("*.ttf"))
    return frozenset(point for font in fonts for point in TTFont(font, lazy=True).getBestCmap())


@lru_cache
def _compiler(template: str) -> typst.Compiler:
    """Fonts and templates are read once."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(FONTS))
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=fonts)
