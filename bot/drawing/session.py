"""How sessions and service points are named, in whatever room."""

from datetime import date

from scorecard.place import ServicePoint
from scorecard.session import Session
from wording.catalogue import Wording
from wording.names import commune_name, place_name, point_name
from wording.numerals import moment, weekday


def session_name(session: Session, say: Wording) -> str:
    """A session as a button names it: by its place and its end, for there may be two in one place."""
    place = commune_name(session.location, say)
    if session.location.village is not None:
        place = say.plain(
            "{village} village, {commune}", village=place_name(session.location.village, say.language), commune=place
        )
    return f"{place} · {moment(session.closes_at, say.language)}"


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
