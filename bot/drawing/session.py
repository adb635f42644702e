"""How sessions and service points are named, in whatever room."""

from datetime import date

from scorecard.payload import spaced
from scorecard.place import ServicePoint
from scorecard.session import Session
from wording.catalogue import Wording
from wording.names import commune_name, place_name, point_name
from wording.numerals import moment, short_moment, weekday


def session_name(session: Session, say: Wording) -> str:
    """A session as a screen names it: by its place and its end, for there may be two in one place."""
    return f"{_place(session, say)} · {moment(session.closes_at, say.language)}"


def session_label(session: Session, say: Wording) -> str:
    """A session as a button names it, for phones cut long ones: what tells it apart first, and then its place.

    While it is open that is its code, which stands on its screen and its sheets too; afterwards, when it closed.
    """
    first = short_moment(session.closes_at, say.language) if session.is_closed else spaced(session.code)
    village = session.location.village
    return f"{first} · {_place(session, say) if village is None else place_name(village, say.language)}"


def _place(session: Session, say: Wording) -> str:
    place, village = commune_name(session.location, say), session.location.village
    if village is None:
        return place
    return say.plain("{village} village, {commune}", village=place_name(village, say.language), commune=place)


def closing_line(session: Session, say: Wording) -> str:
    """When a session closes."""
    return say("Scoring closes: {moment}.", moment=moment(session.closes_at, say.language))


def shown_line(shown_on: date | None, say: Wording) -> str:
    """When the commune's group sees what comes out of a session."""
    if shown_on is None:
        return say("What comes out is shown to the commune’s group soon after the scoring has closed.")
    day = weekday(shown_on, say.language)
    return say("What comes out is shown to the commune’s group on {day}, or earlier.", day=day)


def name_of(point: ServicePoint, say: Wording) -> str:
    """A service point as people know it."""
    return point_name(point.service, point.km, point.en, point.location, say)
