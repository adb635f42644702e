"""A commune in which something of everything is there: for properties that hold for every entry and every command."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, ballot, cast, group, new_store, with_session
from opened import rows_of

from conversations.groups.link_group import ChooseCommune
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from files.places import SOURCE, find_location, villages_of
from scorecard.payload import payload_hash
from scorecard.role import Role
from scorecard.session import Closing
from storage import tables
from storage.groups.link_group import link
from storage.intake import take
from storage.people import meet, set_language
from storage.reply import Event, GroupReply, InGroup, Reply
from storage.roles.invitations import accept_invitation, invite
from storage.roles.team import ID_SIGNS
from storage.session import Held, change
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session, put_session
from storage.store import Store
from storage.unit import Unit

OTHER_COMMUNE, THIRD_COMMUNE, OTHER_BOT = "021002", "021003", 2000
OF_TWO, ELSEWHERE, NOBODY, OF_OTHER_BOT, CITIZEN, INVITED = 51, 52, 53, 54, 600, 55
"""People: a facilitator of two communes, one of another commune, one with no role, one of another bot, and so on."""

COORDINATOR, OF_OTHER_PARTNER, ADMINISTRATOR = 56, 57, 58
"""Who leads those facilitators, who leads a partner's in the same commune that has none, and whom both answer to."""

GROUP, WAITING_GROUP = -1, -2
CHAT, WAITING_CHAT = group(GROUP), group(WAITING_GROUP)
Dump = dict[str, list[tuple[object, ...]]]


_O = tables.point.c


@dataclass(frozen=True)
class World:
    """What is there by its ids and links."""

    open: Held
    posted: Held
    unposted: Held
    invitation: str
    waiting: str
    offered: str
    fresh: Held
    planned: Held


class Ground:
    """Unit after unit on the world as it was built, each whole or not at all, in one transaction that is undone."""

    def __init__(self, store: Store, world: World, connection: sa.Connection) -> None:
        self.world = world
        self.now = MORNING
        self.house = store.house
        self._store = store
        self._connection = connection

    def work(self, work: Callable[..., Any], *args: Any) -> Any:
        with self._connection.begin_nested():
            return work(self._store.unit(self._connection, self.now), *args)

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        """As a store would."""
        return self.work(work, *args)

    def take(self, event: Event) -> Reply | GroupReply | None:
        return self.work(take, event)

    def dump(self, *without: str) -> Dump:
        """Every row of every table but some, with what is sealed opened."""

        def rows(unit: Unit) -> Dump:
            known = [table for table in tables.metadata.sorted_tables if table.name not in without]
            return {table.name: rows_of(unit, table) for table in known}

        return self.work(rows)


async def build(folder: Path) -> World:
    """The world, on files in a folder."""
    store = new_store(folder)
    open_ = await with_session(store)
    await store.run(link, BOT, CHAT, COMMUNE)
    await _facilitator(store, BOT, OF_TWO, COMMUNE, OTHER_COMMUNE)
    await _facilitator(store, BOT, OF_TWO, THIRD_COMMUNE)
    await _facilitator(store, BOT, ELSEWHERE, OTHER_COMMUNE)
    await _facilitator(store, OTHER_BOT, OF_OTHER_BOT, COMMUNE)
    for person, role, partner in (
        (COORDINATOR, Role.COORDINATOR, None),
        (OF_OTHER_PARTNER, Role.COORDINATOR, "Other"),
        (ADMINISTRATOR, Role.ADMINISTRATOR, None),
    ):
        payload = await store.run(invite, BOT, (COMMUNE,), (), "", partner, role)
        await store.run(accept_invitation, BOT, person, payload_hash(payload))
    offered = await store.run(invite, BOT, (COMMUNE,), (), "", None, Role.FACILITATOR, "Vanna")
    people = (CITIZEN, NOBODY, INVITED, FACILITATOR, COORDINATOR, OF_OTHER_PARTNER, ADMINISTRATOR)
    for bot, person in ((OTHER_BOT, OF_OTHER_BOT), *((BOT, person) for person in people)):
        await store.run(lambda unit, b=bot, p=person: set_language(unit, meet(unit, b, p), "en"))
    await store.run(lambda unit: [meet(unit, BOT, person) for person in (OF_TWO, ELSEWHERE)])
    await cast(store, open_, CITIZEN, ballot(open_, 0, 4))
    posted = await closed(store, COMMUNE)
    await store.run(_sent)
    unposted = await closed(store, COMMUNE)
    for village in villages_of(COMMUNE)[:2]:
        await closed(store, village.code)
    invitation = await store.run(invite, BOT, (OTHER_COMMUNE,), _places(OTHER_COMMUNE), SOURCE, None)
    asked = await store.run(take, InGroup(BOT, WAITING_CHAT, OF_TWO, 1, "link"))
    assert isinstance(asked.notice, ChooseCommune)
    office = await store.run(lambda unit: unit.db.scalar(sa.select(_O.id).where(_O.commune == THIRD_COMMUNE)))
    command = OpenSession(THIRD_COMMUNE, (office,), (), Closing.ONE_HOUR)
    fresh = await store.run(open_session, BOT, OF_TWO, None, command)
    planned = await store.run(put_session, BOT, OF_TWO, command, MORNING + timedelta(days=1))
    planned = await store.run(change, planned, opens_at=MORNING + timedelta(days=1))
    store.close()
    named = payload_hash(offered)[:ID_SIGNS]
    return World(open_, posted, unposted, invitation, asked.notice.payload, named, fresh, planned)


def built(folder: Path) -> tuple[Store, World]:
    """The world, built in a folder, and a store on it."""
    world = asyncio.run(build(folder))
    return new_store(folder), world


@contextmanager
def grounded(store: Store, world: World) -> Iterator[Ground]:
    """The world as it was built, and is again afterwards."""
    with store._engine.connect() as connection:
        yield Ground(store, world, connection)
        connection.rollback()


async def _facilitator(store: Store, bot: int, person: int, *communes: str) -> None:
    places = tuple(dict.fromkeys(place for commune in communes for place in _places(commune)))
    payload = await store.run(invite, bot, communes, places, SOURCE, None)
    await store.run(accept_invitation, bot, person, payload_hash(payload))


def _places(commune: str):
    location = find_location(commune)
    return (location.province, location.district, location.commune, *villages_of(commune))


async def closed(store: Store, place: str) -> Held:
    """A session in which a dozen people scored two services, closed."""
    command = OpenSession(place, (1, 2), (), Closing.ONE_HOUR)
    held = await store.run(open_session, BOT, FACILITATOR, None, command)
    for person in range(700, 712):
        for point in held.session.points:
            scores = {criterion.key: 2 + person % 4 for criterion in point.criteria}
            await cast(store, held, person, CastBallot(held.session.id, point.id, 1, scores, None, None))
    assert await store.run(close_session, held)
    return held


def _sent(unit: Unit) -> None:
    """All that waits for a group has arrived there."""
    p = tables.post.c
    unit.db.execute(tables.post.update().where(p.kind == "digest").values(state="sent", message_id=9))
    unit.db.execute(tables.post.delete().where(p.kind != "digest"))
