"""A person reads a digest alone: what came out, its pictures and, for facilitators, its data."""

from conversations.refusals import NO_SUCH_CODE, NOT_YOURS, SESSION_OVER, Why
from conversations.results.post_digest import ON_ITS_WAY
from conversations.results.read_digest import Data, Poster, ReadDigest, SendData, SendPoster, SendWall, Wall
from scorecard.digest import Digest
from scorecard.role import Act
from storage import outbox
from storage.access import may
from storage.outbox import Post, session_of
from storage.people import Person
from storage.results.digests import digest_of
from storage.results.post_digest import is_posted
from storage.room import Doing, Done, Kind
from storage.session import Held
from storage.unit import Unit

POSTER = Kind("poster")
WALL = Kind("wall")
DATA = Kind("data")

PAPERS = ("a4", "a3")
FORMATS = ("xlsx", "csv", "hxl", "json")


def read_digest(unit: Unit, person: Person, held: Held) -> ReadDigest | Why:
    """A digest: for everybody once it is posted, for facilitators of its commune once it is there."""
    if not may_read(unit, person.bot, person.id, held):
        return NO_SUCH_CODE if held.session.goes_on(unit.sure_now) else SESSION_OVER
    may_take = may(unit, person.bot, person.id, Act.TAKE_DATA, held)
    return ReadDigest(digest_of(unit, held), held.payload, may_take)


def may_read(unit: Unit, bot: int, person: int, held: Held) -> bool:
    """Whether somebody may read a session's digest now."""
    return held.session.is_closed and (is_posted(unit, held) or may(unit, bot, person, Act.SEE, held))


def carry_send(unit: Unit, doing: Doing, command: SendPoster | SendWall | SendData) -> Done | Why:
    """Have somebody sent what they ask for, if there is such a thing."""
    held: Held = doing.subject
    kind, offered = _offered(held, command)
    read = read_digest(unit, doing.person, held)
    if isinstance(read, Why):
        return read
    if command.which not in offered:
        return NOT_YOURS
    comes = outbox.put(
        unit,
        bot=held.bot,
        chat=doing.person.id,
        kind=kind,
        subject=held.subject,
        detail=command.which,
        asked=True,
    )
    return Done(read, note=ON_ITS_WAY if comes else None)


def say_poster(unit: Unit, post: Post) -> Poster | None:
    digest = _digest_for(unit, post)
    return None if digest is None else Poster(digest, int(post.detail))


def say_wall(unit: Unit, post: Post) -> Wall | None:
    digest = _digest_for(unit, post)
    return None if digest is None else Wall(digest, post.detail)


def say_data(unit: Unit, post: Post) -> Data | None:
    held = session_of(unit, post)
    if held is None or not may(unit, post.bot, post.chat, Act.TAKE_DATA, held):
        return None
    return Data(digest_of(unit, held), post.detail)


def _offered(held: Held, command: SendPoster | SendWall | SendData) -> tuple[Kind, tuple[str, ...]]:
    match command:
        case SendPoster():
            return POSTER, tuple(str(point.id) for point in held.session.points)
        case SendWall():
            return WALL, PAPERS
        case SendData():
            return DATA, FORMATS


def _digest_for(unit: Unit, post: Post) -> Digest | None:
    """The digest that a post brings something of, if its receiver may still read it."""
    held = session_of(unit, post)
    return digest_of(unit, held) if held is not None and may_read(unit, post.bot, post.chat, held) else None
