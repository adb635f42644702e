"""Files of tables: what is read from them, and what can't hurt us."""

import zipfile

import openpyxl
import pytest
from effort import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from files.cells import MAX_COLUMNS, MAX_ROWS
from files.faults import FaultyFileError, SheetFault, fault_in_text
from files.sheets import MAX_BYTES, Row, read_sheets

KINDS = (".md", ".xlsx", ".csv")

JUNK = examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def workbook(path, rows=(("name", "sort"), ("a", 1)), sheets=1):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for _ in range(1, sheets):
        book.create_sheet()
    book.save(path)
    return path


def repacked(path, member, change):
    """The workbook with one member of its zip rewritten."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def refusal(path):
    with pytest.raises(FaultyFileError) as raised:
        read_sheets(path, KINDS)
    (fault,) = raised.value.faults
    assert (fault.sheet, fault.row) == (path.name, None)
    assert str(fault).isprintable()
    return fault.message


def outcome(path):
    """What the file is refused with, or nothing if it is read."""
    try:
        read_sheets(path, KINDS)
    except FaultyFileError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("text", ["name,sort\n\na,1\n", "name;sort\r\n\r\na;1\r\n", "\ufeffname\tsort\n\na\t1"])
def test_csv_is_read_however_it_is_separated(text, tmp_path):
    """Commas, semicolons or tabs, with or without a BOM; rows keep their number where one is empty."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    (sheet,) = read_sheets(path, KINDS)
    assert (sheet.name, sheet.columns) == ("a.csv", ("name", "sort"))
    assert sheet.rows == (Row(3, {"name": "a", "sort": "1"}),)


def test_a_workbook_is_read_as_text(tmp_path):
    """Figures become text without a fraction, line breaks single spaces, and empty cells nothing."""
    path = workbook(tmp_path / "a.xlsx", [("name", "sort"), (" a \n b ", 7.0), (None, None), (None, 2026.1)])
    (sheet,) = read_sheets(path, KINDS)
    assert sheet.rows == (Row(2, {"name": "a b", "sort": "7"}), Row(4, {"sort": "2026.1"}))


def test_a_size_that_a_workbook_misstates_is_not_believed(tmp_path):
    """Rows below what a sheet says is its end are read."""
    path = workbook(tmp_path / "a.xlsx")
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"'))
    assert read_sheets(path, KINDS)[0].rows == (Row(2, {"name": "a", "sort": "1"}),)


def test_a_bar_can_stand_in_a_markdown_cell(tmp_path):
    """A bar with a backslash before it belongs to the text."""
    (tmp_path / "a.md").write_text("| s | |\n| | name |\n|---|---|\n| | this \\| that |\n")
    assert read_sheets(tmp_path / "a.md", KINDS)[0].rows == (Row(4, {"name": "this | that"}),)


def test_too_many_columns_are_a_fault_of_the_sheet(tmp_path):
    """A sheet wider than we read says so, and never loses a column in silence."""
    path = workbook(tmp_path / "a.xlsx", [[f"c{number}" for number in range(MAX_COLUMNS + 1)]])
    assert "more than 60 columns" in read_sheets(path, KINDS)[0].faults[0].message


def test_files_that_cannot_be_read_end_in_one_fault(tmp_path):
    """What isn't there, is a folder, is too large, damaged or of another kind is said in one line."""
    assert "can't be opened" in refusal(tmp_path / "none.md")
    (tmp_path / "folder.md").mkdir()
    assert "can't be opened" in refusal(tmp_path / "folder.md")
    (tmp_path / "large.md").write_bytes(b"|" * (MAX_BYTES + 1))
    assert "larger than 2 MB" in refusal(tmp_path / "large.md")
    (tmp_path / "old.xls").write_bytes(b"")
    assert "save it as .md or .xlsx or .csv" in refusal(tmp_path / "old.xls")
    (tmp_path / "latin.md").write_bytes(b"| caf\xe9 |")
    assert "UTF-8" in refusal(tmp_path / "latin.md")
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert "damaged or no .xlsx file" in refusal(tmp_path / "text.xlsx")


def test_too_many_sheets_or_rows_are_refused(tmp_path):
    """A file of more sheets or rows than anybody needs is refused, not read."""
    assert "more than 30 sheets" in refusal(workbook(tmp_path / "a.xlsx", sheets=31))
    (tmp_path / "a.csv").write_text("name\n" + "a\n" * (MAX_ROWS + 1))
    assert "more than 20000 rows" in refusal(tmp_path / "a.csv")
    (tmp_path / "a.md").write_text("| s | |\n" * 21)
    assert "more than 20 tables" in refusal(tmp_path / "a.md")


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    """A workbook that would unpack to far more than it weighs is refused before it is unpacked."""
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", bytes(60_000_000))
    assert path.stat().st_size < MAX_BYTES
    assert "unpacks to more than" in refusal(path)


def test_xml_entities_are_not_expanded(tmp_path):
    """A workbook whose XML defines entities, which can multiply, is refused."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    for member in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"):
        path = repacked(workbook(tmp_path / "a.xlsx"), member, lambda xml: bomb + xml.partition(b"?>")[2])
        assert "damaged" in refusal(path)


def test_a_row_numbered_absurdly_high_does_not_hang(tmp_path):
    """A sheet that claims a row far beyond what spreadsheets have is read up to there and no further."""
    path = workbook(tmp_path / "a.xlsx")
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"'))
    assert read_sheets(path, KINDS)[0].rows == ()


@JUNK
@given(junk=st.binary(max_size=400), suffix=st.sampled_from(KINDS))
def test_junk_never_ends_in_a_traceback(junk, suffix, tmp_path):
    """Whatever bytes a file holds, it is read or refused."""
    path = tmp_path / f"junk{suffix}"
    path.write_bytes(junk)
    assert outcome(path).isprintable()


@JUNK
@given(changes=st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_workbook_never_ends_in_a_traceback(changes, tmp_path):
    """A workbook with some of its bytes changed is read or refused."""
    path = workbook(tmp_path / "a.xlsx")
    body = bytearray(path.read_bytes())
    for place, byte in changes:
        body[place % len(body)] = byte
    path.write_bytes(body)
    assert outcome(path).isprintable()


def test_a_fault_reads_as_one_line():
    """A fault is told as sheet, row, column and what to do, with nothing invisible or endless in it."""
    assert str(SheetFault("survey", 3, "name", "write another")) == "survey, row 3, column name: write another"
    assert str(SheetFault("card.md", None, "", "empty")) == "card.md: empty"
    assert str(SheetFault("a\x1b[31m" + "b" * 90, 1, "", "x")) == f"a\N{REPLACEMENT CHARACTER}[31m{'b' * 33}…, row 1: x"


def test_only_what_can_be_shown_is_taken_as_text():
    """A text for people isn't empty, too long or invisibly odd; Khmer's own joiners are no fault."""
    assert fault_in_text("ភូមិ\u200bថ្មី", 60) is None
    assert fault_in_text("", 60) == "is empty: write the text"
    assert fault_in_text("abc", 2) == "has 3 characters: shorten it to 2 or fewer"
    assert fault_in_text("a\u202eb", 60) == "holds the invisible character U+202E: take it out"
