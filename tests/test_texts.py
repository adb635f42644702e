"""The spreadsheet of all texts: what a native speaker writes into it comes into the catalogue, and nothing else."""

import sys
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))

from texts import BETTER, ENGLISH, HEADERS, RIGHT, TO_REVIEW, FaultError, read_catalogue, read_sheet, take, write_sheet

WHO, DAY = "Sok Dara", date(2026, 12, 1)
PLAIN, WITH_VALUES = "Tell the group", "Code: {code}"


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "texts.xlsx"
    write_sheet(path, {PLAIN: "Opened"})
    return path


def fill_in(path, cells):
    """Fill in cells of the rows with these texts, and save the sheet as a spreadsheet program does."""
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        for column, value in cells.get(row[ENGLISH].value, {}).items():
            row[column].value = value
    book.save(path)


def text(catalogue, english):
    return next(one for one in catalogue if one.id == english)


def test_every_text_is_in_it_once(sheet):
    """As a row each, with what it is now, and where it stands; what is to be reviewed comes first."""
    rows = list(load_workbook(sheet).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == HEADERS
    assert sorted(row[ENGLISH] for row in rows[1:]) == sorted(one.id for one in read_catalogue() if one.id)
    states = [TO_REVIEW in (row[-1] or "") for row in rows[1:]]
    assert states == sorted(states, reverse=True)
    assert next(row[4] for row in rows if row[ENGLISH] == PLAIN) == "Opened"


def test_what_was_filled_in_is_taken(sheet):
    """A better text takes the other's place, one that is right stays; both say who looked at them, and when."""
    catalogue = read_catalogue()
    before = deepcopy({one.id: (one.string, tuple(one.user_comments)) for one in catalogue if one.id})
    fill_in(sheet, {PLAIN: {BETTER: " ប្រាប់គេ "}, WITH_VALUES: {RIGHT: "x"}})
    assert take(catalogue, read_sheet(sheet), WHO, DAY) == 2
    assert text(catalogue, PLAIN).string == "ប្រាប់គេ"
    assert text(catalogue, WITH_VALUES).string == before[WITH_VALUES][0]
    for one in (PLAIN, WITH_VALUES):
        assert text(catalogue, one).user_comments == ["reviewed: Sok Dara, 2026-12-01"]
    others = {one.id: (one.string, tuple(one.user_comments)) for one in catalogue if one.id}
    assert all(others[id_] == before[id_] for id_ in before if id_ not in {PLAIN, WITH_VALUES})


@pytest.mark.parametrize("better", ["លេខកូដ", "លេខកូដ {kode}", "<b>{code}</b>", "{code} {code}"])
def test_what_would_break_a_screen_is_refused(sheet, better):
    """Places for values and tags must be those of the English text; nothing at all is taken then, and the row named."""
    catalogue = read_catalogue()
    fill_in(sheet, {PLAIN: {BETTER: "ប្រាប់គេ"}, WITH_VALUES: {BETTER: better}})
    with pytest.raises(FaultError, match=r"^row \d+: must hold \{code\}, as in English$"):
        take(catalogue, read_sheet(sheet), WHO, DAY)
    assert text(catalogue, PLAIN).string != "ប្រាប់គេ"


def test_a_sheet_of_an_earlier_day(sheet):
    """A text that is gone, or has changed since, is named; what somebody else decided is not written over."""
    catalogue = read_catalogue()
    fill_in(sheet, {PLAIN: {RIGHT: "x"}, WITH_VALUES: {RIGHT: "x"}})
    text(catalogue, PLAIN).string = "ផ្សេង"
    with pytest.raises(FaultError, match=r"^row \d+: the text has changed since the sheet was made$"):
        take(catalogue, read_sheet(sheet), WHO, DAY)


def test_another_sheet(tmp_path, sheet):
    """A spreadsheet with other headers is none of ours."""
    book = load_workbook(sheet)
    book.worksheets[0]["A1"] = "Name"
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(FaultError, match="headers"):
        read_sheet(tmp_path / "other.xlsx")
