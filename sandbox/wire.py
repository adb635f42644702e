"""What the world holds, written as the objects of the Bot API."""

from typing import Any

from sandbox.files import media_content
from sandbox.world import Bot, Chat, Member, Message, Person, Query, World

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)

MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def chat_object(chat: Chat) -> dict[str, Any]:
    if chat.person is None:
        forum = {"is_forum": True} if chat.forum else {}
        return {"id": chat.id, "type": chat.kind, "title": chat.title, **forum}
    about: dict[str, Any] = {"id": chat.id, "type": "private", "first_name": chat.person.first_name}
    if chat.person.username:
        about["username"] = chat.person.username
    return about


def message_object(chat: Chat, message: Message, bot: Bot, *, nested: bool = False) -> dict[str, Any]:
    """A message as this bot sees it; `nested`: inside another one, so without what it replies to."""
    about: dict[str, Any] = {
        "message_id": message.id,
        "from": message.sender.user,
        "chat": chat_object(chat),
        "date": message.date,
    }
    text, entities = ("text", "entities") if message.media is None else ("caption", "caption_entities")
    if message.text:
        about[text] = message.text
    if message.entities:
        about[entities] = message.entities
    if message.media is not None:
        about.update(media_content(message.media, bot.id))
    if message.keyboard:
        about["reply_markup"] = {"inline_keyboard": message.keyboard}
    if message.edited is not None:
        about["edit_date"] = message.edited
    if message.topic is not None:
        about |= {"message_thread_id": message.topic, "is_topic_message": True}
    if message.protected:
        about["has_protected_content"] = True
    replied = message.reply_to or _opening(chat, message)
    if replied is not None and not nested:
        about["reply_to_message"] = message_object(chat, replied, bot, nested=True)
    about.update(content_object(chat, message, bot))
    return about


def _opening(chat: Chat, message: Message) -> Message | None:
    """What opened the topic of a message: Telegram has all else in it reply to that."""
    return None if message.topic in {None, message.id} else chat.messages.get(message.topic)


def content_object(chat: Chat, message: Message, bot: Bot) -> dict[str, Any]:
    """What a message holds beside text, keyboard and media; a message in it is one that was pinned."""
    return {
        name: message_object(chat, value, bot, nested=True) if isinstance(value, Message) else value
        for name, value in message.content.items()
    }


def query_object(query: Query, message: Message, bot: Bot, data: str) -> dict[str, Any]:
    """A tap as the bot hears of it; of a deleted message only its number is left."""
    if message.id in query.chat.messages:
        about = message_object(query.chat, message, bot)
    else:
        about = {"chat": chat_object(query.chat), "message_id": message.id, "date": 0}
    return {
        "id": query.id,
        "from": query.person.user,
        "message": about,
        "chat_instance": str(query.chat.id * 2_654_435_761),
        "data": data,
    }


def member_object(user: dict[str, Any], member: Member) -> dict[str, Any]:
    """A standing as one of the ChatMember types."""
    about: dict[str, Any] = {"status": member.status, "user": user}
    match member.status:
        case "creator":
            about["is_anonymous"] = False
        case "administrator":
            about |= {right: member.rights.get(right, False) for right in ADMIN_RIGHTS}
            about |= {"can_be_edited": False, "is_anonymous": False, "can_manage_chat": True}
        case "restricted":
            about |= {right: member.rights.get(right, True) for right in MEMBER_RIGHTS}
            about |= {"is_member": True, "until_date": 0}
        case "kicked":
            about["until_date"] = 0
        case _:
            pass
    return about


def full_chat_object(chat: Chat, bot: Bot) -> dict[str, Any]:
    """ChatFullInfo: the little that a stand-in's chats have."""
    about = chat_object(chat)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    about |= {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.person is None:
        about["permissions"] = dict.fromkeys(MEMBER_RIGHTS, True)
    elif chat.person.username:
        about["active_usernames"] = [chat.person.username]
    if chat.pinned:
        about["pinned_message"] = message_object(chat, chat.messages[chat.pinned[-1]], bot)
    return about


def user_of(world: World, user_id: int) -> dict[str, Any] | None:
    who: Person | Bot | None = world.people.get(user_id) or world.bots.get(user_id)
    return who.user if who else None
