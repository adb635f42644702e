"""What exists in the stand-in: people, bots, chats and their messages. No rules, no HTTP."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sandbox.updates import UpdateQueue

HISTORY = 500
"""Messages that a chat keeps."""

QUERIES = 5000
"""Callback queries that a bot's account keeps."""

TOASTS = 50
"""Answers to taps that a chat keeps."""

EARLIER = 30
"""Earlier keyboards that a message keeps, for taps on a phone that has not seen the edit."""

FIRST_PERSON = 700_000_001
FIRST_GROUP = 4_000_000_001
FIRST_SUPERGROUP = 1_000_002_000_000_001


@dataclass(frozen=True)
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
    updates: UpdateQueue = field(default_factory=UpdateQueue, repr=False)
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
class Message:
    """One message as it is now. `content` holds what is neither text nor keyboard, as Telegram writes it."""

    id: int
    date: int
    sender: Person | Bot
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    keyboard: list[list[dict[str, Any]]] | None = None
    protected: bool = False
    reply_to: "Message | None" = None
    content: dict[str, Any] = field(default_factory=dict)
    service: bool = False
    edited: int | None = None
    seq: int = 0
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
    toast) last changed, `sent` when a bot last sent one, and each message has its own.
    """

    id: int
    kind: str
    title: str = ""
    person: Person | None = None
    bot: Bot | None = None
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    bots: list[Bot] = field(default_factory=list, repr=False)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    deleted: dict[int, Message] = field(default_factory=dict, repr=False)
    pinned: list[int] = field(default_factory=list)
    toasts: "deque[Toast]" = field(default_factory=lambda: deque(maxlen=TOASTS), repr=False)
    blocked: bool = False
    gone: bool = False
    upgraded_to: int | None = None
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
        self.bell.ring()

    def add(self, message: Message) -> None:
        self.messages[message.id] = message
        if len(self.messages) > HISTORY:
            oldest = next(iter(self.messages))
            del self.messages[oldest]
            if oldest in self.pinned:
                self.pinned.remove(oldest)
        self.changed(message)
        if isinstance(message.sender, Bot):
            self.sent = self.seq

    def remove(self, message_id: int) -> None:
        self.deleted[message_id] = self.messages.pop(message_id)
        if len(self.deleted) > HISTORY:
            del self.deleted[next(iter(self.deleted))]
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        self.changed()

    def toast(self, query: Query, text: str, *, alert: bool) -> None:
        self.seq += 1
        self.toasts.append(Toast(self.seq, query.person.id, query.id, text, alert))
        self.bell.ring()


class World:
    """Everything there is, found by id. `clock` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.bots: dict[int, Bot] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self.query_ids = count(4_611_686_018_427_387_905)
        # Private chats and basic groups share one row of message ids, as they do in an account of Telegram's.
        self._message_ids = count(1)
        self._person_ids = count(FIRST_PERSON)
        self._group_ids = count(FIRST_GROUP)
        self._supergroup_ids = count(FIRST_SUPERGROUP)

    def now(self) -> int:
        return int(self.clock())

    def add_person(self, first_name: str | None, username: str | None, language_code: str | None) -> Person:
        number = next(self._person_ids)
        name = first_name or f"Person {number - FIRST_PERSON + 1}"
        user: dict[str, Any] = {"id": number, "is_bot": False, "first_name": name}
        if username:
            user["username"] = username
        if language_code:
            user["language_code"] = language_code
        person = Person(number, name, username, language_code, user)
        self.people[number] = person
        return person

    def bot(self, bot_id: int) -> Bot:
        """The bot with this id, which exists from the first time that it is asked for."""
        bot = self.bots.get(bot_id)
        if bot is None:
            number = len(self.bots) + 1
            username = "samleng_demo_bot" if number == 1 else f"samleng_demo_{number}_bot"
            name = "Samleng" if number == 1 else f"Samleng {number}"
            user = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
            bot = Bot(bot_id, username, name, user)
            self.bots[bot_id] = bot
        return bot

    def private_chat(self, bot: Bot, person: Person) -> Chat:
        """Their chat, which exists from the first time that the person writes."""
        key = (bot.id, person.id)
        chat = self.private.get(key)
        if chat is None:
            chat = Chat(person.id, "private", person=person, bot=bot, bots=[bot])
            self.private[key] = chat
        return chat

    def add_group(self, kind: str, title: str) -> Chat:
        if kind == "supergroup":
            chat = Chat(-next(self._supergroup_ids), kind, title, message_ids=count(1))
        else:
            chat = Chat(-next(self._group_ids), kind, title)
        self.groups[chat.id] = chat
        return chat

    def next_message_id(self, chat: Chat) -> int:
        return next(chat.message_ids or self._message_ids)
