"""What exists in the stand-in: people, bots, chats, files, found by id. No rules, no HTTP."""

import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

from sandbox.chat import HISTORY, Bell, Bot, Chat, Member, Message, Person, Query, Toast, Topic
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.journal import Journal
from sandbox.updates import UpdateQueue

__all__ = ["HISTORY", "Bell", "Bot", "Chat", "Member", "Message", "Person", "Query", "Toast", "Topic", "World"]

QUERIES = 5000
"""Callback queries that a bot's account keeps."""

FIRST_PERSON = 700_000_001
FIRST_GROUP = 4_000_000_001
FIRST_SUPERGROUP = 1_000_002_000_000_001


class World:
    """Everything there is. `clock` gives seconds since 1970; `limits`: whether bots may send only so much.

    casting: makes a new cast for the page, with people, a group and an invitation of its own, where that can be had.
    """

    def __init__(self, clock: Callable[[], float] = time.time, *, limits: bool = True) -> None:
        self.clock = Clock(clock)
        self.limits = limits
        self.faults = Faults()
        self.files = Files()
        self.journal: Journal[Chat] = Journal()
        self.people: dict[int, Person] = {}
        self.bots: dict[int, Bot] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self.casting: Callable[[], Awaitable[dict[str, Any]]] | None = None
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
        self.journal.world_changed()
        return person

    def bot(self, bot_id: int) -> Bot:
        """The bot with this id, which exists from the first time that it is asked for."""
        bot = self.bots.get(bot_id)
        if bot is None:
            number = len(self.bots) + 1
            username = "samleng_demo_bot" if number == 1 else f"samleng_demo_{number}_bot"
            name = "Samleng" if number == 1 else f"Samleng {number}"
            user = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
            queue = UpdateQueue(self.clock, lambda kind, of: self.faults.hit(kind, bot_id, update=of) is not None)
            bot = Bot(bot_id, username, name, user, queue)
            self.bots[bot_id] = bot
            self.journal.world_changed()
        return bot

    def private_chat(self, bot: Bot, person: Person) -> Chat:
        """Their chat, which exists from the first time that the person writes."""
        key = (bot.id, person.id)
        chat = self.private.get(key)
        if chat is None:
            chat = Chat(person.id, "private", self.journal.moved, person=person, bot=bot, bots=[bot])
            self.private[key] = chat
        return chat

    def add_group(self, kind: str, title: str) -> Chat:
        if kind == "supergroup":
            chat = Chat(-next(self._supergroup_ids), kind, self.journal.moved, title, message_ids=count(1))
        else:
            chat = Chat(-next(self._group_ids), kind, self.journal.moved, title)
        self.groups[chat.id] = chat
        self.journal.world_changed()
        return chat

    def next_message_id(self, chat: Chat) -> int:
        return next(chat.message_ids or self._message_ids)
