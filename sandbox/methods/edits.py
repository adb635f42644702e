"""Messages rewritten: text, caption, media, keyboard."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.entities import formatted
from sandbox.files import Media
from sandbox.markup import Entity
from sandbox.methods.access import own_message, writable_chat
from sandbox.methods.keyboards import Keyboard, inline_keyboard
from sandbox.methods.media import media
from sandbox.methods.method import Method, Parameters
from sandbox.methods.send import caption, flags
from sandbox.refusals import bad_request, not_implemented, not_modified
from sandbox.wire import message_object
from sandbox.world import Bot, Chat, Message, World


@dataclass(frozen=True)
class _Look:
    """All of a message that an edit can change."""

    text: str
    entities: list[Entity]
    keyboard: Keyboard | None
    media: Media | None = None
    content: dict[str, Any] = field(default_factory=dict)


def edit_message_text(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat, message = _edited(world, bot, given)
    if "text" not in given:
        raise bad_request("message text is empty")
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    text, entities = formatted(given["text"], given.get("parse_mode"), given.get("entities"))
    return _edit(world, chat, message, _Look(text, entities, inline_keyboard(given.get("reply_markup"))))


def edit_message_caption(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat, message = _edited(world, bot, given)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: True for name in message.content if name != "show_caption_above_media"}
    keyboard = inline_keyboard(given.get("reply_markup"))
    return _edit(world, chat, message, _Look(*caption(given), keyboard, message.media, kept | flags(given)))


def edit_message_media(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat, message = _edited(world, bot, given)
    wanted = given["media"]
    if wanted["type"] not in {"photo", "document"} or "thumbnail" in wanted:
        raise not_implemented("media other than photos and documents, or thumbnails of them")
    if message.media is None:
        writable_chat(world, bot, given["chat_id"], wanted["type"])
    new = media(world, bot, given, wanted["type"], wanted["media"])
    keyboard = inline_keyboard(given.get("reply_markup"))
    return _edit(world, chat, message, _Look(*caption(wanted), keyboard, new, flags(wanted)))


def edit_message_reply_markup(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat, message = _edited(world, bot, given)
    keyboard = inline_keyboard(given.get("reply_markup"))
    return _edit(world, chat, message, _Look(message.text, message.entities, keyboard, message.media, message.content))


def _edited(world: World, bot: Bot, given: Parameters) -> tuple[Chat, Message]:
    if "chat_id" not in given:
        raise bad_request("chat_id is empty")
    chat = writable_chat(world, bot, given["chat_id"])
    if "message_id" not in given:
        raise bad_request("message identifier is not specified")
    return chat, own_message(chat, bot, given["message_id"])


def _edit(world: World, chat: Chat, message: Message, new: _Look) -> dict[str, Any]:
    assert isinstance(message.sender, Bot)
    if new == _Look(message.text, message.entities, message.keyboard, message.media, message.content):
        raise not_modified()
    if message.keyboard:
        message.earlier.append(message.keyboard)
    message.text, message.entities, message.keyboard = new.text, new.entities, new.keyboard
    message.media, message.content = new.media, new.content
    message.edited = world.now()
    chat.changed(message)
    chat.story.note(f"Bot, message {message.id}", ", rewritten", message.text, message.keyboard)
    return message_object(chat, message, message.sender)


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
