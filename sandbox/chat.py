"""Who there is, and what stands in their chats: people, bots, members, messages. No rules, no HTTP."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.files import Media
from sandbox.limits import Sends
from sandbox.story import Story
from sandbox.updates import UpdateQueue

HISTORY = 500
"""Messages that a chat keeps."""

TOASTS = 50
"""Answers to taps that a chat keeps."""

EARLIER = 30
"""Earlier keyboards that a message keeps, for taps on a phone that has not seen the edit."""


@dataclass(eq=False)
class Person:
    """Somebody with a phone. `user` is how Telegram describes them."""

    id: int
    first_name: str
    username: str | None
    language_code: str | None
    user: dict[str, Any] = field(repr=False)


@dataclass(eq=False)
class Bot:
    """An account that a program speaks for."""

    id: int
    username: str
    first_name: str
    user: dict[str, Any] = field(repr=False)
    updates: UpdateQueue = field(repr=False)
    sends: Sends = field(default_factory=Sends, repr=False)
    queries: "OrderedDict[str, Query]" = field(default_factory=OrderedDict, repr=False)
    commands: dict[tuple[Any, ...], list[dict[str, Any]]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Member:
    """Somebody's standing in a chat. `thrown_out`: another person removed them."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)
    thrown_out: bool = False

    @property
    def present(self) -> bool:
        return self.status in {"creator", "administrator", "member", "restricted"}


@dataclass(eq=False)
class Topic:
    """A topic of a group that has them; its number is that of the message that opened it."""

    name: str
    closed: bool = False


@dataclass(eq=False)
class Message:
    """One message as it is now. With media, text and entities are the caption's.

    `content` holds what is neither text nor keyboard nor media, as Telegram writes it; topic: None for the general one.
    """

    id: int
    date: int
    sender: Person | Bot
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    keyboard: list[list[dict[str, Any]]] | None = None
    protected: bool = False
    reply_to: "Message | None" = None
    media: Media | None = None
    content: dict[str, Any] = field(default_factory=dict)
    service: bool = False
    edited: int | None = None
    seq: int = 0
    topic: int | None = None
    earlier: "deque[list[list[dict[str, Any]]]]" = field(default_factory=lambda: deque(maxlen=EARLIER))


@dataclass(frozen=True)
class Toast:
    """What a phone shows for a moment when the bot has answered a tap."""

    seq: int
    person: int
    query: str
    text: str
    alert: bool


@dataclass(eq=False)
class Query:
    """A tap that a bot is to answer. `answer` is {} or {text, alert, url}."""

    id: str
    chat: "Chat"
    person: Person
    asked: float
    answered: "asyncio.Future[dict[str, Any]]"


class Bell:
    """Wakes whoever waits, each time it is rung."""

    def __init__(self) -> None:
        self._event: asyncio.Event | None = None

    def ring(self) -> None:
        if self._event is not None:
            self._event.set()
            self._event = None

    async def wait(self) -> None:
        if self._event is None:
            self._event = asyncio.Event()
        await self._event.wait()


@dataclass(eq=False)
class Chat:
    """A private chat of a person and a bot (id: the person's), or a group.

    `seq` rises with every change that somebody in the chat can see. `shown` is its value when a message (not a
    toast) last changed, `sent` when a bot last sent one, and each message has its own. A forum has `topics` beside the
    general one. `notice` is called after each change, and `doing` is what a bot says that it does (an action, until
    when).
    """

    id: int
    kind: str
    notice: "Callable[[Chat], None]" = field(repr=False)
    title: str = ""
    person: Person | None = None
    bot: Bot | None = None
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    bots: list[Bot] = field(default_factory=list, repr=False)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    deleted: dict[int, Message] = field(default_factory=dict, repr=False)
    pinned: list[int] = field(default_factory=list)
    toasts: "deque[Toast]" = field(default_factory=lambda: deque(maxlen=TOASTS), repr=False)
    story: Story = field(default_factory=Story, repr=False)
    doing: tuple[str, float] | None = None
    blocked: bool = False
    gone: bool = False
    upgraded_to: int | None = None
    forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict, repr=False)
    seq: int = 0
    shown: int = 0
    sent: int = 0
    bell: Bell = field(default_factory=Bell, repr=False)
    message_ids: Iterator[int] | None = None

    def changed(self, message: Message | None = None) -> None:
        """A message came, changed or went."""
        self.seq += 1
        self.shown = self.seq
        if message is not None:
            message.seq = self.seq
        self._rung()

    def add(self, message: Message) -> None:
        self.messages[message.id] = message
        if len(self.messages) > HISTORY:
            oldest = next(iter(self.messages))
            # What it replied to would hold what that replied to, and so on without end.
            self.messages.pop(oldest).reply_to = None
            if oldest in self.pinned:
                self.pinned.remove(oldest)
        if isinstance(message.sender, Bot):
            self.doing = None
            self.sent = self.seq + 1
        self.changed(message)

    def remove(self, message_id: int) -> None:
        self.deleted[message_id] = self.messages.pop(message_id)
        if len(self.deleted) > HISTORY:
            self.deleted.pop(next(iter(self.deleted))).reply_to = None
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        self.changed()

    def toast(self, query: Query, text: str, *, alert: bool) -> None:
        self.seq += 1
        self.toasts.append(Toast(self.seq, query.person.id, query.id, text, alert))
        self._rung()

    def does(self, action: str, until: float) -> None:
        """A bot says what it is about to do; no message changes."""
        self.doing = (action, until)
        self.notice(self)

    def _rung(self) -> None:
        self.bell.ring()
        self.notice(self)
