"""People with phones, as a program drives them: a client of the stand-in's JSON control.

async with People(url) as people:
    sokha = await people.add("Sokha", language_code="km")
    await sokha.open(link)
    screen = await sokha.changed()
    screen = await sokha.tap_through("✅")
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from sandbox.asking import ControlRefusedError, Line
from sandbox.group import Group
from sandbox.screens import Button, Phone, Screen, Toast
from sandbox.screens import phone as phone_of

__all__ = [
    "Button",
    "ControlRefusedError",
    "Group",
    "NothingChangedError",
    "People",
    "Person",
    "Phone",
    "Screen",
    "Tap",
    "Toast",
]

PATIENCE = 5.0
"""Seconds that people wait for the screen to change, where nothing else is said."""


class NothingChangedError(Exception):
    """The screen stayed as it was for as long as the person waited."""


@dataclass(frozen=True)
class Tap:
    """A tap that the bot heard of. `answer`: what it said to it, if one waited for that."""

    query: str | None
    update: int | None
    answer: dict[str, Any] | None


class People:
    """The people of one stand-in, found at its URL; `patience`: the seconds that each waits for a change."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._line = Line(url)

    async def add(
        self, first_name: str | None = None, *, language_code: str | None = None, username: str | None = None
    ) -> "Person":
        given = {"first_name": first_name, "language_code": language_code, "username": username}
        return Person(await self._line.post("people", given), self._line, self._patience)

    async def add_many(self, count: int, *, language_code: str | None = None) -> "list[Person]":
        answer = await self._line.post("people", {"count": count, "language_code": language_code})
        return [Person(about, self._line, self._patience) for about in answer["people"]]

    async def group(self, title: str, members: "Iterable[Person]", *, kind: str = "group") -> "Group":
        """The first member owns it; `kind` may be supergroup."""
        given = {"title": title, "members": [member.id for member in members], "type": kind}
        return Group(await self._line.post("groups", given), self._line)

    async def cast(self, **who: Any) -> None:
        """Say who holds the phones of the page, and the story it tells; `sandbox.page` says what can be given."""
        await self._line.post("cast", who)

    async def bot(self, token: str, username: str | None = None, first_name: str | None = None) -> str:
        """Let a bot exist before its first call; its link, https://t.me/USERNAME."""
        given = {"id": int(token.partition(":")[0]), "username": username, "first_name": first_name}
        return f"https://t.me/{(await self._line.post('bots', given))['username']}"

    async def calls(self, since: int = 0) -> dict[str, Any]:
        """What the bots called: {calls, counts, errors}."""
        return await self._line.get("calls", {"since": since})

    async def file(self, screen: Screen) -> bytes | None:
        """The picture or document of a message, as it was uploaded."""
        url = screen.raw.get("file", {}).get("url")
        return await self._line.file(url) if url else None

    async def redeliver(self, update: int | None = None) -> int:
        """Let a confirmed update (the last one) come again; its id."""
        answer = await self._line.post("faults", {"redeliver": "last" if update is None else update})
        return int(answer["update"])

    async def fault(self, kind: str, **given: Any) -> int:
        """Turn a fault on (`sandbox.control` has the kinds, and what more can be given); its number."""
        return int((await self._line.post("faults", {"kind": kind, **given}))["id"])

    async def no_fault(self, number: int | None = None) -> None:
        """Turn one fault off, or all."""
        await self._line.post("faults", {"clear": "all" if number is None else number})

    async def ahead(self, seconds: float) -> None:
        """Let so much time pass at once."""
        await self._line.post("clock", {"ahead": seconds})

    async def close(self) -> None:
        await self._line.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class Person:
    """Somebody with a phone.

    `chat`, wherever it can be given, is a group's id; left out, it is the private chat with the bot.
    """

    def __init__(self, about: dict[str, Any], line: Line, patience: float = PATIENCE) -> None:
        self.id: int = about["id"]
        self.first_name: str = about["first_name"]
        self.language_code: str | None = about["language_code"]
        self._line = line
        self._patience = patience
        self._seen: dict[int | None, int] = {}

    async def open(self, link: str, *, chat: int | None = None) -> int | None:
        """Tap a t.me link and START (a startgroup link: for the group); the id of the bot's update."""
        answer = await self._act("open", {"link": link, "chat": chat})
        self._seen[None] = answer.get("seq", self._seen.get(None, 0))
        return answer.get("update")

    async def say(
        self,
        text: str | None = None,
        *,
        chat: int | None = None,
        photo: bool = False,
        sticker: bool = False,
        reply_to: int | None = None,
        topic: int | None = None,
        hidden: str | None = None,
    ) -> int:
        """Write something, in a group's topic; `hidden` is a link under the text. The message's id."""
        what = {"text": text, "photo": photo, "sticker": sticker, "hidden": hidden}
        given = {"chat": chat, "reply_to": reply_to, "topic": topic, **what}
        answer = await self._act("say", given)
        self._seen[chat] = answer["seq"]
        return int(answer["message"])

    async def forward(self, message: int, *, chat: int | None = None, to: int | None = None) -> int:
        """Send a message on, to a group or else to the bot alone; the new message's id."""
        answer = await self._act("forward", {"message": message, "chat": chat, "to": to})
        self._seen[to] = answer["seq"]
        return int(answer["message"])

    async def tap(
        self,
        button: Button | str,
        *,
        message: int | None = None,
        chat: int | None = None,
        stale: bool = False,
        wait: float = 0,
    ) -> Tap:
        """Tap a button (or the first whose text begins so) and wait so long for the bot's answer.

        A stale tap is one on a button that the message had once: name it whole, or by its data.
        """
        given = await self._meant(button, message, chat) | {"stale": stale, "wait": wait}
        answer = await self._act("tap", given)
        await self._follow(answer)
        return Tap(answer["query"], answer["update"], answer.get("answer"))

    async def tap_through(
        self,
        button: Button | str,
        *,
        message: int | None = None,
        chat: int | None = None,
        wait: float | None = None,
    ) -> Screen:
        """Tap a button and wait till the message changes or another one comes; the screen then.

        Raises NothingChangedError.
        """
        wait = self._patience if wait is None else wait
        given = await self._meant(button, message, chat)
        answer = await self._act("tap", given | {"wait": wait, "until": "change"})
        if await self._follow(answer):
            return await self.changed(wait=wait)
        shown = self._remember(chat, answer["seen"])
        if not answer["changed"]:
            raise NothingChangedError(f"tapped {given.get('button') or given.get('data')}: nothing changed")
        return _screen(shown.after(answer["message"]))

    async def phone(self, *, chat: int | None = None) -> Phone:
        """All of a chat, as it is now."""
        return self._remember(chat, await self._line.get("seen", {"person": self.id, "chat": chat}))

    async def screen(self, *, chat: int | None = None) -> Screen:
        """The bot's newest message with buttons, or else its newest one. Raises NothingChangedError."""
        return _screen((await self.phone(chat=chat)).screen)

    async def phone_changed(self, *, chat: int | None = None, wait: float | None = None) -> Phone:
        """Wait for a change since the person last looked or wrote; the chat then. Raises NothingChangedError."""
        since, wait = self._seen.get(chat, 0), self._patience if wait is None else wait
        given = {"person": self.id, "chat": chat, "since": since, "wait": wait}
        shown = self._remember(chat, await self._line.get("seen", given))
        if shown.seq <= since:
            raise NothingChangedError(f"nothing changed in {wait} seconds")
        return shown

    async def changed(self, *, chat: int | None = None, wait: float | None = None) -> Screen:
        """As `phone_changed`; the screen."""
        return _screen((await self.phone_changed(chat=chat, wait=wait)).screen)

    async def transcript(self, *, chat: int | None = None) -> str:
        """What was said and tapped in a chat from its beginning, as plain text."""
        return str((await self._line.get("transcript", {"person": self.id, "chat": chat}))["text"])

    async def speak(self, language_code: str) -> None:
        """Choose another language on the phone."""
        await self._line.post(f"people/{self.id}", {"language_code": language_code})
        self.language_code = language_code

    async def block(self) -> None:
        await self._act("faults", {"blocked": True})

    async def unblock(self) -> None:
        await self._act("faults", {"blocked": False})

    async def _meant(self, button: Button | str, message: int | None, chat: int | None) -> dict[str, Any]:
        """The button as the control is told of it."""
        given: dict[str, Any] = {"chat": chat, "message": message}
        if isinstance(button, Button):
            return given | ({"button": button.text} if button.data is None else {"data": button.data})
        messages = (await self.phone(chat=chat)).messages
        shown = [each for each in reversed(messages) if message in {None, each.id}]
        found = next((hit for each in shown if (hit := each.find(button)) is not None), None)
        return given | {"button": button if found is None else found.text}

    async def _follow(self, answer: dict[str, Any]) -> bool:
        """Open the t.me link that the button had."""
        url: str | None = answer.get("url")
        if url is not None and url.startswith("https://t.me/"):
            await self.open(url)
        return url is not None

    async def _act(self, what: str, given: dict[str, Any]) -> dict[str, Any]:
        return await self._line.post(what, given | {"person": self.id})

    def _remember(self, chat: int | None, seen: dict[str, Any]) -> Phone:
        self._seen[chat] = seen["seq"]
        return phone_of(seen)


def _screen(screen: Screen | None) -> Screen:
    if screen is None:
        raise NothingChangedError("the bot has written nothing")
    return screen
