"""The meeting pack: what its pages look like, and what stands on them."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
import segno
import zxingcpp
from effort import examples
from hypothesis import Phase, given
from hypothesis import strategies as st
from made_digests import CLOSED, HERE, made_digest, many_criteria
from PIL import Image, ImageChops, ImageFilter, ImageStat
from test_poster import GOLDEN, HOSTILE, LONGEST_NAME, PHONE, UPDATE, differs

from digests.meeting_pack import MOST_ON_A_PAGE, TEMPLATE, file_name, meeting_pack, pages
from digests.typeset import Paper, typeset
from files.places import find_location, villages_of
from scorecard.card import Criterion, Service
from scorecard.payload import CODE_LENGTH, Payload, new_payload, spaced
from scorecard.place import ServicePoint
from scorecard.session import Session, State
from wording.catalogue import languages

LINK = "https://t.me/samleng_bot?start=s-AbCdEfGhIjKlMnOpQrStUv"
CODE = "80315246"
A4_WIDTH = 595.28
FAR_DAY = date(2026, 12, 24)


def session(services: tuple[Service, ...] = tuple(Service), **made: object) -> Session:
    return made_digest(services=services, last=False, **made).session


def longest() -> Session:
    """The longest commune of all, twelve services with names of 300 signs, and criteria as long as cards allow."""
    location = find_location(LONGEST_NAME)
    assert location is not None
    village = max(villages_of(LONGEST_NAME), key=lambda village: len(village.km))
    km, en = ("វត្តបូព៌កំពង់ត្រាច" * 20)[:300], "Kampongtrach" * 25
    criteria = tuple(
        Criterion(
            f"c{i}",
            {"km": ("អាកប្បកិរិយាក្រុមប្រឹក្សា" * 2)[:40], "en": "Longestlabel" * 3},
            {"km": ("តើលោកអ្នកពេញចិត្តកម្រិតណា " * 8)[:200], "en": ("How satisfied are you " * 10)[:200]},
        )
        for i in range(9)
    )
    points = tuple(ServicePoint(i, Service.PRIMARY_SCHOOL, km, en, location, criteria) for i in range(12))
    return Session(
        1, replace(location, village=village), points, "2026", State.OPEN, "30715248", CLOSED, shown_on=FAR_DAY
    )


def no_english() -> Session:
    khmer = tuple(
        Criterion(c.key, {"km": c.label["km"]}, {"km": c.question["km"]})
        for c in session((Service.PRIMARY_SCHOOL,)).points[0].criteria
    )
    return session((Service.PRIMARY_SCHOOL,), criteria=khmer, name=("ព្រែកដាច់", ""))


LOOKS: dict[str, tuple[Callable[[], Session], tuple[int, ...]]] = {
    "three": (session, (1, 2, 3, 4, 5, 8, 9, 10)),
    "a-day": (lambda: replace(session(), shown_on=FAR_DAY), (2,)),
    "one": (lambda: session((Service.HEALTH_CENTRE,)), (1, 2)),
    "longest": (longest, (1, 3, 4, 28)),
    "no-english": (no_english, (3, 4)),
    "forty": (lambda: session((Service.HEALTH_CENTRE,), criteria=many_criteria(40)), (3, 12, 14)),
    "hostile": (lambda: session(name=(HOSTILE, HOSTILE)), (1, 5)),
    "thai": (lambda: session((Service.PRIMARY_SCHOOL,), name=("โรงเรียน", "")), (1, 4)),
}


def drawn(at: Session, number: int, language: str, width: int = PHONE) -> Image.Image:
    """One page of the pack as a picture, so many pixels wide."""
    page = pages(at, LINK, CODE, language)[number - 1]
    pixels = round(width * 1080 / A4_WIDTH)
    png = typeset(TEMPLATE, {"language": language, "pages": [page]}, Paper.CHAT, pixels)
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("look", LOOKS)
def test_looks(look: str, language: str) -> None:
    """A page that looks otherwise than when it was last looked at: moved, cut, a wrong word, another face.

    And one that runs into its margin, where a printer cuts it off.
    """
    made, numbers = LOOKS[look]
    for number in numbers:
        page = drawn(made(), number, language)
        file = GOLDEN / f"meeting-pack-{look}.{number}.{language}.png"
        if UPDATE:
            page.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, optimize=True)
        assert differs(page, Image.open(file).convert("RGB")) is None, file.name
        assert _in_the_margin(page) > 240, file.name


def _in_the_margin(page: Image.Image) -> float:
    """The darkest shade that is nearer to the edge of the paper than nine millimetres."""
    width, height = page.size
    margin = width * 9 // 210
    around = page.convert("L")
    around.paste(255, (margin, margin, width - margin, height - margin))
    return around.getextrema()[0]


@pytest.mark.parametrize("look", LOOKS)
def test_as_many_pages_as_planned(look: str) -> None:
    """What is too high for its page and runs on to another, or a page that is lost. What is alike is set once."""
    at = LOOKS[look][0]()
    planned = pages(at, LINK, CODE, "km")
    assert len(planned) == 3 + sum(3 * -(-len(point.criteria) // MOST_ON_A_PAGE) for point in at.points)
    unnumbered = [{**page, "page": ""} for page in planned]
    each = [page for i, page in enumerate(unnumbered) if page not in unnumbered[:i]]
    made = typeset(TEMPLATE, {"language": "km", "pages": each}, Paper.A4)
    assert len(re.findall(rb"/Type ?/Page\b", made)) == len(each)


def test_all_planned_pages_are_in_the_file() -> None:
    """A file that lacks a page, or has another one than was planned."""
    planned = typeset(TEMPLATE, {"language": "km", "pages": pages(session(), LINK, CODE, "km")}, Paper.A4)
    assert meeting_pack(session(), LINK, CODE, "km") == planned


@pytest.mark.parametrize("number", [1, 5, 9, 10, 18, 19, 40])
@pytest.mark.parametrize("language", ["km", "en"])
def test_every_criterion_is_read_and_counted_once(number: int, language: str) -> None:
    """A criterion left out, asked twice, in another order, or with another number on the sheet than when read."""
    at = session((Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL), criteria=many_criteria(number))
    figures = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
    for kind in ("reading", "counting"):
        told = [page for page in pages(at, LINK, CODE, language) if page["kind"] == kind]
        assert max(len(page["criteria"]) for page in told) <= MOST_ON_A_PAGE
        lines = [
            (int(criterion["number"].translate(figures)), criterion["label"])
            for page in told
            for criterion in page["criteria"]
        ]
        asked = [(i, c.label[language]) for i, c in enumerate(at.points[0].criteria, start=1)]
        assert lines == asked * 2
    all_ = pages(at, LINK, CODE, language)
    ballots = [page for page in all_ if page["kind"] == "ballots"]
    leaves = all_[2 : 2 + 2 * len(ballots)]
    assert all(
        (front["kind"], back["kind"], front["criteria"]) == ("reading", "counting", back["criteria"])
        for front, back in zip(leaves[::2], leaves[1::2], strict=True)
    )
    marked = [(page["point"], page["criteria"]) for page in leaves[::2]]
    assert marked == [(page["point"], page["criteria"]) for page in ballots], "what is read is what is marked"
    assert [page["kind"] for page in all_[2 + 2 * len(ballots) :]] == ["faces", *["ballots"] * len(ballots)]


@examples(12, phases=[Phase.generate])
@given(st.binary(min_size=16, max_size=16), st.text("abcdefghijklmnopqrstuvwxyz_", min_size=2, max_size=29))
def test_the_square_leads_to_the_link(random: bytes, name: str) -> None:
    """A square that phones can't read, or that leads elsewhere: read by a program that nobody here wrote."""
    link = f"https://t.me/{name}bot?start={new_payload(Payload.SESSION, random)}"
    page = pages(session(), link, CODE, "km")[0]
    png = typeset(TEMPLATE, {"language": "km", "pages": [page]}, Paper.CHAT, 1080)
    picture = Image.open(io.BytesIO(png)).convert("L")
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.text == link
    assert found.ec_level in ("M", "Q", "H")

    corner, across = found.position.top_left, found.position.top_right.x - found.position.top_left.x
    four = 4 * across / len(segno.make_qr(link, error="m").matrix) - 2
    around = (corner.x - four, corner.y - four, corner.x + across + four, corner.y - 2)
    assert picture.crop(tuple(map(round, around))).getextrema()[0] == 255, "nothing above it"
    around = (corner.x - four, corner.y - four, corner.x - 2, corner.y + across + four)
    assert picture.crop(tuple(map(round, around))).getextrema()[0] == 255, "nothing beside it"


@pytest.mark.parametrize(("look", "least"), [("three", 100), ("one", 100), ("longest", 80)])
def test_the_square_is_large(look: str, least: int) -> None:
    """A square that shrank beside long names: in millimetres, a tenth of how far away a phone can read it."""
    for language in languages():
        picture = drawn(LOOKS[look][0](), 1, language, 1050)
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        assert (found.position.top_right.x - found.position.top_left.x) * 210 / 1050 > least


def test_the_digits_of_a_code_keep_apart() -> None:
    """A digit that touches its box, or one that could be taken for another."""
    page = pages(session(), LINK, CODE, "en")[0]

    def with_code(digits: str) -> Image.Image:
        data = {"language": "en", "pages": [{**page, "code": [list(digits[:4]), list(digits[4:])]}]}
        return Image.open(io.BytesIO(typeset(TEMPLATE, data, Paper.CHAT, 720))).convert("L")

    empty = with_code(" " * CODE_LENGTH)
    near_lines = empty.filter(ImageFilter.MinFilter(5)).point(lambda shade: 255 if shade < 128 else 0)
    ten = {sign: ImageChops.difference(with_code(sign.ljust(CODE_LENGTH)), empty) for sign in "0123456789"}
    for sign, drawn_digit in ten.items():
        assert drawn_digit.getbbox(), sign
        assert ImageChops.darker(drawn_digit, near_lines).getbbox() is None, sign
    for one, other in combinations(ten, 2):
        apart = _darkness(ImageChops.difference(ten[one], ten[other]))
        assert apart > 0.15 * min(_darkness(ten[one]), _darkness(ten[other])), one + other


def _darkness(picture: Image.Image) -> float:
    return ImageStat.Stat(picture).sum[0]


def test_the_script_takes_a_minute() -> None:
    """A script that grew: at 130 words a minute, it is to be over before people stop listening."""
    for at in (session(), session((Service.HEALTH_CENTRE,))):
        spoken = " ".join(pages(at, LINK, CODE, "en")[1]["phrases"])
        assert 120 <= len(spoken.split()) <= 140
    hello = pages(session(), LINK, CODE, "en")[1]["phrases"][0]
    assert hello.endswith("with your commune office, health centre, and primary school.")


def test_the_village_is_written_where_it_is_known() -> None:
    """A village that a facilitator has to write although the session knows it; or one that nobody chose."""
    village = villages_of(HERE.commune.code)[0]
    at = session((Service.HEALTH_CENTRE,))
    known = replace(at, location=replace(HERE, village=village))

    def written(at: Session) -> list[str]:
        return [line["value"] for line in pages(at, LINK, CODE, "km")[3]["lines"] if line["value"]]

    assert written(at) == []
    assert written(known) == [village.km]


def test_a_counting_sheet_tells_of_which_session_it_is() -> None:
    """Sheets of two sessions that are mixed up; figures that nobody can add up on the sheet."""
    for page in pages(session(), LINK, CODE, "en"):
        if page["kind"] == "counting":
            assert page["session"] == f"Session {spaced(CODE)} · round 2026"
            assert page["total"] == "Total"


def test_nothing_but_the_session_is_in_it() -> None:
    """Something of who asked, when, or which session by its number: a printed page goes from hand to hand."""
    at = session()
    assert meeting_pack(at, LINK, CODE, "km") == meeting_pack(replace(at, id=99), LINK, CODE, "km")
    assert b"/Author" not in meeting_pack(at, LINK, CODE, "en")


@pytest.mark.parametrize("made", [session, longest])
def test_the_file_is_named_in_ascii(made: Callable[[], Session]) -> None:
    """A name that a phone or printer can't take."""
    assert re.fullmatch(r"meeting-[0-9]{6,8}-[0-9]{4}-[0-9]{2}-[0-9]{2}\.pdf", file_name(made()))
