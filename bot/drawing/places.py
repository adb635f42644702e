"""How communes are offered, and names of service points asked for, in whatever room."""

from bot.drawing.layout import Button, Row
from scorecard.card import Service
from scorecard.place import Location
from wording.catalogue import Wording
from wording.names import location_name


def communes(places: tuple[Location, ...], say: Wording) -> tuple[Row, ...]:
    """A button for each."""
    return tuple((Button(location_name(place, say), value=place.code),) for place in places)


def write_name(service: Service, say: Wording) -> str:
    """What somebody is asked to write."""
    if service is Service.HEALTH_CENTRE:
        return say("Please write the name of the health centre, and send it.")
    return say("Please write the name of the primary school, and send it.")
