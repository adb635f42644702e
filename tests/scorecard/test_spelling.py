"""When two spellings are one name, and where a name says what kind of service it is."""

import pytest

from scorecard.card import Service
from scorecard.spelling import folded, same_point, says_kind, without_short_kind


def same(name: str, other: str) -> bool:
    """Whether people would take two names for the same."""
    return folded(name) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("អណ្តូងទឹក", "អណ្ដូងទឹក"),
        ("ស្ត្រី", "ស្រ្តី"),
        ("កើត", "កេីត"),
        ("កោះ", "កេាះ"),
        ("ទុំ", "ទំុ"),
        ("ភូមិ ថ្មី", "ភូមិ\u200bថ្មី"),
        ("ទី ១", "ទី1"),
        ("Bat Trang", "BAT  TRANG"),
        ("Ta Kok", "ta-kok"),
        ("Wat Bo (new)", "Wat Bo new"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_what_looks_the_same_is_the_same(one: str, other: str) -> None:
    """However it was typed: feet that look alike, signs in another order, two for one, blanks, digits, capitals."""
    assert one != other
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ដា", "តា"), ("កក", "ក្ក"), ("ទុំ", "ទុំា"), ("ទី១", "ទី២"), ("Ta Kok", "Ta Kos"), ("Wat Bo", "Wat Bo 2")],
)
def test_what_looks_another_way_is_another(one: str, other: str) -> None:
    """Only what can't be told apart is folded: TA and DA are two letters where they stand alone."""
    assert not same(one, other)


HC, PS = Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL


@pytest.mark.parametrize(
    ("service", "name", "in_full", "bare"),
    [
        (PS, "បឋមសិក្សាអណ្តូងទឹក", True, "បឋមសិក្សាអណ្តូងទឹក"),
        (PS, "សាលា\u200bបឋមសិក្សា អណ្ដូងទឹក", True, "សាលា\u200bបឋមសិក្សា អណ្ដូងទឹក"),
        (PS, "Andaung Tuek PRIMARY SCHOOL", True, "Andaung Tuek PRIMARY SCHOOL"),
        (PS, "P.S. Andaung Tuek", False, "Andaung Tuek"),
        (PS, "Andaung Tuek PS", False, "Andaung Tuek"),
        (PS, "Andaung Tuek School", False, "Andaung Tuek"),
        (PS, "School", False, "School"),
        (PS, "សាលាក្រវ៉ាន់", False, "សាលាក្រវ៉ាន់"),
        (PS, "Psar Thmei", False, "Psar Thmei"),
        (HC, "Andaung Tuek Health Centre", True, "Andaung Tuek Health Centre"),
        (HC, "HC Andaung Tuek", False, "Andaung Tuek"),
        (HC, "Andaung Tuek H.C.", False, "Andaung Tuek"),
        (HC, "Andaung Tuek Primary School", False, "Andaung Tuek Primary School"),
    ],
)
def test_a_kind_in_a_name_is_found(service: Service, name: str, in_full: bool, bare: str) -> None:
    """Its own kind, written in full or hinted at, as a word of its own."""
    assert (says_kind(service, name), without_short_kind(service, name)) == (in_full, bare)


def test_with_its_kind_or_without_it_is_one_service_point() -> None:
    """People write the kind or leave it out, in one list and the next; the commune's office has no name."""
    names = ["អណ្តូងទឹក", "បឋមសិក្សាអណ្ដូងទឹក", "សាលាបឋមសិក្សា អណ្តូងទឹក"]
    assert len({same_point(PS, name) for name in names}) == 1
    assert len({same_point(PS, name) for name in ("Chi Tres P.S.", "Chi Tres primary school", "chi tres")}) == 1
    assert same_point(PS, "Primary School") == folded("Primary School")
    assert same_point(Service.COMMUNE_OFFICE, "") == ""
