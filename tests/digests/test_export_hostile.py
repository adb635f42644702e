"""Names that somebody typed are text in every format: no formula, no markup, nothing that a file can't hold."""

import re
import zipfile
from io import BytesIO

import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from reading import book, read
from villages import digest, relabelled

from digests.cells import LONGEST, shortened
from digests.export import Format, export

FORMULAS = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u22121",
    '"=1+1',
    "'=1+1",
    '=HYPERLINK("http://a.b","x")',
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "សាលា;=1+1",
    'សាលា"; =1+1',
    "\u202e=1+1",
)
ALIVE = re.compile(r"(^|;)[\W_]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")


@pytest.mark.parametrize("name", FORMULAS)
def test_no_table_holds_a_formula(name):
    """No cell, and nothing after what some take for a cell's end, begins as a formula may; the rest is kept."""
    for format_ in (Format.CSV, Format.HXL):
        lines = read(export([relabelled(digest(40), name)], format_), format_)
        assert lines
        for line in lines:
            for column in ("commune_km", "village_en", "criterion_km", "criterion_en", "point_en"):
                assert not ALIVE.search(re.sub(r"(^|;)'", r"\1x", line[column])), (column, line[column])
            assert re.sub(r"\W", "", line["criterion_en"]) == re.sub(r"\W", "", name)


@pytest.mark.parametrize("name", FORMULAS)
def test_no_sheet_holds_a_formula(name):
    """In a workbook every name is a string, and stays one when its cell is edited."""
    content = export([relabelled(digest(40), name)], Format.XLSX)
    for sheet in book(content):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "b", "d"}
                assert cell.hyperlink is None
                if cell.data_type == "s" and sheet.title == "Data" and cell.row > 1:
                    assert cell.number_format == "@"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(file).decode() for file in archive.namelist() if "worksheets/sheet" in file]
    assert sheets
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


@pytest.mark.parametrize("name", FORMULAS)
def test_json_keeps_names(name):
    """Where nothing can be taken for a formula, nothing is put before a name."""
    line = read(export([relabelled(digest(40), name)], Format.JSON), Format.JSON)[0]
    assert line["criterion_en"] == " ".join(name.replace("\u202e", "").split())


@pytest.mark.parametrize("name", ["<r><t>a</t></r>", "<r>a</r>", "<r></si><si></r>", "<r>a<r>", "<r>", "</r>"])
def test_no_sheet_takes_a_name_for_markup(name):
    """What the writer of workbooks would put into its file as it is stays a name, and the file whole."""
    some = [relabelled(digest(40), name)]
    found = read(export(some, Format.XLSX), Format.XLSX)
    assert [{k: v and v.rstrip() for k, v in line.items()} for line in found] == read(
        export(some, Format.JSON), Format.JSON
    )


@examples(15)
@example("\ud800\udcff\ufffe\uffff\ufdd0")
@example("\x00\x07\x0b\x1f\x7f\x85\u2028<b>&amp;_x0041_")
@given(st.text(st.characters(exclude_categories=[]), min_size=1, max_size=300))
def test_any_name_makes_a_whole_file(name: str):
    """Control characters, halves of characters, markup, right-to-left: each format is read back, all alike."""
    some = [relabelled(digest(20), f"a{name}")]
    expected = read(export(some, Format.JSON), Format.JSON)
    assert read(export(some, Format.XLSX), Format.XLSX) == expected
    for format_ in (Format.CSV, Format.HXL):
        found = read(export(some, format_), format_)
        assert len(found) == len(expected)
        for line, other in zip(found, expected, strict=True):
            assert {k: v and v.replace("'", "") for k, v in line.items()} == {
                k: v and v.replace("'", "") for k, v in other.items()
            }


@pytest.mark.parametrize("sign", ["a", "ក", "😀"])
def test_a_cell_is_never_too_long(sign):
    """Excel counts in UTF-16 and calls a workbook damaged when a cell is longer than it likes."""
    name = sign * 40_000
    assert len(shortened(name).encode("utf-16-le")) // 2 in {LONGEST, LONGEST - 1}
    sheet = book(export([relabelled(digest(20), name)], Format.XLSX))["Report"]
    assert sheet["T2"].value == shortened(name)
    assert shortened("ក" * 300) == "ក" * 300
