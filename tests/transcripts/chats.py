"""The chats as people see them: Telegram's side of each call, on paper."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from bot.telegram.call import File, GoneError, NotModifiedError, Params, RefusedError

Rows = list[list[dict[str, str]]]


@dataclass(frozen=True)
class Shown:
    """What a message shows. above: the pictures or the file above its text."""

    text: str
    rows: Rows
    protected: bool = False
    above: tuple[str, ...] = ()

    @property
    def seen(self) -> tuple[object, ...]:
        """What people can tell from another: not what a button sends."""
        return self.text, [[(button["text"], button.get("url")) for button in row] for row in self.rows], self.above


@dataclass
class Message:
    """One message of the bot. `before`: the buttons it had before it was last rewritten."""

    shown: Shown
    before: Rows = field(default_factory=list)
    removed: bool = False

    @property
    def rows(self) -> Rows:
        return self.shown.rows


@dataclass(frozen=True)
class Event:
    """Something that somebody sees happen. what: `new`, `rewritten`, `removed` or `toast`."""

    chat: int
    what: str
    number: int = 0
    shown: Shown | None = None
    toast: str = ""


class Chats:
    """Every chat's messages by their number, and what happened since it was last asked.

    out_of_reach: the chats that can't be found; unpinned: those in which the bot may pin nothing; taps: the private
    chat in which a tap is to be answered; administrators: those of each group.
    """

    def __init__(self) -> None:
        self.out_of_reach: set[int] = set()
        self.unpinned: set[int] = set()
        self.taps: dict[str, int] = {}
        self.administrators: dict[int, set[int]] = defaultdict(set)
        self._messages: dict[tuple[int, int], Message] = {}
        self._counted: Counter[int] = Counter()
        self._bare: dict[int, list[str]] = defaultdict(list)
        self._events: list[Event] = []

    async def call(self, method: str, params: Params) -> Any:
        """What the bot calls, with Telegram's answer."""
        chat = params.get("chat_id", 0)
        if chat in self.out_of_reach:
            raise RefusedError(400, "Bad Request: chat not found")
        match method:
            case "sendMessage" | "sendDocument":
                return self._send(chat, params)
            case "editMessageText" | "editMessageCaption" | "editMessageMedia":
                return self._edit(chat, params["message_id"], method, params)
            case "deleteMessage":
                return self.remove(chat, params["message_id"])
            case "answerCallbackQuery":
                return self._toast(**params)
            case "pinChatMessage" if chat in self.unpinned:
                raise RefusedError(400, "Bad Request: not enough rights to manage pinned messages in the chat")
            case "pinChatMessage" | "setMyCommands" | "leaveChat":
                return True
            case "getChatAdministrators":
                return [{"user": {"id": person}, "status": "administrator"} for person in self.administrators[chat]]
        raise AssertionError(f"{method} is not called yet")

    def message(self, chat: int, number: int) -> Message:
        return self._messages[chat, number]

    def newest(self, chat: int, *, before: bool = False) -> int:
        """The number of the last message that is still there and has buttons, or had some before it was last rewritten;
        0 where there is none.
        """
        there = ((n, message) for (c, n), message in self._messages.items() if c == chat and not message.removed)
        return max((n for n, message in there if (message.before if before else message.rows)), default=0)

    def last_start(self, sign: str) -> str:
        """The payload of the last link that somebody was told, of those that begin so; empty where there is none."""
        told = [
            found for message in self._messages.values() for found in re.findall(r"start=([\w-]+)", message.shown.text)
        ]
        return next((one for one in reversed(told) if one.startswith(sign)), "")

    def remove(self, chat: int, number: int) -> bool:
        message = self._there(chat, number)
        message.removed = True
        self._happens(Event(chat, "removed", number))
        return True

    def happened(self) -> list[Event]:
        """What happened, as it looks when it is over: each message once, as it then is."""
        events, self._events = self._events, []
        new = {(event.chat, event.number) for event in events if event.what == "new"}
        last = {(event.chat, event.number): event for event in events if event.what != "toast"}
        seen: list[Event] = []
        for event in events:
            key = (event.chat, event.number)
            if event.what == "toast":
                seen.append(event)
            elif last[key] is event and not (event.what == "removed" and key in new):
                seen.append(replace(event, what="new") if key in new else event)
        return seen

    def _send(self, chat: int, params: Params) -> dict[str, Any]:
        shown = _shown(params, protected=params["protect_content"])
        self._counted[chat] += 1
        number = self._counted[chat]
        self._messages[chat, number] = Message(shown)
        self._happens(Event(chat, "new", number, shown))
        return _answer(number, params)

    def _edit(self, chat: int, number: int, method: str, params: Params) -> dict[str, Any]:
        """A picture without words is read together with the message below it."""
        message = self._there(chat, number)
        old = message.shown
        if (method == "editMessageText" and old.above) or (method == "editMessageCaption" and not old.above):
            raise RefusedError(400, "Bad Request: there is no text in the message to edit")
        shown = _shown(params, protected=old.protected)
        if method == "editMessageCaption":
            shown = replace(shown, above=old.above)
        if shown == old:
            raise NotModifiedError
        message.before, message.shown = message.rows, shown
        if method == "editMessageMedia" and "caption" not in params["media"]:
            self._bare[chat] += shown.above
            self._events = [event for event in self._events if (event.chat, event.number) != (chat, number)]
        elif shown.seen != old.seen:
            with_others = replace(shown, above=(*self._bare.pop(chat, ()), *shown.above))
            self._happens(Event(chat, "rewritten", number, with_others))
        return _answer(number, params)

    def _toast(self, callback_query_id: str, text: str = "") -> bool:
        """The answer to a tap. In a group only who tapped sees it, and they are not asked what they see there."""
        chat = self.taps.pop(callback_query_id)
        if text and chat > 0:
            self._happens(Event(chat, "toast", toast=text))
        return True

    def _there(self, chat: int, number: int) -> Message:
        message = self._messages.get((chat, number))
        if message is None or message.removed:
            raise GoneError
        return message

    def _happens(self, event: Event) -> None:
        self._events.append(event)


def _shown(params: Params, *, protected: bool) -> Shown:
    media = params.get("media", params)
    text = params.get("text", media.get("caption", ""))
    rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    above = [f"a picture: {_drawn(media['media'])}"] if "media" in params else []
    above += [f"a file: {params['document'].name}"] if "document" in params else []
    return Shown(text, rows, protected, tuple(above))


def _answer(number: int, params: Params) -> dict[str, Any]:
    """The message as the bot hears of it. A picture's id is its name."""
    picture = params.get("media", {}).get("media")
    return {"message_id": number} | ({} if picture is None else {"photo": [{"file_id": _drawn(picture)}]})


def _drawn(picture: File | str) -> str:
    """What is on a picture: its file says that, and so does its id."""
    return picture.data.decode() if isinstance(picture, File) else picture
