"""A session's link as a picture: shown on a facilitator's phone, passed on, or put on a wall."""

from urllib.parse import urlsplit

import segno

from digests.poster import Picture
from scorecard.payload import spaced
from scorecard.session import Session
from wording.catalogue import Wording
from wording.names import location_name
from wording.numerals import moment


def modules(link: str) -> list[str]:
    """The squares of a QR code, a text of 0 and 1 for each row."""
    return ["".join(str(int(dark)) for dark in row) for row in segno.make_qr(link, error="m").matrix]


def qr_picture(session: Session, link: str, code: str, language: str) -> Picture:
    """The picture, in one language."""
    say = Wording(language).at(session.location)
    data = {
        "language": language,
        "title": say.plain("How satisfied are you with your services?"),
        "place": location_name(session.location, say),
        "qr": modules(link),
        "by_code": say.plain("No camera? In Telegram, send @{bot} this code:", bot=urlsplit(link).path.strip("/")),
        "code": spaced(code),
        "closing": say.plain("Scoring closes: {moment}.", moment=moment(session.closes_at, language)),
    }
    return Picture("qr.typ", data)
