"""Reads what Telegram brings: an update as plain JSON becomes a value, by the few fields that are needed.

Nothing else in an update is looked at, so nothing else can be wrong with it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeGuard

from conversations.chat import Chat, ChatKind, Screen
from conversations.entries import HELLO, REFUSED, Answer, EntryName, Lead, from_button, from_line, from_start
from conversations.refusals import NO_SUCH_CODE
from scorecard.payload import find_code
from storage.reply import Arrival, Event, GroupTap, Heard, InGroup, Membership, Migrated, Tap
from wording.catalogue import languages

LARGEST_ID = 2**63 - 1
_GONE = frozenset({"left", "kicked"})
_SAID = frozenset(
    (
        *("text", "rich_message", "photo", "live_photo", "video", "animation", "paid_media"),
        *("voice", "audio", "video_note", "document", "sticker", "contact"),
        *("location", "venue", "poll", "checklist", "dice", "game", "story"),
    )
)
"""What a message of somebody has one of; one without tells of something that happened, and nobody said it."""


class UnreadableError(Exception):
    """An update that should be ours can't be understood; `kind` says which kind it is, and nothing of what it holds."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Me:
    """The bot that an update came to.

    private: the commands of the private chat, and where each leads; in_groups: those of groups.
    """

    id: int
    name: str
    private: Mapping[str, EntryName]
    in_groups: frozenset[str]


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
    received = _READERS[kind](update[kind], number, me)
    if received is not None and not _can_be_kept(received.event):
        raise UnreadableError(kind)
    return received


def is_number(thing: object) -> TypeGuard[int]:
    """Whether this is a number that an id of Telegram's can be."""
    return isinstance(thing, int) and -LARGEST_ID <= thing <= LARGEST_ID


def _can_be_kept(event: Event | None) -> bool:
    """Whether each number in it is one that Telegram gives and a database takes."""
    values = [] if event is None else _values(event)
    inside = [number for value in values if isinstance(value, Chat | Screen) for number in _values(value)]
    return all(is_number(value) for value in (*values, *inside) if isinstance(value, int))


def _values(thing: Event | Chat | Screen) -> list[object]:
    return [getattr(thing, one.name) for one in fields(thing)]


def _message(message: Any, number: int, me: Me) -> Received | None:
    match message:
        case {"chat": {"id": int(chat), "type": "private"}}:
            if _SAID.isdisjoint(message):
                return None
            return Received("message", _in_private(message, chat, number, me), chat, spoken=_sender(message)[1])
        case {"chat": {"id": int(), "type": "group" | "supergroup"}}:
            person, spoken = _sender(message)
            event = _in_group(message, _chat(message), person, number, me)
            return None if event is None else Received("message", event, person, spoken=spoken)
        case {"chat": {"id": int(), "type": str()}}:
            return None
        case _:
            raise UnreadableError("message")


def _in_private(message: dict[str, Any], person: int, number: int, me: Me) -> Event:
    """A command, or a link anywhere in what is written, leads somewhere; the rest is a line."""
    command, rest = _command(message, me) or ("", "")
    entry = from_line("\n".join((_written(message), *_links_below(message))), me.name)
    if command == "start" and rest:
        entry = from_start(rest) or entry
        if entry is None and find_code(rest) is None:
            entry = REFUSED(NO_SUCH_CODE.replace(" ", "_"))
    elif command in me.private:
        entry = me.private[command]()
    if entry is not None:
        return Arrival(me.id, person, entry, number)
    return Heard(me.id, person, _text(message, "text") or None, number)


def _in_group(message: dict[str, Any], chat: Chat, person: int, number: int, me: Me) -> Event | None:
    match message:
        case {"migrate_to_chat_id": int(to)}:
            return Migrated(me.id, chat.id, to)
        case {"migrate_from_chat_id": int(old)}:
            return Migrated(me.id, old, chat.id)
    command, rest = _command(message, me) or ("", "")
    if command == "start" and rest:
        return None  # Telegram says this for whoever adds the bot by a button: that it came is told anyway
    if command not in me.in_groups:
        command = ""
        if not _is_addressed(message, me):
            return None
    return InGroup(me.id, chat, person, number, command)


def _is_addressed(message: dict[str, Any], me: Me) -> bool:
    """Whether somebody speaks to the bot, and not to the others."""
    match message:
        case {"reply_to_message": {"from": {"id": me.id}}}:
            return True
    text = _text(message, "text")
    misplaced = text.startswith("/") and text[1:].lower() in me.private
    return f"@{me.name}".lower() in text.lower() or misplaced


def _tapped(query: Any, number: int, me: Me) -> Received:
    match query:
        case {"id": str(), "from": {"id": int(person)}}:
            id_, data = _text(query, "id"), _text(query, "data")
        case _:
            raise UnreadableError("callback_query")
    event: Event | None = None
    match query.get("message"):
        case {"message_id": int(message), "chat": {"id": int(chat), "type": "private"}}:
            event = _tap(me.id, person, number, data, Screen(chat, message))
        case {"message_id": int(message), "chat": {"id": int(), "type": "group" | "supergroup"}}:
            sent = from_button(data)
            if isinstance(sent, Lead):
                where = _chat(query["message"])
                event = GroupTap(me.id, where, person, sent.entry, Screen(where.id, message))
        case None | {"message_id": int(), "chat": {"id": int(), "type": str()}}:
            pass
        case _:
            raise UnreadableError("callback_query")
    return Received("callback_query", event, person, id_, _sender(query)[1])


def _tap(bot: int, person: int, number: int, data: str, screen: Screen) -> Event:
    """What a tap in the private chat means; a button that nobody here made leads where people begin."""
    match from_button(data):
        case Answer(dialogue, turn, value):
            return Tap(bot, person, dialogue, turn, value, screen)
        case Lead(entry, language):
            return Arrival(bot, person, entry, number, screen, language if language in languages() else None)
        case None:
            return Arrival(bot, person, HELLO(), number, screen)


def _standing(changed: Any, number: int, me: Me) -> Received:
    match changed:
        case {
            "chat": {"id": int(), "type": "private" | "group" | "supergroup" | "channel"},
            "from": {"id": int(person)},
            "old_chat_member": {"status": str(old)},
            "new_chat_member": {"status": str(new)},
        }:
            event = Membership(me.id, _chat(changed), person, number, old not in _GONE, new not in _GONE)
            return Received("my_chat_member", event, person)
        case _:
            raise UnreadableError("my_chat_member")


def _command(message: dict[str, Any], me: Me) -> tuple[str, str] | None:
    """A command that is meant for this bot, in small letters without its slash, and what follows it."""
    words = _written(message).split(maxsplit=1)
    if not words or not words[0].startswith("/"):
        return None
    command, _, meant = words[0][1:].partition("@")
    if meant and meant.lower() != me.name.lower():
        return None
    return command.lower(), words[1] if len(words) > 1 else ""


def _sender(happening: dict[str, Any]) -> tuple[int, str]:
    """Who did it and the language of their phone; 0 where nobody is named, or a chat speaks for somebody."""
    match happening.get("from") if happening.get("sender_chat") is None else None:
        case {"id": int(person), "language_code": str(spoken)}:
            return person, spoken
        case {"id": int(person)}:
            return person, ""
        case _:
            return 0, ""


def _chat(happening: dict[str, Any]) -> Chat:
    """Where it happened. A title is kept as it is but for the sign that ends texts in some databases."""
    chat = happening["chat"]
    return Chat(chat["id"], ChatKind(chat["type"]), _topic(happening), _text(chat, "title").replace("\0", ""))


def _topic(message: dict[str, Any]) -> int | None:
    match message:
        case {"is_topic_message": True, "message_thread_id": int(topic)}:
            return topic
        case _:
            return None


def _written(message: dict[str, Any]) -> str:
    """What stands in a message, or below its picture."""
    return _text(message, "text") or _text(message, "caption")


def _links_below(message: dict[str, Any]) -> Iterator[str]:
    """The links of a message that can't be read in its text: under words of it, and those of its buttons, which stay
    below what is sent on.
    """
    for entity in _list(message.get("entities")) + _list(message.get("caption_entities")):
        match entity:
            case {"type": "text_link", "url": str()}:
                yield _text(entity, "url")
    match message.get("reply_markup"):
        case {"inline_keyboard": list(rows)}:
            for button in (one for row in rows for one in _list(row)):
                match button:
                    case {"url": str()}:
                        yield _text(button, "url")


def _list(thing: object) -> list[Any]:
    return thing if isinstance(thing, list) else []


def _text(part: dict[str, Any], name: str) -> str:
    """A text, without halves of signs, which no database keeps and no answer can hold."""
    value = part.get(name)
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


_READERS: dict[str, Callable[[Any, int, Me], Received | None]] = {
    "message": _message,
    "callback_query": _tapped,
    "my_chat_member": _standing,
}

KINDS = tuple(_READERS)
"""The kinds of updates that are ours."""
