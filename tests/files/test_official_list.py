"""The official list of places, and how it lies over those shipped."""

import pytest
from ncdd import TAKEO, written

from files.faults import FaultyFileError
from files.official_list import read_official_list
from files.places import laid_over, shipped_places
from scorecard.place import Place, PlaceKind

SHIPPED = shipped_places()


def read(path):
    return read_official_list(path, SHIPPED)


def test_a_provinces_list_is_read_as_it_is_downloaded(tmp_path):
    """Codes get their zero back, names lose quotes and a second kind, and a town's communes are sangkats."""
    listed = read(written(tmp_path / "takeo.xlsx", *TAKEO))
    assert listed.notes == ()
    assert listed.places == (
        Place("21", "តាកែវ", "Takeo"),
        Place("2106", "ព្រៃកប្បាស", "Prey Kabbas", PlaceKind.SROK),
        Place("210601", "អង្កាញ់", "Angkanh", PlaceKind.KHUM),
        Place("21060101", "ប្រសូត្រ ក", "Prasoutr Ka"),
        Place("21060102", "១០មករា", "Dab Meakkakra"),
        Place("2108", "ដូនកែវ", "Doun Kaev", PlaceKind.KRONG),
        Place("210801", "បារាយណ៍", "Baray", PlaceKind.SANGKAT),
    )


def test_a_code_without_its_zero_and_a_type_that_is_missing(tmp_path):
    """As in the list of a province below ten; a district without a type is what its code says."""
    rows = [[None, 110, "ប៉ោយប៉ែត", "Paoy Paet"], ["សង្កាត់", 11001, "និមិត្ត", "Nimitt"], ["ភូមិ", "01100101", "ខ", "B"]]
    listed = read(written(tmp_path / "list.xlsx", *rows))
    assert [(place.code, place.kind) for place in listed.places[1:]] == [
        ("0110", PlaceKind.KRONG),
        ("011001", PlaceKind.SANGKAT),
        ("01100101", PlaceKind.VILLAGE),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["ភូមិ", None, "ក", "A"], '"" is no code'),
        (["ភូមិ", "21-06", "ក", "A"], '"21-06" is no code'),
        (["ភូមិ", 210601, "ក", "A"], "210601 can't be the code of a village"),
        (["ភូមិ", 21060101, "ក", "A"], "21060101 stands further up already, as ប្រសូត្រ ក"),
        (["ភូមិ", 21069901, "ក", "A"], "21069901 lies in 210699, which does not stand before it"),
        (["ស្រុក", 9901, "ក", "A"], "9901 lies in 99, which does not stand before it"),
        (["ភូមិ", 21060103, None, None], "the name of 21060103 is empty: write the text"),
        (["ភូមិ", 21060103, "ក\u202eខ", "A"], "the name of 21060103 holds the invisible character"),
    ],
)
def test_a_row_that_cant_be_right_is_passed_over_and_said(row, why, tmp_path):
    """One such row keeps nobody from using the other thousands."""
    listed = read(written(tmp_path / "takeo.xlsx", *TAKEO, row))
    assert len(listed.places) == len(TAKEO) + 1
    (note,) = listed.notes
    assert str(note).startswith(f"Sheet, row 10, column code: passed over: {why}")


def test_one_name_twice_in_a_district_is_said(tmp_path):
    """It is kept as it stands, for the list is the official one."""
    listed = read(written(tmp_path / "takeo.xlsx", *TAKEO, ["ឃុំ", 210602, "អង្កាញ់", "Angkanh"]))
    assert len(listed.places) == len(TAKEO) + 2
    assert "210601 and 210602 are both called អង្កាញ់" in str(listed.notes[0])


@pytest.mark.parametrize("rows", [[], [["ស្រុក", 2106, "ព្រៃកប្បាស", "Prey Kabbas"]], [["ក", "ខ", "គ", "ឃ"]]])
def test_a_file_without_communes_is_refused(rows, tmp_path):
    """Nothing is laid over the places in use by mistake."""
    with pytest.raises(FaultyFileError):
        read(written(tmp_path / "list.xlsx", *rows))


def test_a_file_that_is_something_else_is_refused(tmp_path):
    """A list of service points is no list of places."""
    (tmp_path / "list.csv").write_text("commune,service,name_km\n010201,hc,ក\n", encoding="utf-8")
    with pytest.raises(FaultyFileError, match="no list of places: it has the columns Type, Code"):
        read(tmp_path / "list.csv")


def test_a_list_takes_the_place_of_a_whole_province(tmp_path):
    """What it has not is there no more; other provinces stay, and each says which list it is from."""
    listed = read(written(tmp_path / "takeo.xlsx", *TAKEO))
    after = laid_over(SHIPPED, listed.places, {"21": "a list of 2030"})
    assert [code for code in after.communes if code.startswith("21")] == ["210601", "210801"]
    assert [village.km for village in after.villages_of("210601")] == ["ប្រសូត្រ ក", "១០មករា"]
    assert after.find("210801").district.kind is PlaceKind.KRONG
    assert {code for code in after.communes if code[:2] != "21"} == {c for c in SHIPPED.communes if c[:2] != "21"}
    assert after.villages_of("010201") == SHIPPED.villages_of("010201")
    assert (after.sources["21"], after.sources["01"]) == ("a list of 2030", SHIPPED.sources["01"])
