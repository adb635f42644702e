"""What happens in a chat, and which bots hear of it: messages, service messages, taps, changed standings."""

import asyncio
from typing import Any

from sandbox.entities import command_for, commands_and_mentions
from sandbox.wire import chat_object, member_object, message_object, query_object
from sandbox.world import QUERIES, Bot, Chat, Member, Message, Person, Query, World


def write(
    world: World,
    chat: Chat,
    person: Person,
    text: str,
    *,
    content: dict[str, Any] | None = None,
    reply_to: Message | None = None,
) -> tuple[Message, int | None]:
    """A person sends a message; the message and the id of the update that the (first) bot got of it."""
    text = text.strip()
    message = Message(
        world.next_message_id(chat),
        world.now(),
        person,
        text,
        commands_and_mentions(text),
        reply_to=reply_to,
        content=content or {},
    )
    chat.add(message)
    return message, _tell(chat, message)


def announce(world: World, chat: Chat, who: Person | Bot, content: dict[str, Any]) -> Message:
    """A service message: somebody came or went, a new title, something pinned."""
    message = Message(world.next_message_id(chat), world.now(), who, content=content, service=True)
    chat.add(message)
    _tell(chat, message)
    return message


def tap(world: World, chat: Chat, person: Person, message: Message, data: str) -> tuple[Query, int | None]:
    """A person taps a button that carries data; the query, and the id of the bot's update."""
    assert isinstance(message.sender, Bot)
    bot = message.sender
    query = Query(str(next(world.query_ids)), chat, person, world.clock(), asyncio.get_running_loop().create_future())
    bot.queries[query.id] = query
    if len(bot.queries) > QUERIES:
        bot.queries.popitem(last=False)
    return query, bot.updates.put("callback_query", query_object(query, message, data))


def bot_standing(world: World, chat: Chat, bot: Bot, new: Member, by: Person | Bot) -> None:
    """A bot's standing in a chat changes, and it hears of that (my_chat_member)."""
    old = chat.members.get(bot.id, Member("left"))
    chat.members[bot.id] = new
    if new.present and bot not in chat.bots:
        chat.bots.append(bot)
    elif not new.present and chat.person is None and bot in chat.bots:
        chat.bots.remove(bot)
    bot.updates.put(
        "my_chat_member",
        {
            "chat": chat_object(chat),
            "from": by.user,
            "date": world.now(),
            "old_chat_member": member_object(bot.user, old),
            "new_chat_member": member_object(bot.user, new),
        },
    )


def _tell(chat: Chat, message: Message) -> int | None:
    """Hand a message to the bots that may see it: in groups they are in privacy mode."""
    first = None
    about = None
    for bot in chat.bots:
        if chat.person is not None or _hears(bot, message):
            about = about or message_object(chat, message)
            update = bot.updates.put("message", about)
            first = first or update
    return first


def _hears(bot: Bot, message: Message) -> bool:
    if message.service:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    command = command_for(message.text)
    return command is not None and (command[1] is None or command[1].lower() == bot.username.lower())
