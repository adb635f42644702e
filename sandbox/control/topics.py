"""Topics of a group: opened, closed, opened again, deleted; and to which of them somebody writes."""

from typing import Any

from sandbox.control.given import ControlError, Given
from sandbox.happenings import announce, open_topic
from sandbox.world import Chat, Message, Person


def add_topic(given: Given, group: Chat, by: Person) -> None:
    if group.kind != "supergroup":
        raise ControlError("only a supergroup has topics")
    open_topic(given.world, group, by, given.needed_text("title"))
    given.world.journal.world_changed()


def close_topic(given: Given, group: Chat, by: Person) -> None:
    """Or open it again."""
    number = _known(given, group)
    closed = group.topics[number].closed = not group.topics[number].closed
    announce(given.world, group, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, number)
    given.world.journal.world_changed()


def delete_topic(given: Given, group: Chat, _: Person) -> None:
    number = _known(given, group)
    del group.topics[number]
    for message in [message.id for message in group.messages.values() if message.topic == number]:
        group.remove(message)
    given.world.journal.world_changed()


def written_to(given: Given, chat: Chat, person: Person, reply_to: Message | None) -> int | None:
    """The topic to which a person writes: the one named, or that of what is replied to; None is the general one.

    To a closed one write those who manage topics. Raises ControlError.
    """
    theirs = reply_to.topic if reply_to is not None else None
    number = _known(given, chat) if given.has("topic") else theirs
    if number is not None and chat.topics[number].closed and not _manages(chat, person):
        raise ControlError(f"the topic {number} is closed")
    return number


def topics_of(group: Chat) -> list[dict[str, Any]]:
    return [{"id": number, "name": topic.name, "closed": topic.closed} for number, topic in group.topics.items()]


def _known(given: Given, group: Chat) -> int:
    number = given.needed_number("topic")
    if number not in group.topics:
        raise ControlError(f"there is no topic {number} in the group")
    return number


def _manages(group: Chat, person: Person) -> bool:
    member = group.members[person.id]
    return member.status == "creator" or member.rights.get("can_manage_topics", False)
