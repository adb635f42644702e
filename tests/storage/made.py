"""A store on real files, with a commune, a facilitator and an open session, for tests of units of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from servers import Files, Server

from conversations.chat import Chat, ChatKind, Screen
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from files.cards import shipped_cards
from files.places import SOURCE, find_location, villages_of
from scorecard.card import Service
from scorecard.payload import payload_hash
from scorecard.place import NewPoint
from scorecard.session import Closing
from scorecard.silent_hours import SilentHours
from storage.cards import add_cards
from storage.database import connect
from storage.house import House
from storage.keys import Keys
from storage.migrate import migrate
from storage.roles.invitations import accept_invitation, invite
from storage.rooms import ROOMS
from storage.scoring.cast_ballot import cast_ballot
from storage.session import Held
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.unit import Unit

BOT, FACILITATOR, COMMUNE = 1000, 50, "021001"
MORNING = datetime(2026, 11, 24, 2, tzinfo=UTC)
"""Nine o'clock in Phnom Penh, on a Tuesday."""


_hosts: list[Files | Server] = [Files()]


def host() -> Files | Server:
    """Where databases are kept at present."""
    return _hosts[-1]


@contextmanager
def hosted(by: Files | Server) -> Iterator[None]:
    """Keep databases there until the block ends."""
    _hosts.append(by)
    yield
    _hosts.pop().drop()


class Clock:
    """Stands still until a test sets it forward."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def ahead(self, **time: float) -> None:
        self.now += timedelta(**time)


def group(id_: int) -> Chat:
    """A group that has not grown."""
    return Chat(id_, ChatKind.GROUP, title="Group")


def new_store(folder: Path, clock: Clock | None = None, silent: SilentHours | None = None, bot: int = BOT) -> Store:
    """A store on a folder and the database that belongs to it, which may be there already."""
    (folder / "keys").mkdir(exist_ok=True)
    engine = connect(host().url(folder), bot)
    migrate(engine)
    return Store(engine, Keys(folder / "keys"), House(ROOMS), silent=silent, clock=clock or Clock())


async def with_session(store: Store) -> Held:
    """Make the facilitator one, and open a session of three services for an hour."""
    location = find_location(COMMUNE)
    assert location is not None
    places = (location.province, location.district, location.commune, *villages_of(COMMUNE))
    await store.run(add_cards, shipped_cards())
    payload = await store.run(invite, BOT, (COMMUNE,), places, SOURCE, None)
    await store.run(accept_invitation, BOT, FACILITATOR, payload_hash(payload))
    command = OpenSession(
        COMMUNE,
        (1,),
        (
            NewPoint(COMMUNE, Service.HEALTH_CENTRE, "សំពៅលូន", "Sampov Lun"),
            NewPoint(COMMUNE, Service.PRIMARY_SCHOOL, "សំពៅលូន", "Sampov Lun"),
        ),
        Closing.ONE_HOUR,
    )
    return await store.run(open_session, BOT, FACILITATOR, Screen(FACILITATOR, 7), command)


def ballot(found: Held, point: int, score: int, seat: int = 1, repair: str | None = None) -> CastBallot:
    """The command that sends the same score for every criterion of a service point, by its place in the session."""
    at = found.session.points[point]
    scores = {criterion.key: score for criterion in at.criteria}
    return CastBallot(found.session.id, at.id, seat, scores, repair, None)


async def cast(store: Store, found: Held, person: int, command: CastBallot) -> None:
    def work(unit: Unit) -> None:
        cast_ballot(unit, found, person, command)

    await store.run(work)
