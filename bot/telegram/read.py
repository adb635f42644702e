"""Reads what Telegram brings: an update as plain JSON becomes a value, by the few fields that are needed.

Nothing else in an update is looked at, so nothing else can be wrong with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.drawing.groups import GROUP_LANGUAGE
from conversations.notices import Why
from scorecard.payload import payload_kind
from storage.chats import BOTH
from storage.reply import Arrival, Event, GroupTap, Heard, InGroup, Membership, Migrated, Tap
from wording.catalogue import languages

COMMANDS = frozenset({"open", "sessions", "close", "language", "privacy", "help"})
"""What can be asked for in the private chat beside /start and /cancel: each is an entry of the same name."""

GROUP_COMMANDS = frozenset({"link", "summary", "language"})

MISPLACED = frozenset({"/start", "/open", "/close", "/sessions", "/help", "/privacy"})
"""What people send to a group though it belongs into the private chat."""

_GONE = frozenset({"left", "kicked"})
_MOST_DIGITS = 9
"""A turn with more digits than this is none of ours."""


class UnreadableError(Exception):
    """An update that should be ours can't be understood; `kind` says which kind it is, and nothing of what it holds."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Me:
    """The bot that an update came to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Received:
    """An update that concerns us.

    event: what happened, None for a tap on none of our buttons; person: whose it is, 0 for nobody's; query: the tap
    to be answered; spoken: the language of their phone.
    """

    kind: str
    event: Event | None
    person: int
    query: str | None = None
    spoken: str = ""


def read(update: object, me: Me) -> Received | None:
    """What an update says; None if it does not concern us. Raises UnreadableError, and nothing else."""
    if not isinstance(update, dict):
        raise UnreadableError("none")
    kind = next((kind for kind in KINDS if kind in update), None)
    if kind is None:
        return None
    number = update.get("update_id")
    if not isinstance(number, int):
        raise UnreadableError(kind)
    return _READERS[kind](update[kind], number, me)


def _message(message: Any, number: int, me: Me) -> Received | None:
    match message:
        case {"chat": {"id": int(chat), "type": "private"}}:
            return Received("message", _in_private(message, chat, number, me), chat, spoken=_sender(message)[1])
        case {"chat": {"id": int(chat), "type": "group" | "supergroup"}}:
            person, spoken = _sender(message)
            event = _in_group(message, chat, person, number, me)
            return None if event is None else Received("message", event, person, spoken=spoken)
        case {"chat": {"id": int(), "type": str()}}:
            return None
        case _:
            raise UnreadableError("message")


def _in_private(message: dict[str, Any], person: int, number: int, me: Me) -> Event:
    match _command(message, me):
        case ("start", payload):
            return Arrival(me.id, person, _entry(payload), number)
        case ("cancel", _):
            return Arrival(me.id, person, "leave", number)
        case (command, _) if command in COMMANDS:
            return Arrival(me.id, person, command, number)
        case _:
            return Heard(me.id, person, _text(message, "text") or None, number)


def _entry(payload: str) -> str:
    """The entry of /start's payload: ours name themselves; any other is a link that does not work."""
    if not payload or payload == "hello":
        return "hello"
    return payload if payload_kind(payload) else f"sorry:{Why.NO_SUCH_CODE.name}"


def _in_group(message: dict[str, Any], chat: int, person: int, number: int, me: Me) -> Event | None:
    match message:
        case {"migrate_to_chat_id": int(to)}:
            return Migrated(me.id, chat, to)
    command, _ = _command(message, me) or ("", "")
    title = _text(message["chat"], "title")
    if command in GROUP_COMMANDS:
        return InGroup(me.id, chat, person, number, command, title)
    return InGroup(me.id, chat, person, number, "", title) if _is_addressed(message, me) else None


def _is_addressed(message: dict[str, Any], me: Me) -> bool:
    """Whether somebody speaks to the bot, and not to the others."""
    match message:
        case {"reply_to_message": {"from": {"id": me.id}}}:
            return True
    text = _text(message, "text")
    return f"@{me.name}".lower() in text.lower() or text in MISPLACED


def _tapped(query: Any, _number: int, me: Me) -> Received:
    match query:
        case {"id": str(id_), "from": {"id": int(person)}}:
            data = _text(query, "data")
        case _:
            raise UnreadableError("callback_query")
    event: Event | None = None
    match query.get("message"):
        case {"message_id": int(screen), "chat": {"id": int(), "type": "private"}}:
            event = _tap(me.id, person, data, screen)
        case {"message_id": int(screen), "chat": {"id": int(chat), "type": "group" | "supergroup"}}:
            entry, _, language = data.removeprefix("e:").partition(":")
            if entry == GROUP_LANGUAGE and language in {*languages(), BOTH}:
                event = GroupTap(me.id, chat, person, language, screen)
        case None | {"message_id": int(), "chat": {"id": int(), "type": str()}}:
            pass
        case _:
            raise UnreadableError("callback_query")
    return Received("callback_query", event, person, id_, _sender(query)[1])


def _tap(bot: int, person: int, data: str, screen: int) -> Event:
    """A button sends `d:dialogue:turn:value`, `e:entry` or `l:language:entry`; anything else is an old button."""
    kind, _, rest = data.partition(":")
    first, _, second = rest.partition(":")
    turn, _, value = second.partition(":")
    if kind == "d" and turn.isdecimal() and len(turn) <= _MOST_DIGITS:
        return Tap(bot, person, first, int(turn), value, screen)
    language = first if kind == "l" and first in languages() else None
    return Arrival(bot, person, {"e": rest, "l": second}.get(kind, "hello"), screen=screen, language=language)


def _standing(changed: Any, number: int, me: Me) -> Received:
    match changed:
        case {
            "chat": {"id": int(chat), "type": str(kind)},
            "from": {"id": int(person)},
            "old_chat_member": {"status": str(old)},
            "new_chat_member": {"status": str(new)},
        }:
            title = _text(changed["chat"], "title")
            here = new not in _GONE
            event = Membership(me.id, chat, person, number, kind == "private", old not in _GONE, here, title)
            return Received("my_chat_member", event, person)
        case _:
            raise UnreadableError("my_chat_member")


def _command(message: dict[str, Any], me: Me) -> tuple[str, str] | None:
    """A command that is meant for this bot, without its slash, and what follows it."""
    words = (_text(message, "text") or _text(message, "caption")).split(maxsplit=1)
    if not words or not words[0].startswith("/"):
        return None
    command, _, meant = words[0][1:].partition("@")
    if meant and meant.lower() != me.name.lower():
        return None
    return command, words[1] if len(words) > 1 else ""


def _sender(happening: dict[str, Any]) -> tuple[int, str]:
    """Who did it and the language of their phone; 0 where nobody is named."""
    match happening.get("from"):
        case {"id": int(person), "language_code": str(spoken)}:
            return person, spoken
        case {"id": int(person)}:
            return person, ""
        case _:
            return 0, ""


def _text(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""


_READERS: dict[str, Callable[[Any, int, Me], Received | None]] = {
    "message": _message,
    "callback_query": _tapped,
    "my_chat_member": _standing,
}

KINDS = tuple(_READERS)
"""The kinds of updates that are ours."""
