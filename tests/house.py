"""A bot serving on the stand-in, for tests that go the whole way over the wire."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from bot.office.invite import invite_facilitator
from bot.open_store import open_store
from bot.run import serve
from bot.settings import Settings
from sandbox.people import Group, People, Person, Phone
from storage.store import Store

TOKEN = "12345:" + "a" * 35
COMMUNE = "021001"


class Clock:
    """A clock that a test can set forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class House:
    """A running bot: its settings, its store, its clock; `stop` and `start` as an operator would."""

    def __init__(self, url: str, folder: Path, token: str = TOKEN) -> None:
        self.settings = Settings(
            bot_token=SecretStr(token),
            database_url=f"sqlite:///{folder / 'samleng.sqlite3'}",
            keys=folder / "keys",
            api_url=url,
            referral="1288",
            silent_hours=None,
        )
        self.folder = folder
        self.clock = Clock()
        self.store: Store
        self._stop = asyncio.Event()
        self._serving: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, role: str = "all") -> None:
        self._stop = asyncio.Event()
        self.store = await open_store(self.settings, clock=self.clock)
        self._serving = asyncio.create_task(serve(self.settings, self.store, role, self._stop))

    async def stop(self) -> None:
        self._stop.set()
        await self._serving
        self.store.close()

    async def facilitator(self, people: People, *communes: str, name: str = "Dara") -> Person:
        """Somebody who was invited to these communes and has accepted."""
        link = await invite_facilitator(self.settings, communes or (COMMUNE,), None)
        person = await people.add(name)
        await person.open(link)
        await person.changed()
        await person.tap_through("✅")
        return person

    async def open_session(self, facilitator: Person, schools: tuple[str, ...] = ()) -> str:
        """The link of a session of the whole commune: its office, and schools added by name.

        What is to be printed has come as well, so that it is not taken for the answer to what is done next.
        """
        packs = _documents(await facilitator.phone())
        await facilitator.say("/open")
        screen = await facilitator.changed()
        await facilitator.tap_through(screen.rows[0][0])
        for school in schools:
            screen = await facilitator.screen()
            add = [button for button in screen.buttons if button.text.startswith("➕")][-1]
            await facilitator.tap_through(add)
            await facilitator.say(school)
            await facilitator.changed()
        screen = await facilitator.tap_through("✅")
        await facilitator.tap_through(screen.rows[0][0])
        await facilitator.tap_through("✅")
        while True:
            phone = await facilitator.phone()
            texts = "\n".join(message.text for message in reversed(phone.messages))
            link = re.search(r"https://t\.me/\S+\?start=s-[\w-]+", texts)
            if link and _documents(phone) > packs:
                return link[0]
            await facilitator.phone_changed(wait=30)

    async def group(self, people: People, facilitator: Person, title: str = "ឃុំ") -> Group:
        """A group with the facilitator, linked to the commune."""
        group = await people.group(title, [facilitator])
        await group.act("add_bot", by=facilitator.id)
        while not any(message.by_bot for message in (await facilitator.phone(chat=group.id)).messages):
            await facilitator.phone_changed(chat=group.id)
        return group


def _documents(phone: Phone) -> int:
    return sum(bool(message.raw.get("document")) for message in phone.messages)
