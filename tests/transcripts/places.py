"""The communes of the transcripts, with villages, health centres and schools. Of Roluos no village is known."""

from scorecard.card import Service
from scorecard.place import NewPoint, Place

COMMUNES = {"Norea": "020802", "Rumchek": "170304", "Roluos": "120518"}
VILLAGES = {"Balat": "02080203", "Ta Kok": "02080204"}

PLACES = (
    Place("02", "បាត់ដំបង", "Battambang"),
    Place("0208", "សង្កែ", "Sangkae"),
    Place("020802", "នរា", "Norea"),
    Place("02080203", "បាឡាត់", "Balat"),
    Place("02080204", "តាកុក", "Ta Kok"),
    Place("17", "សៀមរាប", "Siemreap"),
    Place("1703", "បន្ទាយស្រី", "Banteay Srei"),
    Place("170304", "រំចេក", "Rumchek"),
    Place("17030402", "សាលាក្រវ៉ាន់", "Sala Kravan"),
    Place("17030403", "រវៀងតាទុំ", "Rovieng Ta Tum"),
    Place("12", "រាជធានីភ្នំពេញ", "Phnom Penh"),
    Place("1205", "ដង្កោ", "Dangkao"),
    Place("120518", "រលួស", "Roluos"),
)

_POINTS = {
    "office": (Service.COMMUNE_OFFICE, "", ""),
    "health centre": (Service.HEALTH_CENTRE, "នរា", "Norea"),
    "school Balat": (Service.PRIMARY_SCHOOL, "បាឡាត់", "Balat"),
    "school Ta Kok": (Service.PRIMARY_SCHOOL, "តាកុក", "Ta Kok"),
}


def code_of(name: str) -> str:
    """The code of a commune or village by the name that steps use."""
    return COMMUNES.get(name) or VILLAGES[name]


def point(name: str, commune: str) -> NewPoint:
    """A service point of a commune by the name that steps use."""
    service, km, en = _POINTS[name]
    return NewPoint(commune, service, km, en)
