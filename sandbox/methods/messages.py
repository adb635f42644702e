"""Messages: sent, deleted, announced."""

from typing import Any

from sandbox.methods.access import may, readable_chat, writable_chat, writable_topic
from sandbox.methods.method import Method, Parameters
from sandbox.methods.send import send
from sandbox.refusals import bad_request
from sandbox.world import Bot, Chat, Message, World

DELETABLE = 48 * 3600
"""Seconds for which a bot may delete what others wrote in a private chat, and its own messages anywhere."""

DOING = 5
"""Seconds for which a phone shows what a bot says that it does, unless a message comes before."""

GENERAL = 1
"""What the general topic is called by chat actions alone: what is sent there names none."""

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
    return send(world, bot, given)


def delete_message(world: World, bot: Bot, given: Parameters) -> bool:
    chat = readable_chat(world, bot, given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, chat, bot, message):
        raise bad_request("message can't be deleted")
    _delete(chat, message)
    return True


def delete_messages(world: World, bot: Bot, given: Parameters) -> bool:
    """As Telegram does: those that can be deleted go, the others are passed over."""
    chat = readable_chat(world, bot, given["chat_id"])
    if not 1 <= len(given["message_ids"]) <= 100:  # noqa: PLR2004 (Telegram's figure)
        raise bad_request("message identifiers are not specified")
    for message_id in given["message_ids"]:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(world, chat, bot, message):
            _delete(chat, message)
    return True


def send_chat_action(world: World, bot: Bot, given: Parameters) -> bool:
    if given["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, bot, given["chat_id"])
    if not (chat.forum and given.get("message_thread_id") == GENERAL):
        writable_topic(chat, bot, given.get("message_thread_id"))
    chat.does(given["action"], world.clock() + DOING)
    return True


def _delete(chat: Chat, message: Message) -> None:
    chat.remove(message.id)
    chat.story.note("Bot", f" takes message {message.id} away")


def _deletable(world: World, chat: Chat, bot: Bot, message: Message) -> bool:
    if chat.person is None and may(chat, bot, "can_delete_messages"):
        return True
    mine_to_delete = message.sender is bot or chat.person is not None
    return mine_to_delete and world.now() - message.date < DELETABLE


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "sendChatAction": send_chat_action,
}
