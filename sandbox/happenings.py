"""What happens in a chat, and which bots hear of it: messages, service messages, taps, changed standings."""

import asyncio
from typing import Any

from sandbox.entities import command_for, commands_and_mentions
from sandbox.files import Media
from sandbox.markup import Entity
from sandbox.wire import chat_object, member_object, message_object, query_object
from sandbox.world import QUERIES, Bot, Chat, Member, Message, Person, Query, Topic, World


def write(
    world: World,
    chat: Chat,
    person: Person,
    text: str,
    *,
    media: Media | None = None,
    reply_to: Message | None = None,
    topic: int | None = None,
    entities: list[Entity] | None = None,
) -> tuple[Message, int | None]:
    """A person sends a message; the message and the id of the update that the (first) bot got of it."""
    text = text.strip()
    message = Message(
        world.next_message_id(chat),
        world.now(),
        person,
        text,
        [*commands_and_mentions(text), *(entities or [])],
        reply_to=reply_to,
        media=media,
        topic=topic,
    )
    chat.add(message)
    chat.story.note(person.first_name, f" says {text}" if media is None else f" sends a {media.kind}")
    return message, _tell(chat, message)


def send_on(world: World, chat: Chat, person: Person, original: Message) -> tuple[Message, int | None]:
    """As `write`, of a message that stands somewhere else: of its buttons those that are links stay."""
    links = [row for buttons in original.keyboard or () if (row := [button for button in buttons if "url" in button])]
    origin = {"type": "user", "sender_user": original.sender.user, "date": original.date}
    message = Message(
        world.next_message_id(chat),
        world.now(),
        person,
        original.text,
        original.entities,
        keyboard=links or None,
        media=original.media,
        content={"forward_origin": origin},
    )
    chat.add(message)
    chat.story.note(person.first_name, f" sends on what {original.sender.first_name} wrote", message.text, links)
    return message, _tell(chat, message)


def announce(world: World, chat: Chat, who: Person | Bot, content: dict[str, Any], topic: int | None = None) -> Message:
    """A service message: somebody came or went, a new title, something pinned."""
    message = Message(world.next_message_id(chat), world.now(), who, content=content, service=True, topic=topic)
    chat.add(message)
    chat.story.note("", f"({', '.join(content).replace('_', ' ')}, by {who.first_name})")
    _tell(chat, message)
    return message


def open_topic(world: World, chat: Chat, who: Person, name: str) -> int:
    """A group gets a topic, and is a forum from then on; the topic's number."""
    message = Message(
        world.next_message_id(chat),
        world.now(),
        who,
        content={"forum_topic_created": {"name": name, "icon_color": 7322096}},
        service=True,
    )
    message.topic = message.id
    chat.forum, chat.topics[message.id] = True, Topic(name)
    chat.add(message)
    chat.story.note("", f"(topic {name} created, by {who.first_name})")
    _tell(chat, message)
    return message.id


def tap(world: World, chat: Chat, person: Person, message: Message, data: str) -> tuple[Query, int | None]:
    """A person taps a button that carries data; the query, and the id of the bot's update."""
    assert isinstance(message.sender, Bot)
    bot = message.sender
    query = Query(str(next(world.query_ids)), chat, person, world.clock(), asyncio.get_running_loop().create_future())
    bot.queries[query.id] = query
    if len(bot.queries) > QUERIES:
        bot.queries.popitem(last=False)
    chat.story.note(person.first_name, f" taps [{_label(message, data)}]")
    return query, bot.updates.put("callback_query", query_object(query, message, bot, data))


def bot_standing(world: World, chat: Chat, bot: Bot, new: Member, by: Person | Bot) -> None:
    """A bot's standing in a chat changes, and it hears of that (my_chat_member)."""
    old = chat.members.get(bot.id, Member("left"))
    chat.members[bot.id] = new
    if new.present and bot not in chat.bots:
        chat.bots.append(bot)
    elif not new.present and chat.person is None and bot in chat.bots:
        chat.bots.remove(bot)
    bot.updates.put("my_chat_member", _standing(world, chat, bot, (old, new), by))
    _tell_administrators(world, chat, bot, (old, new), by)
    world.journal.world_changed()


def member_standing(world: World, chat: Chat, person: Person, new: Member, by: Person | Bot) -> None:
    """A person's standing in a group changes; bots that administer it and ask for it hear of that (chat_member)."""
    old = chat.members.get(person.id, Member("left"))
    chat.members[person.id] = new
    _tell_administrators(world, chat, person, (old, new), by)
    world.journal.world_changed()


def _tell_administrators(
    world: World, chat: Chat, who: Person | Bot, change: tuple[Member, Member], by: Person | Bot
) -> None:
    for bot in chat.bots:
        if bot is not who and chat.person is None and chat.members[bot.id].status == "administrator":
            bot.updates.put("chat_member", _standing(world, chat, who, change, by))


def _standing(
    world: World, chat: Chat, who: Person | Bot, change: tuple[Member, Member], by: Person | Bot
) -> dict[str, Any]:
    return {
        "chat": chat_object(chat),
        "from": by.user,
        "date": world.now(),
        "old_chat_member": member_object(who.user, change[0]),
        "new_chat_member": member_object(who.user, change[1]),
    }


def _tell(chat: Chat, message: Message) -> int | None:
    """Hand a message to the bots that may see it: in groups they are in privacy mode."""
    first = None
    for bot in chat.bots:
        if chat.person is not None or _hears(bot, message):
            update = bot.updates.put("message", message_object(chat, message, bot))
            first = first or update
    return first


def _hears(bot: Bot, message: Message) -> bool:
    if message.service:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    command = command_for(message.text) if message.media is None else None
    return command is not None and (command[1] is None or command[1].lower() == bot.username.lower())


def _label(message: Message, data: str) -> str:
    """The text of the button that carries this, now or before the last edits."""
    for keyboard in [message.keyboard or [], *reversed(message.earlier)]:
        for row in keyboard:
            for button in row:
                if button.get("callback_data") == data:
                    return str(button["text"])
    return data
