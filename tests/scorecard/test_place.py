"""Places: what they are called on their level."""

import pytest

from scorecard.place import Place, PlaceKind, PlaceLevel


@pytest.mark.parametrize(
    ("code", "level", "kind"),
    [
        ("02", PlaceLevel.PROVINCE, PlaceKind.PROVINCE),
        ("12", PlaceLevel.PROVINCE, PlaceKind.CAPITAL),
        ("0208", PlaceLevel.DISTRICT, PlaceKind.SROK),
        ("0203", PlaceLevel.DISTRICT, PlaceKind.KRONG),
        ("1205", PlaceLevel.DISTRICT, PlaceKind.KHAN),
        ("020802", PlaceLevel.COMMUNE, PlaceKind.KHUM),
        ("020301", PlaceLevel.COMMUNE, PlaceKind.SANGKAT),
        ("120518", PlaceLevel.COMMUNE, PlaceKind.SANGKAT),
        ("02080203", PlaceLevel.VILLAGE, PlaceKind.VILLAGE),
    ],
)
def test_a_code_tells_level_and_kind(code: str, level: PlaceLevel, kind: PlaceKind) -> None:
    """Communes of a srok are khums, those of a krong or khan sangkats."""
    place = Place(code, "ក", "A")
    assert (place.level, place.kind) == (level, kind)


def test_a_kind_that_is_given_stays() -> None:
    """A srok that became a krong after the list is what whoever made it known says."""
    assert Place("0208", "ក", "A", PlaceKind.KRONG).kind is PlaceKind.KRONG
    assert Place("0208", "ក", "A", PlaceKind.SROK) == Place("0208", "ក", "A")
