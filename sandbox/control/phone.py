"""What a person does with a phone: write, open a link, tap a button."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.control import groups
from sandbox.control.faults import set_blocked
from sandbox.control.given import ControlError, Given
from sandbox.control.seen import until, view
from sandbox.control.topics import written_to
from sandbox.entities import MAX_TEXT
from sandbox.happenings import send_on, write
from sandbox.happenings import tap as tap_button
from sandbox.markup import units
from sandbox.pictures import picture
from sandbox.world import Bot, Chat, Message

SAY_FIELDS = frozenset({"person", "chat", "bot", "text", "photo", "sticker", "reply_to", "topic", "hidden"})
FORWARD_FIELDS = frozenset({"person", "message", "chat", "to", "bot"})
OPEN_FIELDS = frozenset({"person", "link", "chat"})
TAP_FIELDS = frozenset({"person", "chat", "bot", "message", "data", "button", "stale", "wait", "until"})

_PHOTO = picture(800, 600, (120, 160, 130), "photo.png")
_STICKER = picture(512, 512, (250, 200, 60), "sticker.png")


def say(given: Given) -> dict[str, Any]:
    person, text = given.person(), given.text("text")
    photo, sticker = given.flag("photo"), given.flag("sticker")
    if [text is not None and bool(text.strip()), photo, sticker].count(True) != 1:
        raise ControlError("say one of text, photo and sticker")
    if text is not None and len(text.strip()) > MAX_TEXT:
        raise ControlError(f"a message has {MAX_TEXT} characters at most")
    chat = given.chat(person) if given.has("chat") else given.world.private_chat(given.bot(), person)
    if chat.blocked:
        raise ControlError(f"person {person.id} has blocked the bot")
    reply_to = _known(chat, given.needed_number("reply_to")) if given.has("reply_to") else None
    topic = written_to(given, chat, person, reply_to)
    media = None
    if photo:
        media = given.world.files.add("photo", _PHOTO, 800, 600)
    if sticker:
        media = given.world.files.add("sticker", _STICKER, 512, 512)
    message, update = write(
        given.world, chat, person, text or "", media=media, reply_to=reply_to, topic=topic, entities=_hidden(given)
    )
    return {"message": message.id, "update": update, "seq": chat.seq}


def _hidden(given: Given) -> list[dict[str, Any]]:
    """The link under the whole text, if there is one."""
    url, text = given.text("hidden"), given.text("text")
    if url is None:
        return []
    if text is None:
        raise ControlError("a link is hidden under a text")
    return [{"type": "text_link", "offset": 0, "length": units(text.strip()), "url": url}]


def forward(given: Given) -> dict[str, Any]:
    person = given.person()
    message = _known(given.chat(person), given.needed_number("message"))
    if message.protected or message.service:
        raise ControlError(f"message {message.id} can't be sent on")
    to = Given(given.world, {"chat": given.number("to")})
    chat = to.chat(person) if to.has("chat") else given.world.private_chat(given.bot(), person)
    if chat.blocked:
        raise ControlError(f"person {person.id} has blocked the bot")
    copy, update = send_on(given.world, chat, person, message)
    return {"message": copy.id, "update": update, "seq": chat.seq}


def open_link(given: Given) -> dict[str, Any]:
    person, link = given.person(), given.needed_text("link")
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        parts = urlsplit("")
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if parts.hostname not in {"t.me", "telegram.me"}:
        raise ControlError("link must be https://t.me/BOT?start=PAYLOAD or https://t.me/BOT?startgroup=PAYLOAD")
    bot = Given(given.world, {"bot": parts.path.strip("/")}).bot()
    if "startgroup" in query:
        rights = dict.fromkeys(f"can_{right}" for right in query.get("admin", "").split())
        action = {
            "action": "add_bot",
            "by": person.id,
            "bot": bot.id,
            "payload": query["startgroup"],
            "rights": dict.fromkeys(rights, True) or None,
        }
        return groups.act(Given(given.world, action), str(given.needed_number("chat")))
    chat = given.world.private_chat(bot, person)
    set_blocked(given.world, chat, bot, blocked=False)
    text = f"/start {query.get('start', '')}".strip()
    message, update = write(given.world, chat, person, text)
    return {"message": message.id, "update": update, "seq": chat.seq}


async def tap(given: Given) -> dict[str, Any]:
    person = given.person()
    chat = given.chat(person)
    if given.has("data") == given.has("button"):
        raise ControlError("say one of data and button")
    goal = given.text("until") or "answer"
    if goal not in {"answer", "change"}:
        raise ControlError("until must be answer or change")
    wait = given.seconds("wait")
    message, button = _find(chat, given)
    if "url" in button:
        return {"query": None, "update": None, "message": message.id, "url": button["url"]}
    if "callback_data" not in button:
        raise ControlError("the sandbox can tap buttons with callback data and links only")
    before = chat.seq

    def changed() -> bool:
        return max(message.seq, chat.sent) > before or message.id not in chat.messages

    query, update = tap_button(given.world, chat, person, message, button["callback_data"])
    tapped: dict[str, Any] = {"query": query.id, "update": update, "message": message.id}
    if wait:
        if goal == "change":
            await until(chat, changed, wait)
        else:
            await asyncio.wait([query.answered], timeout=wait)
        tapped["answer"] = query.answered.result() if query.answered.done() else None
        tapped["changed"] = changed()
        tapped["seen"] = view(chat, person, given.world.clock())
    return tapped


def _find(chat: Chat, given: Given) -> tuple[Message, dict[str, Any]]:
    """The message and the button that are meant."""
    stale = given.flag("stale")
    if given.has("message"):
        number = given.needed_number("message")
        known = chat.messages.get(number) or (chat.deleted.get(number) if stale else None)
        messages = [known] if known is not None else []
    else:
        messages = [*reversed(chat.messages.values()), *(reversed(chat.deleted.values()) if stale else ())]
    for message in messages:
        if isinstance(message.sender, Bot):
            for keyboard in [message.keyboard or [], *(reversed(message.earlier) if stale else ())]:
                for row in keyboard:
                    for button in row:
                        if _meant(button, given):
                            return message, button
    wanted = given.values.get("data") or given.values.get("button")
    raise ControlError(f"no such button can be seen: {wanted!r}")


def _meant(button: dict[str, Any], given: Given) -> bool:
    if given.has("data"):
        return bool(button.get("callback_data") == given.text("data"))
    return bool(button["text"] == given.text("button"))


def _known(chat: Chat, number: int) -> Message:
    message = chat.messages.get(number)
    if message is None:
        raise ControlError(f"there is no message {number} in the chat")
    return message
