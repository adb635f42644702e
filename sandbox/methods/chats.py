"""Chats: described, pinned in, left."""

from typing import Any

from sandbox.happenings import announce, bot_standing
from sandbox.methods.access import may, readable_chat
from sandbox.methods.method import Method, Parameters
from sandbox.refusals import bad_request
from sandbox.wire import full_chat_object, member_object, user_of
from sandbox.world import Bot, Chat, Member, World


def get_chat(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    return full_chat_object(readable_chat(world, bot, given["chat_id"]), bot)


def get_chat_member(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    chat = readable_chat(world, bot, given["chat_id"])
    user = user_of(world, given["user_id"])
    if user is None:
        raise bad_request("invalid user_id specified")
    if chat.person is not None:
        standing = Member("member" if user["id"] in {bot.id, chat.person.id} else "left")
    else:
        standing = chat.members.get(user["id"], Member("left"))
    return member_object(user, standing)


def get_chat_administrators(world: World, bot: Bot, given: Parameters) -> list[dict[str, Any]]:
    chat = readable_chat(world, bot, given["chat_id"])
    if chat.person is not None:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_object(user, member)
        for user_id, member in chat.members.items()
        if member.status in {"creator", "administrator"}
        and (user := user_of(world, user_id)) is not None
        and (user_id == bot.id or given.get("return_bots") or not user["is_bot"])
    ]


def pin_chat_message(world: World, bot: Bot, given: Parameters) -> bool:
    chat = _pinnable(world, bot, given)
    message = chat.messages.get(given["message_id"])
    if message is None or message.service:
        raise bad_request("message to pin not found")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        announce(world, chat, bot, {"pinned_message": message}, message.topic)
    return True


def unpin_chat_message(world: World, bot: Bot, given: Parameters) -> bool:
    """The message named, or the one that was pinned last."""
    chat = _pinnable(world, bot, given)
    message_id = given.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    chat.changed()
    return True


def leave_chat(world: World, bot: Bot, given: Parameters) -> bool:
    chat = readable_chat(world, bot, given["chat_id"])
    if chat.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    announce(world, chat, bot, {"left_chat_member": bot.user})
    bot_standing(world, chat, bot, Member("left"), bot)
    return True


def _pinnable(world: World, bot: Bot, given: Parameters) -> Chat:
    chat = readable_chat(world, bot, given["chat_id"])
    if not may(chat, bot, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "leaveChat": leave_chat,
}
