"""What a person's phone shows of a chat."""

import asyncio
from collections.abc import Callable
from typing import Any

from sandbox.control.given import Given
from sandbox.files import Media
from sandbox.world import Bot, Chat, Message, Person

FIELDS = frozenset({"person", "chat", "bot", "since", "wait", "limit"})
SHOWN = 50


async def seen(given: Given) -> dict[str, Any]:
    person = given.person()
    chat = given.chat(person)
    since, wait = given.number("since"), given.seconds("wait")
    limit = max(given.number("limit") or SHOWN, 1)
    if since is not None and wait:
        await until(chat, lambda: chat.seq > since, wait)
    return view(chat, person, given.world.clock(), limit)


async def until(chat: Chat, happened: Callable[[], bool], wait: float) -> None:
    """Wait until it has happened in the chat, but not longer than `wait` seconds."""
    try:
        async with asyncio.timeout(wait):
            while not happened():
                await chat.bell.wait()
    except TimeoutError:
        pass


def view(chat: Chat, person: Person, now: float, limit: int = SHOWN) -> dict[str, Any]:
    messages = list(chat.messages.values())[-limit:]
    return {
        "seq": chat.seq,
        "shown": chat.shown,
        "chat": _chat(chat),
        "doing": _doing(chat, now),
        "blocked": chat.blocked,
        "messages": [_message(chat, message) for message in messages],
        "toasts": [
            {"seq": toast.seq, "query": toast.query, "text": toast.text, "alert": toast.alert}
            for toast in chat.toasts
            if toast.person == person.id
        ],
    }


def _chat(chat: Chat) -> dict[str, Any]:
    if chat.bot is not None:
        return {"id": chat.bot.id, "type": "private", "title": chat.bot.first_name}
    return {"id": chat.id, "type": chat.kind, "title": chat.title}


def _doing(chat: Chat, now: float) -> dict[str, Any] | None:
    """What the bot says that it does, as long as that is fresh."""
    if chat.doing is None or chat.doing[1] <= now:
        return None
    return {"action": chat.doing[0], "seconds": chat.doing[1] - now}


def _message(chat: Chat, message: Message) -> dict[str, Any]:
    sender = message.sender
    about: dict[str, Any] = {
        "id": message.id,
        "date": message.date,
        "from": {"id": sender.id, "name": sender.first_name, "bot": isinstance(sender, Bot)},
        "text": message.text,
        "entities": message.entities,
        "buttons": [[_button(button) for button in row] for row in message.keyboard or []],
        "edited": message.edited is not None,
        "protected": message.protected,
        "pinned": message.id in chat.pinned,
    }
    if message.topic is not None:
        about["topic"] = message.topic
    if message.reply_to is not None:
        about["reply_to"] = message.reply_to.id
    if message.service:
        about["service"] = _service(message)
    else:
        about |= dict.fromkeys(message.content, True)
    if message.media is not None:
        about |= {message.media.kind: True, "file": _file(message.media)}
    return about


def _service(message: Message) -> dict[str, Any]:
    """What happened, as the Bot API has it; of a pinned message only its number."""
    return {
        name: {"message_id": value.id} if isinstance(value, Message) else value
        for name, value in message.content.items()
    }


def _file(media: Media) -> dict[str, Any]:
    about: dict[str, Any] = {
        "kind": media.kind,
        "url": f"/_sandbox/file/{media.unique}",
        "name": media.name,
        "mime": media.mime,
        "size": media.size,
    }
    return about | ({"width": media.width, "height": media.height} if media.width else {})


def _button(button: dict[str, Any]) -> dict[str, Any]:
    return {"data" if name == "callback_data" else name: value for name, value in button.items()}
