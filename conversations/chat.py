"""Chats that the bot is in."""

from dataclasses import dataclass
from enum import StrEnum


class ChatKind(StrEnum):
    """What a chat is; a supergroup, which alone has topics, may be what another group has just become."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, and the topic of it that is meant: None for its only or general one. `title`: a group's."""

    id: int
    kind: ChatKind
    topic: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """The message on which something is shown, to be rewritten in place: its number means nothing in another chat."""

    chat: int
    message: int
