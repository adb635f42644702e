"""Names that people would take for the same."""

import pytest

from scorecard.place import alike


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ta Kok", "ta-kok"),
        ("Ta Kok", "  TA   KOK "),
        ("តា\u200bកុក", "តាកុក"),
        ("វត្តបូព៌ ១", "វត្តបូព៌១"),
        ("Wat Bo (new)", "Wat Bo new"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_the_same_name(name: str, other: str) -> None:
    """Case, spaces, marks between words and signs that nobody sees make no other name."""
    assert alike(name, other)


@pytest.mark.parametrize(("name", "other"), [("Ta Kok", "Ta Kos"), ("វត្តបូព៌ ១", "វត្តបូព៌ ២"), ("Wat Bo", "Wat Bo 2")])
def test_another_name(name: str, other: str) -> None:
    """What people can tell apart stays two."""
    assert not alike(name, other)
