"""Names of places and service points, as people know them."""

import re

from scorecard.card import Criterion, Service, Words
from scorecard.place import Location, Place, PlaceKind
from scorecard.spelling import says_kind, without_short_kind
from wording.catalogue import Wording

_KHMER_LETTER = re.compile("[\u1780-\u17b3]")
_WHAT = "\0"


def place_name(place: Place, language: str) -> str:
    """A place's own name, without its kind."""
    return place.km if language == "km" else place.en


def location_name(location: Location, say: Wording) -> str:
    """A commune or village with its district and province, each with its kind."""
    whole = say.plain(
        "{commune}, {district}, {province}",
        commune=commune_name(location, say),
        district=_with_kind(location.district, say),
        province=_with_kind(location.province, say),
    )
    if location.village is None:
        return whole
    village = place_name(location.village, say.language)
    return say.plain("{village} village, {commune}", village=village, commune=whole)


def commune_name(location: Location, say: Wording) -> str:
    """A commune alone, with its kind: for where district and province stand already."""
    return _with_kind(location.commune, say)


def service_name(service: Service, say: Wording) -> str:
    """A kind of service; an office by the kind of its commune, where that is known."""
    match service:
        case Service.COMMUNE_OFFICE if say.commune is PlaceKind.SANGKAT:
            return say.plain("Office of the sangkat")
        case Service.COMMUNE_OFFICE if say.commune is not None:
            return say.plain("Office of the commune")
        case Service.COMMUNE_OFFICE:
            return say.plain("Commune office")
        case Service.HEALTH_CENTRE:
            return say.plain("Health centre")
        case Service.PRIMARY_SCHOOL:
            return say.plain("Primary school")


def office_name(location: Location, say: Wording) -> str:
    """The office of a commune, which is named by it."""
    name = place_name(location.commune, say.language)
    if location.commune.kind is PlaceKind.SANGKAT:
        return say.plain("Sangkat office of {name}", name=name)
    return say.plain("Commune office of {name}", name=name)


def point_name(service: Service, km: str, en: str, location: Location, say: Wording) -> str:
    """A service point: its kind, once, and its name; a commune office is named by its commune. Khmer parts no words: a
    blank stands only before a name in other letters.
    """
    if service is Service.COMMUNE_OFFICE:
        return office_name(location, say)
    kind = service_name(service, say)
    name = km if say.language == "km" else en or km
    if says_kind(service, name):
        return name
    name = without_short_kind(service, name)
    if say.language == "km" and not _KHMER_LETTER.match(name):
        return f"{kind} {name}"
    return say.plain("{kind} {name}", kind=kind, name=name)


def asked_about(criterion: Criterion, say: Wording) -> str:
    """What a question asks about, without the frame of it ("How satisfied are you with …?"), which is said once.

    The whole of a question that has another frame. Before the frame may stand what the criterion is called.
    """
    question = say.of_commune(words(criterion.question, say.language))
    before, after = say.plain("How satisfied are you with {what}?", what=_WHAT).split(_WHAT)
    framed = re.fullmatch(rf"(.*?){re.escape(before)}(.+){re.escape(after)}", question, re.IGNORECASE | re.DOTALL)
    if framed is None or framed[1].strip(" ,") not in ("", words(criterion.label, say.language)):
        return question
    return framed[2]


def words(texts: Words, language: str) -> str:
    """A card's text in a language, or in Khmer where the card lacks it."""
    return texts.get(language) or texts["km"]


def _with_kind(place: Place, say: Wording) -> str:
    name = place_name(place, say.language)
    match place.kind:
        case PlaceKind.CAPITAL:
            return say.plain("Phnom Penh")
        case PlaceKind.PROVINCE:
            return say.plain("{province} province", province=name)
        case PlaceKind.SROK:
            return say.plain("{district} district", district=name)
        case PlaceKind.KRONG:
            return say.plain("{district} town", district=name)
        case PlaceKind.KHAN:
            return say.plain("{district} khan", district=name)
        case PlaceKind.KHUM:
            return say.plain("{commune} commune", commune=name)
        case PlaceKind.SANGKAT:
            return say.plain("{commune} sangkat", commune=name)
        case PlaceKind.VILLAGE:
            return say.plain("{village} village", village=name)
