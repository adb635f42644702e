"""A person reads a digest alone: what came out, its pictures and, for facilitators, its data."""

from conversations.notices import Notice, ReadDigest, Sorry, Why
from scorecard.role import may_act
from scorecard.session import State
from storage import outbox
from storage.people import Person
from storage.results.post_digest import is_posted
from storage.roles.invitations import communes_of
from storage.session import Held, by_payload, digest_of
from storage.store import Unit

PAPERS = ("a4", "a3")
FORMATS = ("xlsx", "csv", "hxl", "json")


def read_digest(unit: Unit, person: Person, payload: str) -> Notice:
    """The digest of a link: for everybody once it is posted, for facilitators of its commune once it is there."""
    held = _digest_for(unit, person, payload)
    if isinstance(held, Sorry):
        return held
    return ReadDigest(digest_of(unit, held), payload, _is_facilitator(unit, person, held))


def send_poster(unit: Unit, person: Person, detail: str) -> Notice:
    """Have the pictures of one service point sent; `detail` is payload and point."""
    return _send(unit, person, detail, outbox.Kind.POSTER)


def send_wall(unit: Unit, person: Person, detail: str) -> Notice:
    """Have all pictures sent on paper; `detail` is payload and size."""
    return _send(unit, person, detail, outbox.Kind.WALL)


def send_data(unit: Unit, person: Person, detail: str) -> Notice:
    """Have a facilitator sent the figures as a file; `detail` is payload and format."""
    return _send(unit, person, detail, outbox.Kind.DATA)


def _send(unit: Unit, person: Person, detail: str, kind: outbox.Kind) -> Notice:
    payload, _, which = detail.partition(":")
    held = _digest_for(unit, person, payload)
    if isinstance(held, Sorry):
        return held
    facilitator = _is_facilitator(unit, person, held)
    offered = {
        outbox.Kind.POSTER: [str(point.id) for point in held.session.points],
        outbox.Kind.WALL: PAPERS,
        outbox.Kind.DATA: FORMATS if facilitator else (),
    }[kind]
    if which not in offered:
        return Sorry(Why.NOT_YOURS)
    outbox.put(
        unit,
        bot=person.bot,
        chat=person.id,
        kind=kind,
        dedup=f"{kind}:{held.session.id}:{which}:{person.id}",
        language=person.language,
        session=held.session.id,
        detail=which,
    )
    return ReadDigest(digest_of(unit, held), payload, facilitator)


def _digest_for(unit: Unit, person: Person, payload: str) -> Held | Sorry:
    held = by_payload(unit, payload)
    if held is None or held.bot != person.bot:
        return Sorry(Why.NO_SUCH_CODE)
    closed = held.session.state is State.CLOSED
    if closed and (is_posted(unit, held) or _is_facilitator(unit, person, held)):
        return held
    return Sorry(Why.SESSION_OVER if closed else Why.NO_SUCH_CODE)


def _is_facilitator(unit: Unit, person: Person, held: Held) -> bool:
    return may_act(frozenset(communes_of(unit, person.bot, person.id)), held.session.place)
