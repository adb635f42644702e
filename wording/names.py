"""Names of places and service points, as people know them."""

import re

from scorecard.card import Service, Words
from scorecard.place import Location, Place
from scorecard.spelling import says_kind, without_short_kind
from wording.catalogue import Wording

PHNOM_PENH_PROVINCE = "12"

_KHMER_LETTER = re.compile("[\u1780-\u17b3]")


def place_name(place: Place, language: str) -> str:
    """A place's own name, without its kind."""
    return place.km if language == "km" else place.en


def location_name(location: Location, say: Wording) -> str:
    """A commune or village with its district and province. In the capital the kinds have other names."""
    names = {
        "commune": place_name(location.commune, say.language),
        "district": place_name(location.district, say.language),
        "province": place_name(location.province, say.language),
    }
    if location.province.code == PHNOM_PENH_PROVINCE:
        whole = say.plain("{commune} sangkat, {district} khan, Phnom Penh", **names)
    else:
        whole = say.plain("{commune} commune, {district} district, {province} province", **names)
    if location.village is None:
        return whole
    village = place_name(location.village, say.language)
    return say.plain("{village} village, {commune}", village=village, commune=whole)


def commune_name(location: Location, say: Wording) -> str:
    """A commune alone, with its kind: for where district and province stand already."""
    name = place_name(location.commune, say.language)
    if location.province.code == PHNOM_PENH_PROVINCE:
        return say.plain("{commune} sangkat", commune=name)
    return say.plain("{commune} commune", commune=name)


def service_name(service: Service, say: Wording) -> str:
    """A kind of service."""
    match service:
        case Service.COMMUNE_OFFICE:
            return say.plain("Commune office")
        case Service.HEALTH_CENTRE:
            return say.plain("Health centre")
        case Service.PRIMARY_SCHOOL:
            return say.plain("Primary school")


def point_name(service: Service, km: str, en: str, location: Location, say: Wording) -> str:
    """A service point: its kind, once, and its name; a commune office is named by its commune. Khmer parts no words: a
    blank stands only before a name in other letters.
    """
    kind = service_name(service, say)
    if service is Service.COMMUNE_OFFICE:
        return say.plain("{kind} of {name}", kind=kind, name=place_name(location.commune, say.language))
    name = km if say.language == "km" else en or km
    if says_kind(service, name):
        return name
    name = without_short_kind(service, name)
    if say.language == "km" and not _KHMER_LETTER.match(name):
        return f"{kind} {name}"
    return say.plain("{kind} {name}", kind=kind, name=name)


def words(texts: Words, language: str) -> str:
    """A card's text in a language, or in Khmer where the card lacks it."""
    return texts.get(language) or texts["km"]
