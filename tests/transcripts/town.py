"""The town in which transcripts play: a store on the disk, a clock that stands still, people and groups with phones."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from transcripts.chats import Chats
from transcripts.crowd import send_alike
from transcripts.places import PLACES, code_of, point
from transcripts.screen_checks import ScreenChecks

from bot.drawing import Drawer
from conversations.commands import OpenSession
from conversations.notices import Notice
from files.cards import shipped_cards
from scorecard.ballot import Groups
from scorecard.payload import payload_hash
from scorecard.session import Closing
from storage import tables
from storage.close_session import close_due, due, sealed, unsealed
from storage.content import content
from storage.enter import enter
from storage.facilitators import accept_invitation, invite
from storage.forget import forget
from storage.groups import GroupUpdate, language_in
from storage.hear import hear
from storage.keys import Keys
from storage.link_group import link
from storage.merge_villages import merge_last_village
from storage.migrate import migrate
from storage.open_session import add_cards, add_point, open_session
from storage.outbox import Kind, Post, claim, delivered, given_up
from storage.people import note_screen
from storage.reply import Arrival, Heard, Question, Reply, Tap
from storage.store import Store, connect
from storage.take_answer import take_answer
from wording.catalogue import languages

BOT = 7000000001
BOT_NAME = "samleng_bot"
BEGINS = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DATABASE = "samleng.sqlite3"


@dataclass(frozen=True)
class Ground:
    """Where towns are built, one after another: on the same place, so that no SQL is compiled twice."""

    founded: Path
    folder: Path
    engine: sa.Engine


async def found(folder: Path) -> Ground:
    """The ground, with a database in which nobody has done anything yet, and the cards shipped."""
    founded = folder / "founded"
    founded.mkdir()
    engine = connect(founded / DATABASE)
    migrate(engine)
    store = Store(engine, Keys(founded))
    await store.run(add_cards, shipped_cards())
    store.close()
    engine = connect(folder / "town" / DATABASE)
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return Ground(founded, folder / "town", engine)


class Town:
    """Does what the receptionist and the courier do, without Telegram between."""

    def __init__(self, ground: Ground, language: str) -> None:
        shutil.rmtree(ground.folder, ignore_errors=True)
        shutil.copytree(ground.founded, ground.folder)
        self.language = language
        self.now = BEGINS
        self.chats = Chats()
        self.checks = ScreenChecks()
        self.courier_sleeps = False
        self.out_of_reach: set[int] = set()
        self._ground = ground
        self._drawer = Drawer(BOT_NAME, "1288")
        self._updates = 0
        self._open()

    def _open(self) -> None:
        keys = Keys(self._ground.folder)
        self._store = Store(self._ground.engine, keys, language=self.language, clock=lambda: self.now)

    def reopen(self) -> None:
        """Let go of the database and take it up again from its files: what lives in memory only is lost."""
        self.close()
        self._open()

    def close(self) -> None:
        self._store.close()

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._store.run(work, *args, **kwargs)

    # What people do

    async def come(self, person: int, entry: str, update: int | None = None) -> int:
        """A link or a command; the id of the update, which may be brought again."""
        self.reopen()
        update = update or self._update()
        await self._show(person, await self.run(enter, Arrival(BOT, person, entry, update)))
        return update

    async def write(self, person: int, text: str | None, update: int | None = None) -> int:
        self.reopen()
        update = update or self._update()
        await self._show(person, await self.run(hear, Heard(BOT, person, text, update)))
        return update

    async def tap(self, person: int, data: str, number: int) -> None:
        """A tap on a button, read as the receptionist reads it."""
        self.reopen()
        kind, _, rest = data.partition(":")
        first, _, second = rest.partition(":")
        turn, _, value = second.partition(":")
        if kind == "d":
            tap = Tap(BOT, person, first, int(turn), value, number)
            reply = await self.run(take_answer, tap, frozenset(languages()))
        else:
            entry, language = (rest, None) if kind == "e" else (second, first)
            reply = await self.run(enter, Arrival(BOT, person, entry, screen=number, language=language))
        if reply.note is not None:
            self.chats.toast(person, self.checks.toast(self._drawer.note(reply.note, reply.language), reply.language))
        await self._show(person, reply)

    async def tell(self, chat: int, notice: Notice) -> None:
        """Say something in a group."""
        drawn = self._drawer.group(notice, await self.run(language_in, BOT, chat))
        self.checks.group(drawn)
        self.chats.send(chat, drawn)

    async def _show(self, person: int, reply: Reply) -> None:
        drawn = self._drawer.private(reply.shows, reply.language, reply.note if reply.screen is None else None)
        question = reply.shows if isinstance(reply.shows, Question) else None
        self.checks.private(drawn, reply.shows, reply.language)
        if reply.screen is None or not self.chats.edit(person, reply.screen, drawn, question):
            number = self.chats.send(person, drawn, question)
            if question is not None:
                await self.run(note_screen, question.dialogue, number)
        if reply.gone is not None:
            self.chats.remove(person, reply.gone)
        if reply.extra is not None:
            extra = self._drawer.private(reply.extra, reply.language)
            self.checks.private(extra, reply.extra, reply.language)
            self.chats.send(person, extra)

    def group_update(self, chat: int) -> GroupUpdate:
        return GroupUpdate(BOT, chat, self._update())

    def _update(self) -> int:
        self._updates += 1
        return self._updates

    # What the courier does

    async def deliver(self) -> None:
        """Close what is due, seal it, and send what waits until nothing does."""
        if self.courier_sleeps:
            return
        for session in await self.run(due, BOT):
            await self.run(close_due, session)
        if closed := await self.run(unsealed, BOT):
            await self._store.seal(map(str, closed))
            for session in closed:
                await self.run(merge_last_village, session)
            await self.run(sealed, closed)
        posts = await self.run(claim, BOT, "courier")
        while posts:
            for post in posts:
                await self._send(post)
            posts = await self.run(claim, BOT, "courier")

    async def forget(self) -> None:
        """Erase what was kept long enough."""
        if not self.courier_sleeps:
            await self.run(forget)

    async def _send(self, post: Post) -> None:
        said = await self.run(content, post)
        number = post.replaces
        if post.kind is Kind.REMOVE and post.replaces is not None:
            self.chats.remove(post.chat, post.replaces)
        elif post.chat in self.out_of_reach:
            await self.run(given_up, post, "out of reach")
            return
        elif said.notice is not None and not said.blocked:
            private = post.chat > 0
            drawer = self._drawer.private if private else self._drawer.group
            drawn = drawer(said.notice, said.language)
            self.checks.private(drawn, said.notice, said.language) if private else self.checks.group(drawn)
            if post.replaces is None:
                number = self.chats.send(post.chat, drawn)
            else:
                self.chats.edit(post.chat, post.replaces, drawn)
        await self.run(delivered, post, number)

    # What was there before the transcript begins

    async def invite(self, communes: list[str]) -> str:
        codes = tuple(map(code_of, communes))
        return str(await self.run(invite, BOT, codes, PLACES, "test", None))

    async def make_facilitator(self, person: int, communes: list[str]) -> None:
        payload = await self.invite(communes)
        await self.run(accept_invitation, BOT, person, payload_hash(payload))

    async def revoke(self, person: int) -> None:
        await self.run(lambda unit: unit.db.execute(tables.facilitator.delete().where(_F.person == person)))

    async def link_group(self, chat: int, commune: str) -> None:
        await self.run(link, BOT, chat, code_of(commune))

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

    async def crowd(self, voters: list[tuple[int, int]], scores: list[int], wish: int | None, groups: Groups) -> None:
        """Many people, each on a seat of a phone, send the same scores for each service of the newest session."""
        await self.run(send_alike, voters, scores, wish, groups)


_F = tables.facilitator.c
_S = tables.session.c
