"""The town in which transcripts play: a store on the disk, a clock that stands still, people and groups with phones."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from raw_updates import Json, message, standing, tap
from servers import Files, Server
from transcripts.chance import Chance
from transcripts.chats import Chats
from transcripts.crowd import send_alike
from transcripts.places import PLACES, code_of, point
from transcripts.screen_checks import ScreenChecks

from bot.drawing.layout import Document
from bot.drawing.look import Draws, check_looks
from bot.drawing.rooms import DRAWS
from bot.telegram import front
from bot.telegram.call import CallError, Params
from bot.telegram.courier import Courier, close, deliver_due, tidy
from bot.telegram.desk import Desk
from bot.telegram.pictures import Pictures
from bot.telegram.screens import Screens
from conversations.chat import Chat, ChatKind
from conversations.sessions.open_session import OpenSession
from digests.poster import Picture
from files.cards import shipped_cards
from scorecard.ballot import Compared, Groups
from scorecard.payload import payload_hash
from scorecard.role import Role
from scorecard.session import Closing
from storage import tables
from storage.cards import add_cards
from storage.database import connect
from storage.groups.link_group import link
from storage.house import House
from storage.keys import Keys
from storage.migrate import migrate
from storage.places import add_point
from storage.roles.invitations import accept_invitation, invite
from storage.room import Room
from storage.rooms import ROOMS
from storage.sessions.open_session import open_session
from storage.store import Store

BOT = 7000000001
BOT_NAME = "samleng_bot"
BEGINS = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ground:
    """Where towns are built, one after another: on the same place, so that no SQL is compiled twice."""

    founded: Path
    folder: Path
    host: Files | Server
    engine: sa.Engine

    def clear(self) -> None:
        """Let nobody have done anything."""
        self.host.copy(self.founded, self.folder)


async def found(folder: Path, host: Files | Server | None = None) -> Ground:
    """The ground, with a database in which nobody has done anything yet, and the cards shipped."""
    host = host or Files()
    founded = folder / "founded"
    founded.mkdir()
    engine = connect(host.url(founded), BOT)
    migrate(engine)
    store = Store(engine, Keys(founded), House(ROOMS))
    await store.run(add_cards, shipped_cards())
    store.close()
    engine = connect(host.url(folder / "town"), BOT)
    if isinstance(host, Files):
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return Ground(founded, folder / "town", host, engine)


class Sketches(Pictures):
    """Pictures and documents of which only the names are drawn."""

    def draw(self, picture: Picture) -> bytes:
        return picture.template.removesuffix(".typ").encode()

    def write(self, document: Document) -> bytes:
        return document.name.encode()


class Town:
    """The front of the desk and the courier, as they run, on a chat that is on paper."""

    def __init__(
        self,
        ground: Ground,
        language: str,
        chance: Chance,
        rooms: Sequence[Room] = ROOMS,
        draws: Sequence[Draws] = DRAWS,
    ) -> None:
        ground.clear()
        self.language = language
        self.now = BEGINS
        self.chats = Chats()
        self.checks = ScreenChecks()
        self.courier_sleeps = False
        self._ground = ground
        self._chance = chance
        self._updates = count(1)
        self._furnish(rooms, draws)
        self._open()

    def _furnish(self, rooms: Sequence[Room], draws: Sequence[Draws]) -> None:
        self._house = House(rooms)
        check_looks(self._house, draws)
        self._drawer = self.checks.drawer(BOT_NAME, "1288", draws)

    def _open(self) -> None:
        keys = Keys(self._ground.folder)
        house, draw = self._house, self._chance.token_bytes
        store = Store(self._ground.engine, keys, house, language=self.language, clock=lambda: self.now, chance=draw)
        call, drawer = self._call, self._drawer
        self._store = store
        self._desk = Desk(BOT, store, drawer, Screens(call, BOT, store, drawer))
        self._courier = Courier(call, BOT, store, drawer, Sketches(store, BOT), "courier", None)

    def reopen(self) -> None:
        """Let go of the database and take it up again from its files: what lives in memory only is lost."""
        self.close()
        self._open()

    def rebuild(self, rooms: Sequence[Room], draws: Sequence[Draws]) -> None:
        """Start another version, with these rooms, on the same database."""
        self.close()
        self._furnish(rooms, draws)
        self._open()

    def close(self) -> None:
        self._store.close()

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._store.run(work, *args, **kwargs)

    # What people do

    async def bring(self, update: Json) -> Json:
        """Telegram brings an update, which may be brought again."""
        self.reopen()
        received = front.receive(self._desk, update)
        if received is not None:
            await front.serve(self._desk, received)
        await self._desk.screens.finish()
        self.checks.hold()
        return update

    async def write(self, person: int, chat: Json | None = None, **content: Any) -> Json:
        """Somebody writes or sends something, to the bot if not in a group; the update."""
        return await self.bring(message(next(self._updates), person, chat, **content))

    async def tap(self, person: int, data: str, screen: int, chat: Json | None = None) -> None:
        update = tap(next(self._updates), person, screen, data, chat)
        self.chats.taps[update["callback_query"]["id"]] = chat["id"] if chat else person
        await self.bring(update)

    async def add_bot(self, person: int, chat: Json) -> None:
        await self.bring(standing(next(self._updates), person, BOT, chat, "left", "member"))

    # What the courier does

    async def deliver(self) -> None:
        """Close what is due, seal it, and send what waits until nothing does."""
        if self.courier_sleeps:
            return
        await close(self._courier)
        await deliver_due(self._courier)
        while self._courier.busy:
            await asyncio.gather(*self._courier.busy.values())
            await deliver_due(self._courier)
        self.checks.hold()
        assert not await self.run(lambda unit: unit.db.scalar(_FAILED)), "a post that did not get through"

    async def _call(self, method: str, params: Params) -> Any:
        try:
            return await self.chats.call(method, params)
        except CallError:
            raise
        except Exception as fault:  # a fault of the town: who calls would only log it
            self.checks.failed.append(fault)
            raise

    async def forget(self) -> None:
        """Erase what was kept long enough."""
        if not self.courier_sleeps:
            await tidy(self._courier)

    # What was there before the transcript begins

    async def invite(
        self, communes: list[str], role: Role = Role.FACILITATOR, partner: str | None = None, name: str | None = None
    ) -> str:
        codes = tuple(map(code_of, communes))
        return str(await self.run(invite, BOT, codes, PLACES, "test", partner, role, name))

    async def give_role(
        self,
        person: int,
        communes: list[str],
        role: Role = Role.FACILITATOR,
        partner: str | None = None,
        name: str | None = None,
    ) -> None:
        payload = await self.invite(communes, role, partner, name)
        await self.run(accept_invitation, BOT, person, payload_hash(payload))

    async def revoke(self, person: int) -> None:
        await self.run(lambda unit: unit.db.execute(tables.role.delete().where(_R.person == person)))

    async def link_group(self, chat: int, commune: str) -> None:
        await self.run(link, BOT, Chat(chat, ChatKind.GROUP), code_of(commune))

    async def add_point(self, commune: str, name: str) -> int:
        return int(await self.run(add_point, point(name, code_of(commune))))

    async def open_session(self, person: int, place: str, points: list[str]) -> None:
        """Open a session until tomorrow at 18:00."""
        code = code_of(place)
        new = tuple(point(name, code[:6]) for name in points)
        await self.run(open_session, BOT, person, None, OpenSession(code, (), new, Closing.TOMORROW))

    async def sessions(self) -> list[str]:
        """The payload of each session that was opened, oldest first."""
        return list(await self.run(lambda unit: unit.db.scalars(sa.select(_S.payload).order_by(_S.id)).all()))

    async def crowd(
        self,
        voters: list[tuple[int, int]],
        scores: list[int],
        wish: int | None,
        groups: Groups,
        compared: Compared | None = None,
    ) -> None:
        """Many people, each on a seat of a phone, send the same scores for each service of the newest session."""
        await self.run(send_alike, voters, scores, wish, groups, compared)


_FAILED = sa.select(sa.func.count()).where(tables.post.c.attempts > 0)
_R = tables.role.c
_S = tables.session.c
