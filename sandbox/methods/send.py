"""A message that a bot sends: text alone, or media with a caption."""

from typing import Any

from sandbox.entities import formatted, formatted_caption
from sandbox.files import Media
from sandbox.markup import Entity
from sandbox.methods.access import writable_chat, writable_topic
from sandbox.methods.keyboards import inline_keyboard
from sandbox.methods.method import Parameters
from sandbox.refusals import bad_request
from sandbox.wire import message_object
from sandbox.world import Bot, Chat, Message, World

_FLAGS = {"has_spoiler": "has_media_spoiler", "show_caption_above_media": "show_caption_above_media"}


def send(world: World, bot: Bot, given: Parameters, media: Media | None = None) -> dict[str, Any]:
    """The message as Telegram describes it. Raises RefusedError."""
    chat = writable_chat(world, bot, given["chat_id"], "text message" if media is None else media.kind)
    reply_to = _replied(chat, given.get("reply_parameters"))
    theirs = reply_to.topic if reply_to is not None else None
    topic = writable_topic(chat, bot, given.get("message_thread_id") or theirs)
    if media is None:
        text, entities = formatted(given["text"], given.get("parse_mode"), given.get("entities"))
    else:
        text, entities = caption(given)
    message = Message(
        world.next_message_id(chat),
        world.now(),
        bot,
        text,
        entities,
        keyboard=inline_keyboard(given.get("reply_markup")),
        protected=given.get("protect_content", False),
        reply_to=reply_to,
        media=media,
        content=flags(given),
        topic=topic,
    )
    chat.add(message)
    what = f"Bot, message {message.id}" + (f", {media.kind} {media.name}" if media is not None else "")
    chat.story.note(what, "", text, message.keyboard)
    return message_object(chat, message, bot)


def caption(given: Parameters) -> tuple[str, list[Entity]]:
    """What stands under media, of the parameters of a method or of an InputMedia object."""
    return formatted_caption(given.get("caption", ""), given.get("parse_mode"), given.get("caption_entities"))


def flags(given: Parameters) -> dict[str, Any]:
    """How media are shown, as fields of a Message."""
    return {field: True for name, field in _FLAGS.items() if given.get(name)}


def _replied(chat: Chat, reply: dict[str, Any] | None) -> Message | None:
    if reply is None or "message_id" not in reply:
        return None
    replied = chat.messages.get(reply["message_id"])
    if replied is None and not reply.get("allow_sending_without_reply", False):
        raise bad_request("message to be replied not found")
    return replied
