"""Signs: what a criterion is about, drawn."""

import io
import re
from itertools import combinations

import typst
from PIL import Image, ImageChops, ImageStat

from bot.drawing.signs import CRITERIA, with_sign
from digests.typeset import TEMPLATES
from scorecard.sign import Sign

SIZE = 40
"""Pixels: how large a sign is in a group's chat."""

HIGH = SIZE + 8
"""With what reaches over its edge."""

TEMPLATE = """
#import "signs.typ": marks, outlines, sign
#let mark = sys.inputs.at("mark", default: none)
#set page(width: 1pt * %d, height: auto, margin: 0pt)
#set block(spacing: 0pt)
#for name in sys.inputs.names.split(" ") { block(height: 1pt * %d, sign(name, 1pt * %d, mark: mark)) }
"""


def test_each_sign_is_drawn() -> None:
    """A sign that a card may name and no picture draws, or one that is drawn and can't be named."""
    drawn = re.findall("^  ([a-z_]+): `", (TEMPLATES / "signs.typ").read_text().split("#let plain")[0], re.MULTILINE)
    assert drawn == sorted(Sign)


def test_signs_are_told_apart_in_a_group() -> None:
    """Two signs that look alike at the size of a group's chat, in grey; the plain mark is like none of them."""
    drawn = _drawn([*Sign, "unknown"])
    for (one, first), (other, second) in combinations(drawn.items(), 2):
        assert _apart(first, second) > 0.05, (one, other)
    assert _apart(_drawn(["none"])["none"], drawn["unknown"]) < 0.01


def test_marks_are_told_apart_in_grey() -> None:
    """What is wished, to be kept and to be improved is told by its shape, at the size of a group's chat."""
    drawn = [_drawn(["water"], mark)["water"] for mark in ("", "wish", "keep", "improve")]
    for first, second in combinations(drawn, 2):
        assert _apart(first, second) > 0.01


def test_no_emoji_says_two_things() -> None:
    """An emoji that stands for two signs, or none; a sign that nobody knows yet leaves labels as they are."""
    emoji = [CRITERIA[sign] for sign in Sign if sign not in (Sign.OFFICE, Sign.HEALTH_CENTRE, Sign.SCHOOL)]
    assert len({*emoji}) == len(emoji)
    assert with_sign("water", "Water") == "💧 Water"
    assert with_sign("", "Water") == with_sign("a_later_one", "Water") == "Water"


def _drawn(names: list[str], mark: str = "") -> dict[str, Image.Image]:
    source = TEMPLATE % (HIGH, HIGH, SIZE)
    compiler = typst.Compiler(source.encode(), root=TEMPLATES)
    given = {"names": " ".join(names), **({"mark": mark} if mark else {})}
    made = compiler.compile(format="png", ppi=72, sys_inputs=given)
    assert isinstance(made, bytes)
    sheet = Image.open(io.BytesIO(made)).convert("L")
    return {name: sheet.crop((0, i * HIGH, HIGH, (i + 1) * HIGH)) for i, name in enumerate(names)}


def _apart(one: Image.Image, other: Image.Image) -> float:
    """How much of two pictures differs, from 0 to 1."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0] / 255
