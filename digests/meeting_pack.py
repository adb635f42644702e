"""The meeting pack: what a facilitator prints for a meeting. In one language, on A4.

A page to put up, with the QR code and the typed code; one that is read aloud at the beginning; then for each
service point leaves with the questions on the front and a sheet for counting on the back; and, to be cut up, the
faces to hold up and small ballots to mark, fold and put into a box.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from digests.poster_parts import name
from digests.qr import modules
from digests.typeset import Paper, typeset
from scorecard.card import SCALE, Criterion, Service
from scorecard.payload import spaced
from scorecard.place import PlaceKind
from scorecard.session import Session
from wording.catalogue import Wording
from wording.names import location_name, place_name, words
from wording.numerals import PHNOM_PENH, digits, in_a_row, moment, weekday

TEMPLATE = "meeting_pack.typ"

MOST_ON_A_PAGE = 9
"""Criteria on one page: more would be too small to read out in the shade of a tree, and to write beside."""


def meeting_pack(session: Session, link: str, code: str, language: str) -> bytes:
    """A PDF for one session, with the link and the code that people come in by. Takes its time: call it in a thread."""
    return typeset(TEMPLATE, {"language": language, "pages": pages(session, link, code, language)}, Paper.A4)


def pages(session: Session, link: str, code: str, language: str) -> list[dict[str, Any]]:
    """What stands on each page, as data for the template."""
    say = Wording(language).at(session.location)
    leaves = tuple(_leaves(session, code, say))
    cut_up = (_faces(say), *(_ballots(leaf, say) for leaf in leaves if leaf["kind"] == "reading"))
    all_ = (_invitation(session, link, code, say), _script(session, say), *leaves, *cut_up)
    place = location_name(session.location, say)
    return [
        {**page, "place": place, "page": say.plain("Page {number} of {of}", number=number, of=len(all_))}
        for number, page in enumerate(all_, start=1)
    ]


def file_name(session: Session) -> str:
    """What the PDF is called: the place's code and the day of closing, in ASCII."""
    return f"meeting-{session.location.code}-{session.closes_at.astimezone(PHNOM_PENH):%Y-%m-%d}.pdf"


def _invitation(session: Session, link: str, code: str, say: Wording) -> dict[str, Any]:
    services = " · ".join(name(point, say) for point in session.points)
    return {
        "kind": "invitation",
        "heading": say.plain("How satisfied are you with your services?"),
        "services": say.plain("You score: {services}", services=services),
        "qr": modules(link),
        "steps": [
            {"number": digits(number, say.language), "words": step}
            for number, step in enumerate(
                (
                    say.plain("Point your phone’s camera at the square. Tap the link."),
                    say.plain("Telegram opens. Tap “Start”."),
                    say.plain("For each question, tap the face that fits."),
                ),
                start=1,
            )
        ],
        "by_code": say.plain("No camera? In Telegram, send @{bot} this code:", bot=urlsplit(link).path.strip("/")),
        "code": [list(group) for group in spaced(code).split()],
        "closing": say.plain("Scoring closes: {moment}.", moment=moment(session.closes_at, say.language)),
        "promise": say.plain("It takes about {minutes} minutes and no names are shown.", minutes=session.minutes),
    }


def _script(session: Session, say: Wording) -> dict[str, Any]:
    """What is said at the beginning: the promises of the privacy notice, no more and no less."""
    services = in_a_row(
        [_spoken(service, say) for service in dict.fromkeys(p.service for p in session.points)], say.language
    )
    return {
        "kind": "script",
        "heading": say.plain("To read aloud before people begin"),
        "how": say.plain("It takes one minute. Please say all of it, as it stands here."),
        "phrases": [
            say.plain(
                "Hello, thank you for coming. Today you can say how satisfied you are with your {services}.",
                services=services,
            ),
            say.plain("You choose whether to take part. Stop at any time; what you sent still counts."),
            say.plain(
                "We keep no names, only your Telegram account’s number and language. "
                "Nobody in the commune sees your answers, nor do I."
            ),
            say.plain("Until we close, only those running the server could find out who answered what; then nobody."),
            say.plain("Telegram, and whoever uses your phone or account, can see the chat."),
            say.plain("The commune sees only what 8 or more people said together; fewer, and nothing is shown."),
            say.plain("Scan the square or send the code. Tap a face for each question, or “don’t know”."),
            say.plain("Please do not score where you work."),
            _end(session, say),
        ],
    }


def _end(session: Session, say: Wording) -> str:
    """When it closes, and when its group sees what comes out."""
    closes = moment(session.closes_at, say.language)
    if session.shown_on is None:
        return say.plain("We close {moment}. The result comes to the commune’s group. Thank you!", moment=closes)
    return say.plain(
        "We close {moment}. The result comes to the commune’s group on {day}, or earlier. Thank you!",
        moment=closes,
        day=weekday(session.shown_on, say.language),
    )


def _spoken(service: Service, say: Wording) -> str:
    """A kind of service within a sentence."""
    match service:
        case Service.COMMUNE_OFFICE if say.commune is PlaceKind.SANGKAT:
            return say.plain("sangkat office")
        case Service.COMMUNE_OFFICE:
            return say.plain("commune office")
        case Service.HEALTH_CENTRE:
            return say.plain("health centre")
        case Service.PRIMARY_SCHOOL:
            return say.plain("primary school")


def _leaves(session: Session, code: str, say: Wording) -> Iterator[dict[str, Any]]:
    """For each service point the questions, and on the back of each page of them its counting sheet."""
    village = session.location.village
    for point in session.points:
        numbers = count(1)
        for asked in _in_pages(point.criteria):
            criteria = [
                {
                    "number": digits(next(numbers), say.language),
                    "label": words(criterion.label, say.language),
                    "question": say.of_commune(words(criterion.question, say.language)),
                    "sign": criterion.sign,
                }
                for criterion in asked
            ]
            both = {"point": name(point, say), "scale": _scale(say), "criteria": criteria}
            yield {
                "kind": "reading",
                "how": say.plain("Read each question aloud, slowly, twice. Hold up the faces."),
                **both,
            }
            yield {
                "kind": "counting",
                "heading": say.plain("Counting the ballots"),
                "session": say.plain("Session {code} · round {round}", code=spaced(code), round=int(session.round)),
                "total": say.plain("Total"),
                "how": [
                    say.plain("Give everybody one ballot and a pencil. Read each question and show its sign."),
                    say.plain(
                        "People mark one face in each row, alone, where nobody looks on. They fold the ballot and put "
                        "it into the box."
                    ),
                    say.plain(
                        "When all are in the box: shake it, unfold the ballots, count the marks, write the "
                        "figures here."
                    ),
                    say.plain("No ballots? Six covered bowls and a pebble for each person and question will do."),
                ],
                "note": say.plain(
                    "Write no names here. What fewer than 8 people said will not be shown. Please keep this sheet."
                ),
                "lines": [
                    {"words": say.plain("Date"), "value": ""},
                    {"words": say.plain("Village"), "value": place_name(village, say.language) if village else ""},
                    {"words": say.plain("People who took part"), "value": ""},
                    {"words": say.plain("of them women"), "value": ""},
                    {"words": say.plain("of them aged 15–30"), "value": ""},
                ],
                **both,
            }


def _faces(say: Wording) -> dict[str, Any]:
    """The faces on a page of their own."""
    return {
        "kind": "faces",
        "how": say.plain("To cut out and hold up. Please print on one side only."),
        "scale": _scale(say),
    }


def _ballots(leaf: dict[str, Any], say: Wording) -> dict[str, Any]:
    """A page of ballots, all alike, for the questions on a leaf."""
    how = say.plain("Ballots to cut out, one for each person. Please print on one side only, as often as needed.")
    return {"kind": "ballots", "how": how, "point": leaf["point"], "criteria": leaf["criteria"]}


def _in_pages(criteria: Sequence[Criterion]) -> Iterator[Sequence[Criterion]]:
    """As few pages as will do, equally full."""
    each = ceil(len(criteria) / ceil(len(criteria) / MOST_ON_A_PAGE))
    return (criteria[first : first + each] for first in range(0, len(criteria), each))


def _scale(say: Wording) -> list[dict[str, str]]:
    """What each face means, and last what stands for none of them."""
    meanings = (
        say.plain("Very dissatisfied"),
        say.plain("Dissatisfied"),
        say.plain("Acceptable"),
        say.plain("Satisfied"),
        say.plain("Very satisfied"),
    )
    faces = [
        {"digit": digits(score, say.language), "words": meaning} for score, meaning in zip(SCALE, meanings, strict=True)
    ]
    return [*faces, {"digit": "", "words": say.plain("Don’t know, or never used")}]
