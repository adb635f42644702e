"""Pictures: what they look like, page by page."""

import io
import json
import os
import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typst
from made_digests import made_digest, many_criteria
from PIL import Image, ImageChops, ImageColor, ImageOps

from digests.poster import Picture, draw, overview, print_pages, service
from digests.typeset import TEMPLATES, Paper, _fonts, all_shown
from files.places import find_location
from scorecard.card import Criterion, Service
from scorecard.digest import Digest
from scorecard.place import Location

GOLDEN = Path(__file__).with_name("golden")
UPDATE = bool(os.environ.get("SAMLENG_UPDATE_GOLDENS"))
IN_SMALL = GOLDEN / "in-small.png"
PHONE = 360
GROUP = 180
"""Pixels: how wide a picture is on a phone, and in the list of a group's pictures."""

MOST_APART = 12
"""Of 255, over a square of six pixels: edges that are smoothed otherwise differ by less, another letter by more."""

LONGEST_NAME = "070604"
HOSTILE = '#panic("x") $..$ @ref *b* _i_ `c` <b> \\ // </b> #include "parts.typ"'


def _few_know(chance: random.Random, key: str) -> int:
    """Two criteria that hardly anybody knows."""
    return 0 if key in ("medicines", "water") and chance.random() < 0.85 else chance.choice((2, 3, 4, 5))


ONE, ALL = (Service.HEALTH_CENTRE,), tuple(Service)
SCHOOL = (Service.PRIMARY_SCHOOL,)


def first(digest: Digest, language: str) -> tuple[Picture, ...]:
    return service(digest, digest.session.points[0].id, language)


LOOKS: dict[str, tuple[Callable[[], Digest], Callable[[Digest, str], tuple[Picture, ...]]]] = {
    "service": (lambda: made_digest(services=ONE), first),
    "service_of_few_people": (lambda: made_digest(12, services=ONE, last=False), first),
    "overview": (
        lambda: made_digest({Service.COMMUNE_OFFICE: 24, Service.HEALTH_CENTRE: 6, Service.PRIMARY_SCHOOL: 15}),
        overview,
    ),
    "overview_of_two": (lambda: made_digest(services=ALL[:2]), overview),
    "longest_commune": (lambda: made_digest(services=ALL[:1], location=_location(LONGEST_NAME)), first),
    "too_few": (lambda: made_digest(0, services=ONE), first),
    "some_too_few": (lambda: made_digest(20, services=ONE, scored=_few_know), first),
    "all_the_same": (lambda: made_digest(services=ONE, scored=lambda *_: 3), first),
    "all_dont_know": (lambda: made_digest(services=ONE, scored=lambda *_: 0), first),
    "forty_criteria": (lambda: made_digest(services=ONE, criteria=many_criteria(40)), first),
    "no_english": (lambda: made_digest(services=SCHOOL, criteria=_khmer_only(), name=("ព្រែកដាច់", "")), first),
    "thai": (lambda: made_digest(services=SCHOOL, name=("โรงเรียน", "")), first),
    "thai_in_part": (lambda: made_digest(services=ALL, name=("វត្តបូព៌ โรงเรียน 🌸🌸 ២", "Wat Bo 学校 2")), overview),
    "long_name": (
        lambda: made_digest(services=SCHOOL, name=(f"{'វត្តបូព៌កំពង់ត្រាច' * 17}"[:300], "Kampongtrach" * 25)),
        first,
    ),
    "nine_long": (lambda: made_digest(40, services=ONE, criteria=_nine_long()), first),
    "nine_services": (lambda: made_digest(services=[*ALL, *SCHOOL * 6]), overview),
    "nobody_knows": (lambda: made_digest(services=ALL, scored=lambda *_: 0), overview),
    "all_alike": (lambda: made_digest(services=ALL, scored=lambda *_: 4), overview),
    "long_names": (
        lambda: made_digest(services=ALL, name=(f"{'វត្តបូព៌កំពង់ត្រាច' * 17}"[:300], "Kampongtrach " * 23)),
        overview,
    ),
    "villages_of_each": (lambda: replace(made_digest(64, villages=4), each_of=(4, 2, 1)), overview),
    "markup": (lambda: made_digest(services=ALL, name=(HOSTILE, HOSTILE)), overview),
    "villages": (lambda: made_digest(64, services=ONE, villages=4), first),
}


TOO_LONG = {"long_name", "long_names", "markup"}
"""Names that no picture has room for: they are set smaller."""


def _location(code: str) -> Location:
    found = find_location(code)
    assert found is not None
    return found


def _khmer_only() -> tuple[Criterion, ...]:
    asked = made_digest(services=SCHOOL).session.points[0].criteria
    return tuple(Criterion(c.key, {"km": c.label["km"]}, {"km": c.question["km"]}) for c in asked)


def _nine_long() -> tuple[Criterion, ...]:
    label = {"km": "ការផ្តល់ព័ត៌មានអំពីផែនការអភិវឌ្ឍន៍ឃុំ", "en": "Information about the commune plan budget"}
    return tuple(Criterion(f"c{i}", label, {"km": "?"}) for i in range(9))


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("look", LOOKS)
def test_looks(look: str, language: str) -> None:
    """A picture that looks otherwise than when it was last looked at: moved, cut, a wrong word, another face."""
    digest, pictures = LOOKS[look]
    for i, picture in enumerate(pictures(digest(), language), start=1):
        drawn = _drawn(picture)
        assert drawn.height <= 1.25 * drawn.width
        file = GOLDEN / f"{look}.{i}.{language}.png"
        if UPDATE:
            drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, optimize=True)
        assert differs(drawn, Image.open(file).convert("RGB")) is None, file.name


def test_the_worst_cases_in_small() -> None:
    """The fullest pictures side by side, in grey, as wide as a group's chat shows them: seen anew with each golden."""
    looks = ("villages", "service_of_few_people", "nine_long", "some_too_few", "overview", "nine_services")
    drawn = [Image.open(GOLDEN / f"{look}.1.{language}.png") for language in ("km", "en") for look in looks]
    small = [ImageOps.grayscale(one.convert("RGB")).resize((GROUP, GROUP * one.height // PHONE)) for one in drawn]
    sheet = Image.new("L", (len(looks) * (GROUP + 10), 2 * (GROUP * 5 // 4 + 10)), 255)
    for i, one in enumerate(small):
        line, column = divmod(i, len(looks))
        sheet.paste(one, (column * (GROUP + 10), line * (GROUP * 5 // 4 + 10)))
    if UPDATE:
        sheet.save(IN_SMALL, optimize=True)
    assert differs(sheet.convert("RGB"), Image.open(IN_SMALL).convert("RGB")) is None


def differs(one: Image.Image, other: Image.Image) -> str | None:
    """How two pictures differ, if by more than how the edges of letters are smoothed."""
    if one.size != other.size:
        return f"{one.size} instead of {other.size}"
    most = max(band.reduce(6).getextrema()[1] for band in ImageChops.difference(one, other).split())
    return f"{most} apart" if most > MOST_APART else None


@pytest.mark.parametrize("look", ["service", "long_name"])
def test_a_changed_word_or_figure_is_seen(look: str) -> None:
    """The comparison lets nothing pass that a reader would notice: a moved figure, a word, a shade; but does noise."""
    digest, pictures = LOOKS[look]
    picture = pictures(digest(), "en")[0]
    row = picture.data["sections"][0]["rows"][0]
    before = _drawn(picture)
    noise = random.Random(1)
    assert differs(before.point(lambda light: min(255, light + noise.randrange(8))), before) is None
    for change in (
        {"score": 1},
        {"span": (0, 15)},
        {"span": None, "tens": 3},
        {"criterion": "In all"},
        {"sign": "water"},
    ):
        was = dict(row)
        row.update(change)
        assert differs(_drawn(picture), before) is not None, change
        row.clear()
        row.update(was)


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A3])
@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("look", ["overview", "forty_criteria", "long_name", "too_few"])
def test_a_page_of_paper_for_each_picture(look: str, language: str, paper: Paper) -> None:
    """A picture that runs over onto a second page, or paper of the wrong size."""
    digest, pictures = LOOKS[look]
    on_wall = pictures(digest(), language)
    pages = re.findall(rb"/Type/Page/.*?/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", print_pages(on_wall, paper))
    sizes = {Paper.A4: (595, 842), Paper.A3: (842, 1191)}
    assert [(round(float(w)), round(float(h))) for w, h in pages] == [sizes[paper]] * len(on_wall)


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("look", ["overview_of_two", "forty_criteria", "long_name", "nine_long", "too_few"])
def test_a_page_of_paper_holds_all_of_its_picture(look: str, language: str) -> None:
    """A picture too high for the paper, whose foot is cut off; or one that leaves the lower part of it empty."""
    digest, pictures = LOOKS[look]
    data = all_shown({"pages": [picture.page for picture in pictures(digest(), language)]})
    compiler = typst.Compiler(TEMPLATES / "pictures.typ", root=TEMPLATES, font_paths=_fonts())
    made = compiler.compile(format="png", ppi=36, sys_inputs={"data": json.dumps(data), "paper": "a4"})
    for page in made if isinstance(made, list) else [made]:
        paper = ImageOps.invert(Image.open(io.BytesIO(page)).convert("L"))
        box = paper.getbbox()
        assert box is not None
        margins = box[0], box[1], paper.width - box[2], paper.height - box[3]
        assert min(margins) >= 0.04 * paper.width
        assert max(margins) <= 0.12 * paper.width


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_page_of_paper_is_set_as_large_as_it_can_be(language: str) -> None:
    """Many long labels set far too small, with most of the paper empty: a face of theirs is a centimetre and more."""
    digest, pictures = LOOKS["nine_long"]
    data = all_shown({"pages": [picture.page for picture in pictures(digest(), language)]})
    compiler = typst.Compiler(TEMPLATES / "pictures.typ", root=TEMPLATES, font_paths=_fonts())
    made = compiler.compile(format="png", ppi=72, sys_inputs={"data": json.dumps(data), "paper": "a4"})
    paper = Image.open(io.BytesIO(made[0] if isinstance(made, list) else made)).convert("RGB")
    faces = range(round(0.15 * paper.width), round(0.55 * paper.width))
    across = max(sum(_of_a_face(paper.getpixel((x, y))) for x in faces) for y in range(paper.height // 5, paper.height))
    assert across > 26, "points"


def _of_a_face(shade: Any) -> bool:
    """A shade of faces from 2 to 5: strong and light, as neither ink nor paper, scarf nor arrow are."""
    return max(shade) - min(shade) > 40 and max(shade) > 212


@pytest.mark.parametrize("look", sorted({*LOOKS} - TOO_LONG))
@pytest.mark.parametrize("language", ["km", "en"])
def test_nothing_is_set_smaller_than_it_can_be_read(look: str, language: str) -> None:
    """A picture so full that all of it was set smaller to be no higher than a chat shows whole."""
    digest, pictures = LOOKS[look]
    for picture in pictures(digest(), language):
        given = {"data": json.dumps(all_shown({"pages": [picture.page]})), "paper": "chat"}
        template = TEMPLATES / "pictures.typ"
        compiler = typst.Compiler(template, root=TEMPLATES, font_paths=_fonts(), sys_inputs=given)
        assert json.loads(compiler.query("<smaller>", field="value")) == [1]


def test_no_text_is_smaller_than_fifteen_pixels_on_a_phone() -> None:
    """Type on a picture that is 45 points of 1080, or more; what is smaller stands on paper only."""
    for name in ("frame", "poster", "overview"):
        for line in (TEMPLATES / f"{name}.typ").read_text().splitlines():
            sizes = [
                int(size)
                for size in re.findall(r"text\(.*?size: (\d+)pt|narrow\(.*?size: (\d+)pt", line)
                for size in size
                if size
            ]
            assert all(size >= 45 for size in sizes) or "agreed" in line, line


def _drawn(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(draw(picture, PHONE))).convert("RGB")


def test_faces_are_told_apart_in_grey() -> None:
    """Shades of two scores that are one on a grey print, or that get darker and lighter by turns."""
    line = next(line for line in (TEMPLATES / "parts.typ").read_text().splitlines() if line.startswith("#let shades"))
    shades = [ImageColor.getrgb(shade) for shade in re.findall("#[0-9a-f]{6}", line)]
    grey = [round(0.299 * red + 0.587 * green + 0.114 * blue) for red, green, blue in shades]
    assert len(grey) == 5
    assert min(after - before for before, after in pairwise(grey)) > 10
