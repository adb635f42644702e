"""Files as people hand them in: each in `cases/` stands for a kind of mistake, or of habit, met elsewhere."""

import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from files.cards import check_card, passed_over, read_card
from files.faults import FaultyFileError
from files.places import find_location
from files.points import read_points
from scorecard.card import Service
from scorecard.place import NewPoint
from wording.catalogue import Wording
from wording.names import point_name

CASES = Path(__file__).with_name("cases")
ANDAUNG_TUEK = NewPoint("090101", Service.HEALTH_CENTRE, "អណ្តូងទឹក", "Andaung Tuek")
KAMPONG_SRE = NewPoint("100101", Service.PRIMARY_SCHOOL, "កំពង់ស្រែ", "Kampong Sre")


def refusals(path):
    """The lines that a list of places is refused with."""
    with pytest.raises(FaultyFileError) as raised:
        read_points(path)
    return [str(fault) for fault in raised.value.faults]


def rewritten(path, to, changes):
    """A workbook like another, with what matches in its first sheet put another way."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for pattern, body in changes.items():
        sheet, found = re.subn(pattern, body.replace(b"\\", b"\\\\"), members["xl/worksheets/sheet1.xml"])
        assert found == 1
        members["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return to


@pytest.mark.parametrize("name", ["places-headings-capitals.xlsx", "places-sep-line.csv"])
def test_a_list_is_read_as_it_was_meant(name):
    """Headings in capitals and with spaces around them; Excel's own line about the separator."""
    read = read_points(CASES / name)
    assert (read.points, read.passed_over) == ((ANDAUNG_TUEK, KAMPONG_SRE), ())


def test_rows_below_a_line_about_the_separator_are_counted_as_excel_counts(tmp_path):
    """Excel shows no such line: the row that a fault names is the one that people see."""
    path = tmp_path / "list.csv"
    path.write_text("sep=;\ncommune;service;name_km\n090101;bank;ក\n", encoding="utf-8")
    assert refusals(path) == [
        'list.csv, row 2, column service: "bank" is no service: write hc (health centre) or ps (primary school)'
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_title_may_stand_above_the_headings(separator, encoding, tmp_path):
    """A title with commas, a note and an empty line are passed over, however the table is separated and encoded."""
    rows = ["Schools, health centres; all, of 2026", "", "Commune code|Service type|Name (Khmer)|Name (Latin)"]
    rows += ["090101|hc|អណ្តូងទឹក|Andaung Tuek", "100101|ps|កំពង់ស្រែ|Kampong Sre"]
    (tmp_path / "list.csv").write_text("\n".join(rows).replace("|", separator), encoding=encoding)
    assert read_points(tmp_path / "list.csv").points == (ANDAUNG_TUEK, KAMPONG_SRE)


def test_a_sheet_beside_the_list_is_passed_over_and_said():
    """Somebody's notes, or the words to choose from, are no list and no fault."""
    read = read_points(CASES / "places-with-a-reference-sheet.xlsx")
    assert read.points == (ANDAUNG_TUEK, KAMPONG_SRE)
    assert [str(note) for note in read.passed_over] == ["REF - Scorecard type: passed over, it is no list of services"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "places-strict-ooxml.xlsx",
            (
                'places-strict-ooxml.xlsx: it is a "Strict Open XML Spreadsheet", which is not read: save it as '
                '"Excel Workbook"'
            ),
        ),
        (
            "places-code-by-a-formula-without-stored-value.xlsx",
            (
                "Sheet1, row 2, column commune: a formula whose result is not in the file: save it in a spreadsheet "
                "program, or type the result"
            ),
        ),
    ],
)
def test_what_cant_be_read_is_named_for_what_it_is(name, says):
    """And never as if it were empty or not there."""
    assert refusals(CASES / name) == [says]


def test_a_workbook_with_a_password_is_named(tmp_path):
    """Excel wraps it as it did its old files."""
    (tmp_path / "list.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))
    assert refusals(tmp_path / "list.xlsx") == [
        "list.xlsx: it has a password, or is an old .xls under another name: save it without, as .xlsx"
    ]


def test_a_formula_with_its_result_is_its_result(tmp_path):
    """As Excel saves it; also one whose result is an empty text, which people drag down far below their list."""
    book = openpyxl.Workbook()
    book.active.append(["commune", "service", "name_km"])
    book.active.append(["CODE", "hc", "អណ្តូងទឹក"])
    book.active.append(["NOTHING"])
    book.save(tmp_path / "list.xlsx")
    results = {
        b'<c r="A2".*?</c>': b'<c r="A2"><f>"0"&amp;90101</f><v>90101</v></c>',
        b'<c r="A3".*?</c>': b'<c r="A3" t="str"><f>""</f><v></v></c>',
    }
    saved = rewritten(tmp_path / "list.xlsx", tmp_path / "saved.xlsx", results)
    assert [point.commune for point in read_points(saved).points] == ["090101"]


def test_two_spellings_that_look_the_same_are_one():
    """TA and DA below a letter can't be told apart: one health centre, written as it stands first."""
    read = read_points(CASES / "places-coeng-ta-and-da.csv")
    assert read.points == (NewPoint("090101", Service.HEALTH_CENTRE, "អណ្តូងទឹក", ""),)
    assert [str(note) for note in read.passed_over] == [
        (
            "places-coeng-ta-and-da.csv, row 3, column name_km: stands further up already "
            "(places-coeng-ta-and-da.csv, row 2): taken as one"
        )
    ]


def test_codes_are_those_of_the_official_list():
    """The codes that the package gives to other communes are those of the communes that people mean."""
    read = read_points(CASES / "places-codes-of-the-ncdd-list.csv")
    assert [point.commune for point in read.points] == ["121001", "250309", "020407"]


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("ជ្រោយចង្វារ", True),
        ("សង្កាត់ជ្រោយចង្វារ", True),
        ("chrouy  changvar", True),
        ("Chrouy Changvar Sangkat", True),
        ("", True),
        ("Kbal Kaoh", False),
        ("ជ្រោយ", False),
    ],
)
def test_a_communes_name_beside_its_code_must_be_its_own(given, taken, tmp_path):
    """A code of another list, or a mistyped one, is found where the name stands beside it."""
    path = tmp_path / "list.csv"
    path.write_text(f"commune,commune_name,service,name_km\n121001,{given},ps,ក\n", encoding="utf-8")
    if taken:
        assert len(read_points(path).points) == 1
    else:
        assert refusals(path) == [
            (
                f'list.csv, row 2, column commune_name: 121001 is ជ្រោយចង្វារ (Chrouy Changvar), not "{given}": put '
                "right the code, which samleng places find knows, or the name"
            )
        ]


ANGKANHS = "210601 (Prey Kabbas, Takeo) or 211001 (Treang, Takeo)"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("Angkanh", f'"Angkanh" is a name, not a code: write {ANGKANHS}, whichever is meant'),
        ("ឃុំអង្កាញ់", f'"ឃុំអង្កាញ់" is a name, not a code: write {ANGKANHS}, whichever is meant'),
        ("Nowhere", 'no commune has the code "Nowhere": write the six digits of its official code'),
        ("ឃុំ", 'no commune has the code "ឃុំ": write the six digits of its official code'),
    ],
)
def test_a_name_in_the_place_of_a_code_is_told_its_code(given, says, tmp_path):
    """Many communes share a name: which is meant is for whoever wrote the list to say."""
    path = tmp_path / "list.csv"
    path.write_text(f"commune,service,name_km\n{given},hc,ក\n", encoding="utf-8")
    assert refusals(path) == [f"list.csv, row 2, column commune: {says}"]


def test_a_name_that_holds_its_kind_is_said_with_one():
    """In either language, at either end, in full or only hinted at."""
    here = find_location("090101")
    said = [
        [point_name(point.service, point.km, point.en, here, Wording(language)) for language in ("km", "en")]
        for point in read_points(CASES / "names-02-kind-in-the-name.csv").points
    ]
    assert said == [
        ["បឋមសិក្សាអណ្តូងទឹក", "Andaung Tuek Primary School"],
        ["មណ្ឌលសុខភាពអណ្តូងទឹក", "Andaung Tuek Health Center"],
        ["សាលាបឋម ជីត្រេស", "Primary school Chi Tres"],
    ]


@pytest.mark.parametrize("name", ["card-list-name-with-a-space.xlsx", "card-space-after-colons.xlsx"])
def test_headings_of_a_card_are_read_as_xlsform_has_them(name):
    """`list name`, and a blank after the colons."""
    assert check_card(CASES / name) == ()
    assert len(read_card(CASES / name).criteria) == 10


def test_a_version_typed_as_a_number_is_a_fault():
    """2026.10 is kept as 2026.1, which is another version."""
    (fault,) = check_card(CASES / "card-version-2026.10-as-a-number.xlsx")
    assert str(fault) == (
        "settings, row 2, column version: a number, in which 2026.1 and 2026.10 are the same: write it as text"
    )


@pytest.mark.parametrize("styled", [1, 20_000])
def test_empty_rows_with_a_style_cost_nothing(styled, tmp_path):
    """A style in the last row that a sheet can have is no million rows, and one in each is none: under a second."""
    read_card(CASES / "card-list-name-with-a-space.xlsx")
    last = 1_048_576
    empty = b'<row r="%d"><c r="A%d" s="0"/></row>'
    every = b"".join(empty % (row, row) for row in range(last - styled + 1, last + 1))
    card = rewritten(CASES / "card-a-style-to-the-last-row.xlsx", tmp_path / "card.xlsx", {empty % (last, last): every})
    began = time.process_time()
    assert check_card(card) == ()
    assert time.process_time() - began < 1


def test_what_other_programs_could_not_open_is_said():
    """A title in several languages is taken, with a word that ODK and Kobo do not; a sheet of notes is said as well."""
    (note, _) = passed_over(CASES / "card-space-after-colons.xlsx")
    assert str(note).startswith("settings, row 1, column form_title::Khmer (km): ODK and Kobo open no form")
