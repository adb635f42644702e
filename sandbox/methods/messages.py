"""Messages: sent, edited, deleted."""

from typing import Any

from sandbox.entities import formatted
from sandbox.markup import Entity
from sandbox.methods.access import may, own_message, readable_chat, writable_chat
from sandbox.methods.keyboards import Keyboard, inline_keyboard
from sandbox.methods.method import Method, Parameters
from sandbox.refusals import bad_request, not_modified
from sandbox.wire import message_object
from sandbox.world import Bot, Chat, Message, World

DELETABLE = 48 * 3600
"""Seconds for which a bot may delete what others wrote in a private chat, and its own messages anywhere."""

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat = writable_chat(world, bot, given["chat_id"])
    text, entities = formatted(given["text"], given.get("parse_mode"), given.get("entities"))
    message = Message(
        world.next_message_id(chat),
        world.now(),
        bot,
        text,
        entities,
        keyboard=inline_keyboard(given.get("reply_markup")),
        protected=given.get("protect_content", False),
        reply_to=_replied(chat, given.get("reply_parameters")),
    )
    chat.add(message)
    return message_object(chat, message)


def edit_message_text(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat, message = _edited(world, bot, given)
    if "text" not in given:
        raise bad_request("message text is empty")
    text, entities = formatted(given["text"], given.get("parse_mode"), given.get("entities"))
    return _edit(world, chat, message, (text, entities, inline_keyboard(given.get("reply_markup"))))


def edit_message_reply_markup(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat, message = _edited(world, bot, given)
    keyboard = inline_keyboard(given.get("reply_markup"))
    return _edit(world, chat, message, (message.text, message.entities, keyboard))


def delete_message(world: World, bot: Bot, given: Parameters) -> bool:
    chat = readable_chat(world, bot, given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, chat, bot, message):
        raise bad_request("message can't be deleted")
    chat.remove(message.id)
    return True


def delete_messages(world: World, bot: Bot, given: Parameters) -> bool:
    """As Telegram does: those that can be deleted go, the others are passed over."""
    chat = readable_chat(world, bot, given["chat_id"])
    if not 1 <= len(given["message_ids"]) <= 100:  # noqa: PLR2004 (Telegram's figure)
        raise bad_request("message identifiers are not specified")
    for message_id in given["message_ids"]:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(world, chat, bot, message):
            chat.remove(message_id)
    return True


def send_chat_action(world: World, bot: Bot, given: Parameters) -> bool:
    if given["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    writable_chat(world, bot, given["chat_id"])
    return True


def _replied(chat: Chat, reply: dict[str, Any] | None) -> Message | None:
    if reply is None or "message_id" not in reply:
        return None
    replied = chat.messages.get(reply["message_id"])
    if replied is None and not reply.get("allow_sending_without_reply", False):
        raise bad_request("message to be replied not found")
    return replied


def _edited(world: World, bot: Bot, given: Parameters) -> tuple[Chat, Message]:
    if "chat_id" not in given:
        raise bad_request("chat_id is empty")
    chat = writable_chat(world, bot, given["chat_id"])
    if "message_id" not in given:
        raise bad_request("message identifier is not specified")
    return chat, own_message(chat, bot, given["message_id"])


def _edit(world: World, chat: Chat, message: Message, new: tuple[str, list[Entity], Keyboard | None]) -> dict[str, Any]:
    if new == (message.text, message.entities, message.keyboard):
        raise not_modified()
    if message.keyboard:
        message.earlier.append(message.keyboard)
    message.text, message.entities, message.keyboard = new
    message.edited = world.now()
    chat.changed(message)
    return message_object(chat, message)


def _deletable(world: World, chat: Chat, bot: Bot, message: Message) -> bool:
    if chat.person is None and may(chat, bot, "can_delete_messages"):
        return True
    mine_to_delete = message.sender is bot or chat.person is not None
    return mine_to_delete and world.now() - message.date < DELETABLE


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "sendChatAction": send_chat_action,
}
