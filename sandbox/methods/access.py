"""Which chats and messages a bot reaches, and what it may do there."""

from typing import Any

from sandbox.refusals import RefusedError, bad_request, forbidden, migrated
from sandbox.world import Bot, Chat, Member, Message, World

_RIGHTS = {"text message": "can_send_messages", "photo": "can_send_photos", "document": "can_send_documents"}


def readable_chat(world: World, bot: Bot, chat_id: Any) -> Chat:
    """The chat with this id, if the bot has to do with it. Raises RefusedError."""
    if isinstance(chat_id, int):
        if chat_id > 0:
            person = world.people.get(chat_id)
            chat = world.private.get((bot.id, chat_id))
            if chat is not None:
                return chat
            if person is not None:
                raise forbidden("bot can't initiate conversation with a user")
        elif (group := world.groups.get(chat_id)) is not None and bot.id in group.members:
            _refuse_lost(group, group.members[bot.id])
            return group
    raise bad_request("chat not found")


def writable_chat(world: World, bot: Bot, chat_id: Any, kind: str = "text message") -> Chat:
    """The chat with this id, if the bot may send messages of this kind to it now. Raises RefusedError."""
    chat = readable_chat(world, bot, chat_id)
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.person is None:
        member = chat.members[bot.id]
        if member.status == "restricted" and not member.rights.get(_RIGHTS[kind], True):
            raise bad_request(f"not enough rights to send {kind}s to the chat")
    return chat


def writable_topic(chat: Chat, bot: Bot, number: int | None) -> int | None:
    """A topic to which the bot may send now; None is the general one, which has no number. Raises RefusedError."""
    if number is None:
        return None
    topic = chat.topics.get(number)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not may(chat, bot, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return number


def own_message(chat: Chat, bot: Bot, message_id: int) -> Message:
    """A message that the bot may edit. Raises RefusedError."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not bot or message.service:
        raise bad_request("message can't be edited")
    return message


def may(chat: Chat, bot: Bot, right: str) -> bool:
    """Whether the bot has an administrator's right; in private chats it has them all."""
    if chat.person is not None:
        return True
    member = chat.members[bot.id]
    return member.status == "administrator" and member.rights.get(right, False)


def _refuse_lost(group: Chat, member: Member) -> None:
    """A group that is no more, or that the bot is not in."""
    refusal: RefusedError | None = None
    if group.upgraded_to is not None:
        refusal = migrated(group.upgraded_to)
    elif group.gone:
        refusal = forbidden("the group chat was deleted")
    elif not member.present and member.thrown_out:
        refusal = forbidden(f"bot was kicked from the {group.kind} chat")
    elif not member.present:
        refusal = forbidden(f"bot is not a member of the {group.kind} chat")
    if refusal is not None:
        raise refusal
