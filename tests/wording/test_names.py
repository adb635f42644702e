"""Names of places with what they are called, and of service points as Khmer writes them."""

import pytest

from scorecard.card import Service
from scorecard.place import Location, Place
from wording.catalogue import Wording
from wording.names import commune_name, location_name, point_name

KHUM = Location(Place("02", "បាត់ដំបង", "Battambang"), Place("0208", "សង្កែ", "Sangkae"), Place("020803", "នរា", "Norea"))
IN_A_TOWN = Location(
    Place("02", "បាត់ដំបង", "Battambang"), Place("0203", "បាត់ដំបង", "Battambang"), Place("020301", "ទួលតាឯក", "Tuol Ta Aek")
)
IN_THE_CAPITAL = Location(
    Place("12", "ភ្នំពេញ", "Phnom Penh"), Place("1205", "ដង្កោ", "Dangkao"), Place("120501", "ដង្កោ", "Dangkao")
)
SAID = {
    "khum": (
        KHUM,
        "ឃុំនរា ស្រុកសង្កែ ខេត្តបាត់ដំបង",
        "Norea commune, Sangkae district, Battambang province",
        "រដ្ឋបាលឃុំនរា",
        "Commune office of Norea",
    ),
    "town": (
        IN_A_TOWN,
        "សង្កាត់ទួលតាឯក ក្រុងបាត់ដំបង ខេត្តបាត់ដំបង",
        "Tuol Ta Aek sangkat, Battambang town, Battambang province",
        "រដ្ឋបាលសង្កាត់ទួលតាឯក",
        "Sangkat office of Tuol Ta Aek",
    ),
    "capital": (
        IN_THE_CAPITAL,
        "សង្កាត់ដង្កោ ខណ្ឌដង្កោ រាជធានីភ្នំពេញ",
        "Dangkao sangkat, Dangkao khan, Phnom Penh",
        "រដ្ឋបាលសង្កាត់ដង្កោ",
        "Sangkat office of Dangkao",
    ),
}


@pytest.mark.parametrize("where", SAID)
def test_places_are_called_what_they_are(where: str) -> None:
    """Khum and srok; sangkat and krong; sangkat, khan and capital. The office is named by its commune's kind."""
    location, km, en, office_km, office_en = SAID[where]
    for language, whole, office in (("km", km, office_km), ("en", en, office_en)):
        say = Wording(language)
        assert location_name(location, say) == whole
        assert whole.startswith(commune_name(location, say))
        assert point_name(Service.COMMUNE_OFFICE, "", "", location, say) == office


@pytest.mark.parametrize(
    ("km", "said"),
    [("អង្គរ", "មណ្ឌលសុខភាពអង្គរ"), ("Angkor", "មណ្ឌលសុខភាព Angkor"), ("១២", "មណ្ឌលសុខភាព ១២"), ("មណ្ឌលសុខភាព អង្គរ",) * 2],
)
def test_khmer_parts_no_words(km: str, said: str) -> None:
    """Between kind and name a blank stands only before other letters; what somebody wrote with its kind stays."""
    assert point_name(Service.HEALTH_CENTRE, km, "", KHUM, Wording("km")) == said


def test_texts_name_the_kind_that_is_spoken_of() -> None:
    """Of a place that is known they do not leave open what it is; of none, or of several, they name both."""
    message, say = (
        "The commune sees only what 8 or more people said together; fewer, and nothing is shown.",
        Wording("km"),
    )
    assert say.plain(message).startswith("ឃុំ/សង្កាត់ឃើញ")
    assert say.at(KHUM).plain(message).startswith("ឃុំឃើញ")
    assert say.at(IN_A_TOWN).plain(message).startswith("សង្កាត់ឃើញ")
    assert Wording("en").at(IN_A_TOWN).plain(message) == message
