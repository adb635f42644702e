"""Files of health centres and schools."""

import openpyxl
import pytest
from effort import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from files.faults import FaultyFileError
from files.points import read_points
from scorecard.card import Service
from scorecard.place import MAX_POINT_NAME, NewPoint

HEADINGS = "commune,service,name_km,name_en"


def written(tmp_path, *rows, name="points.csv"):
    path = tmp_path / name
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def faults_of(path):
    with pytest.raises(FaultyFileError) as raised:
        read_points(path)
    return [(fault.sheet, fault.row, fault.column) for fault in raised.value.faults]


def refusal(path):
    """What the file is refused with, or nothing if it is read."""
    try:
        read_points(path)
    except FaultyFileError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_points_come_from_csv(separator, mark, tmp_path):
    """Commas or semicolons, with a BOM or without; words or short keys; one name is enough; the zero is put back."""
    path = written(
        tmp_path,
        mark + HEADINGS,
        "010201,hc,មណ្ឌលសុខភាពបន្ទាយនាង,Banteay Neang",
        "10202,Primary School,,Bat Trang School",
        "០១០២០២,health_centre,បត់ត្រង់,",
    )
    path.write_text(path.read_text().replace(",", separator))
    assert read_points(path).points == (
        NewPoint("010201", Service.HEALTH_CENTRE, "មណ្ឌលសុខភាពបន្ទាយនាង", "Banteay Neang"),
        NewPoint("010202", Service.PRIMARY_SCHOOL, "Bat Trang School", "Bat Trang School"),
        NewPoint("010202", Service.HEALTH_CENTRE, "បត់ត្រង់", ""),
    )


def test_points_come_from_a_workbook(tmp_path):
    """A workbook, in which the code is a figure without its zero, is read sheet after sheet."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS.split(","))
    book.active.append([10201, "ps", "បឋមសិក្សា\u200bបន្ទាយនាង", None])
    more = book.create_sheet("more")
    more.append(["service", "name_en", "commune"])
    more.append(["hc", "Bat Trang", "010202"])
    more.append(["hc", "", "999999"])
    book.save(tmp_path / "points.xlsx")
    assert faults_of(tmp_path / "points.xlsx") == [("more", 3, "commune"), ("more", 3, "name_km")]
    more.delete_rows(3)
    book.save(tmp_path / "points.xlsx")
    assert read_points(tmp_path / "points.xlsx").points == (
        NewPoint("010201", Service.PRIMARY_SCHOOL, "បឋមសិក្សាបន្ទាយនាង", ""),
        NewPoint("010202", Service.HEALTH_CENTRE, "Bat Trang", "Bat Trang"),
    )


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("019999,hc,ក,", "commune", 'no commune has the code "019999"'),
        ("01020101,hc,ក,", "commune", "write the six digits"),
        (",hc,ក,", "commune", "write the six digits"),
        ("010201,shop,ក,", "service", '"shop" is no service'),
        ("010201,,ក,", "service", "write hc (health centre) or ps"),
        ("010201,ca,ក,", "service", "every commune has its office already"),
        ("010201,hc,,", "name_km", "is empty"),
        (f"010201,hc,{'ក' * (MAX_POINT_NAME + 1)},", "name_km", "shorten it to 60"),
        (f"010201,hc,ក,{'a' * (MAX_POINT_NAME + 1)}", "name_en", "shorten it to 60"),
        ("010201,hc,ក,a\x07b", "name_en", "U+0007"),
        ("010201,hc,ក\u202eខ,", "name_km", "U+202E"),
        ("010201,hc,ទី មួយ,Second", "name_km", "further up already (points.csv, row 2) with another English"),
        ("010201,hc,ក,a,stray", "", '"stray" has no heading'),
    ],
)
def test_a_fault_is_found_where_it_is(row, column, said, tmp_path):
    """Each fault names file, row and column, and says what to do."""
    path = written(tmp_path, HEADINGS, "010201,hc,ទីមួយ,First", row)
    with pytest.raises(FaultyFileError) as raised:
        read_points(path)
    (fault,) = raised.value.faults
    assert (fault.sheet, fault.row, fault.column) == ("points.csv", 3, column)
    assert said in fault.message


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        ("service,name_km", "commune"),
        ("commune,name_km", "service"),
        ("commune,service", "name_km"),
        (f"{HEADINGS},phone", "phone"),
        (f"{HEADINGS},service", "service"),
    ],
)
def test_columns_are_those_we_know(headings, column, tmp_path):
    """A column that is missing, unknown or there twice is named."""
    assert ("points.csv", 1, column) in faults_of(written(tmp_path, headings, "010201,hc,ក,a"))


@pytest.mark.parametrize("rows", [[], [HEADINGS]])
def test_a_file_without_rows_says_so(rows, tmp_path):
    """An empty file is a fault, not a success that brings nothing."""
    assert faults_of(written(tmp_path, *rows)) == [("points.csv", None, "")]


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=80), st.text('010201hcps,;\n\t"ក\x00\r', max_size=80)))
def test_no_file_ends_in_a_traceback(text, tmp_path):
    """Whatever text stands below the headings, it is read or refused in one line."""
    path = tmp_path / "points.csv"
    path.write_text(f"{HEADINGS}\n{text}", encoding="utf-8", newline="")
    assert refusal(path).isprintable()
