"""A bot serving on the stand-in, for tests that go the whole way over the wire."""

import asyncio
import gc
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from weakref import WeakKeyDictionary

from pydantic import SecretStr
from waiting import soon

from bot.clocks import TelegramClock, telegram_clock
from bot.office.invite import invite_somebody
from bot.open_store import open_store
from bot.run import serve
from bot.settings import Settings
from sandbox.people import Group, People, Person, Phone, Screen
from storage.store import Store

TOKEN = "12345:" + "a" * 35
COMMUNE = "021001"

_SWEPT: WeakKeyDictionary[Store, Counter[str]] = WeakKeyDictionary()


class Clock:
    """A clock that a test can set forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class House:
    """A running bot: its settings, its store, its clock; `stop` and `start` as an operator would.

    clock: the one that the stand-in goes by, too: set forward, it is time that passes. A clock of its own jumps.
    """

    def __init__(
        self, url: str, folder: Path, token: str = TOKEN, database: str = "", clock: Clock | None = None
    ) -> None:
        self.settings = Settings(
            bot_token=SecretStr(token),
            database_url=database or f"sqlite:///{folder / 'samleng.sqlite3'}",
            keys=folder / "keys",
            api_url=url,
            referral="1288",
            silent_hours=None,
        )
        self.folder = folder
        self.clock = clock or Clock()
        self._elapsed = time.monotonic if clock is None else lambda: clock().timestamp()
        self.theirs: TelegramClock
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
        self.theirs = await telegram_clock(self.settings, self._elapsed)
        self.store = await open_store(self.settings, clock=self.clock, sure=self.theirs.sure)
        self._serving = asyncio.create_task(serve(self.settings, self.store, role, self._stop, self.theirs))

    async def stop(self) -> None:
        """End it, if it runs."""
        if self._stop.is_set():
            return
        self._stop.set()
        await self._serving
        self.store.close()
        gc.unfreeze()  # a process in which one bot after another runs would keep what each of them left

    @property
    def sweeps(self) -> Counter[str]:
        """How many sweeps of each kind are over, of those that are `counted`."""
        return _SWEPT.setdefault(self.store, Counter())

    async def facilitator(self, people: People, *communes: str, name: str = "Dara") -> Person:
        """Somebody who was invited to these communes and has accepted."""
        link = await invite_somebody(self.settings, communes or (COMMUNE,), None)
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
        screen = await answered(facilitator, await facilitator.say("/open"))
        screen = await facilitator.tap_through(screen.rows[0][0])
        for school in schools:
            add = [button for button in screen.buttons if button.text.startswith("➕")][-1]
            await facilitator.tap_through(add)
            screen = await answered(facilitator, await facilitator.say(school))
        screen = await facilitator.tap_through("✅", message=screen.id)
        screen = await facilitator.tap_through(screen.rows[0][0])
        screen = await facilitator.tap_through("⏭", message=screen.id)
        await facilitator.tap_through("✅", message=screen.id)
        return str(await soon(lambda: _passed_on(facilitator, packs), missing="link and pack did not come"))

    async def group(self, people: People, facilitator: Person, title: str = "ឃុំ") -> Group:
        """A group with the facilitator, linked to the commune."""
        group = await people.group(title, [facilitator])
        await group.act("add_bot", by=facilitator.id)
        await link_group(facilitator, group)
        return group


def counted(sweep: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """A sweep of the courier that is counted when it is over, however it ends."""

    @wraps(sweep)
    async def counting(courier: Any) -> None:
        try:
            await sweep(courier)
        finally:
            _SWEPT.setdefault(courier.store, Counter())[sweep.__name__] += 1

    return counting


async def answered(person: Person, written: int, *, chat: int | None = None) -> Screen:
    """The newest message of the bot below the one that was written, as soon as there is one."""

    async def found() -> Screen | None:
        messages = (await person.phone(chat=chat)).messages
        return next((m for m in reversed(messages) if m.by_bot and m.id > written), None)

    screen = await soon(found, missing="no answer came")
    assert isinstance(screen, Screen)
    return screen


async def link_group(facilitator: Person, group: Group) -> None:
    """Confirm that the group is the commune's, as soon as that is asked there."""
    asked = await offered(facilitator, "✅", chat=group.id)
    await facilitator.tap_through("✅", message=asked.id, chat=group.id)


async def offered(person: Person, sign: str, *, below: int = 0, chat: int | None = None) -> Screen:
    """The newest message of the bot with such a button, below one that was written, whatever else comes meanwhile."""

    async def found() -> Screen | None:
        messages = (await person.phone(chat=chat)).messages
        return next((m for m in reversed(messages) if m.by_bot and m.id > below and m.find(sign)), None)

    screen = await soon(found, missing=f"nothing with {sign} came")
    assert isinstance(screen, Screen)
    return screen


async def _passed_on(facilitator: Person, packs: int) -> str | None:
    """The newest link that a facilitator passes on, once more packs have come than there were."""
    phone = await facilitator.phone()
    texts = "\n".join(message.text for message in reversed(phone.messages))
    link = re.search(r"https://t\.me/\S+\?start=s-[\w-]+", texts)
    return link[0] if link and _documents(phone) > packs else None


def _documents(phone: Phone) -> int:
    return sum(bool(message.raw.get("document")) for message in phone.messages)
