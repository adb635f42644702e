"""Communes found by what somebody remembers of them."""

import pytest

from files.find_communes import find_communes, names_like
from files.places import shipped_places


def codes(query: str) -> list[str]:
    return [location.code for location in find_communes(query)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Banteay Neang", "010201"),
        ("neang BANTEAY", "010201"),
        ("  eay nean ", "010201"),
        ("បន្ទាយនាង", "010201"),
        ("បន្ទាយ\u200bនាង", "010201"),
        ("ឃុំបន្ទាយនាងស្រុកមង្គលបូរី", "010201"),
        ("ឃុំ/សង្កាត់ បន្ទាយនាង", "010201"),
        ("Banteay Neang commune, Mangkul Bourei district", "010201"),
        ("010201", "010201"),
        ("10201", "010201"),
        ("០១០២០១", "010201"),
        ("01020101", "010201"),
        ("Phsar Kandal Paoy", "011003"),
        ("ផ្សារកណ្ដាល ប៉ោយប៉ែត", "011003"),
        ("ផ្សារកណ្តាលទី2", "120206"),
        ("កន្ទឺ១", "020101"),
    ],
)
def test_a_commune_is_found_first(query: str, code: str) -> None:
    """By parts of its name, with its district, in any case and order, by a code, by letters that look the same."""
    assert codes(query)[0] == code


def test_each_is_found_by_what_it_is_called() -> None:
    """By its own names and code, one commune in thirty."""
    for location in tuple(shipped_places().communes.values())[::30]:
        commune, district = location.commune, location.district
        for query in (f"{commune.km} {district.km}", f"{commune.en} {district.en}", commune.code):
            assert location in find_communes(query), query
        assert codes(commune.code) == [commune.code]


def test_its_own_name_goes_before_its_districts() -> None:
    """Who is called just so comes first, then who is called so and more, then whose district or province is."""
    assert codes("Phnum Penh")[:2] == ["130404", "120801"]
    assert {code[:2] for code in codes("Phnum Penh")[2:]} == {"12"}
    assert {code[:4] for code in codes("phnum srok")[:6]} == {"0103"}
    assert codes("0102") == sorted(codes("0102"))
    assert {code[:4] for code in codes("0102")} == {"0102"}


@pytest.mark.parametrize("query", ["", "  ", "ឃុំ", "xyzzy", "999999", "99999999", "Banteay xyzzy", "\x1b[2J"])
def test_what_is_no_commune_is_not_found(query: str) -> None:
    """Nothing, a kind alone in Khmer, what nobody is called, and a word more than there is."""
    assert codes(query) == []


def test_names_that_are_spelled_nearly_so() -> None:
    """There is more than one way to write Khmer in Latin letters; a slip in Khmer is seen as well."""
    assert names_like("Bantey Neng")[0] == "Banteay Neang"
    assert names_like("បន្ទាយនង")[0] == "បន្ទាយនាង"
    assert names_like("Mongkol Borey")[0] == "Mangkul Bourei"
    assert names_like("xyzzy") == ()
