"""What a page about the stand-in asks: who there is, what a phone offers, what has changed, what was played."""

import asyncio
from typing import Any

from sandbox.calls import CallLog
from sandbox.control.given import Given
from sandbox.control.topics import topics_of
from sandbox.wire import user_of
from sandbox.world import Bot, Chat, Person, World

MENU_FIELDS = frozenset({"person", "chat", "bot"})
EVENT_FIELDS = frozenset({"since", "wait"})

BURST = 0.05
"""Seconds after the first change in which others join it."""


def world(given: Given) -> dict[str, Any]:
    here = given.world
    return {
        "seq": here.journal.seq,
        "now": here.clock(),
        "ahead": here.clock.ahead,
        "limits": here.limits,
        "bots": [{"id": b.id, "username": b.username, "first_name": b.first_name} for b in here.bots.values()],
        "people": _people(here),
        "groups": [_group(here, group) for group in here.groups.values()],
    }


def commands(given: Given) -> dict[str, Any]:
    """The menu of commands, from the narrowest scope that has one."""
    person, bot = given.person(), given.bot()
    chat = given.chat(person) if given.has("chat") else None
    language = (person.language_code or "")[:2]
    for scope in _scopes(person, chat):
        for tongue in (language, ""):
            if menu := bot.commands.get((*scope, tongue)):
                return {"commands": menu}
    return {"commands": []}


def transcript(given: Given) -> dict[str, Any]:
    person = given.person()
    return {"text": given.chat(person).story.written(person.id)}


async def events(given: Given, calls: CallLog) -> dict[str, Any]:
    """What happened since; with `wait` as soon as something has."""
    journal, since, wait = given.world.journal, given.number("since") or 0, given.seconds("wait")
    if wait and journal.seq <= since:
        await journal.wait(since, wait)
        await asyncio.sleep(BURST)
    news = journal.since(since)
    return {
        "seq": news.seq,
        "views": [_view(chat) for chat in news.chats],
        "calls": [vars(call) for call in calls.numbered(news.calls)],
        "world": news.world,
    }


def _scopes(person: Person, chat: Chat | None) -> list[tuple[Any, ...]]:
    """Where Telegram looks for a menu, in its order."""
    if chat is None:
        return [("chat", person.id, None), ("all_private_chats", None, None), ("default", None, None)]
    rules = chat.members[person.id].status in {"creator", "administrator"}
    return [
        ("chat_member", chat.id, person.id),
        *([("chat_administrators", chat.id, None)] if rules else []),
        ("chat", chat.id, None),
        *([("all_chat_administrators", None, None)] if rules else []),
        ("all_group_chats", None, None),
        ("default", None, None),
    ]


def _people(here: World) -> list[dict[str, Any]]:
    bots: dict[int, list[dict[str, Any]]] = {}
    for (bot, person), chat in here.private.items():
        bots.setdefault(person, []).append({"id": bot, "blocked": chat.blocked})
    return [about(person) | {"bots": bots.get(person.id, [])} for person in here.people.values()]


def about(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "username": person.username,
        "language_code": person.language_code,
    }


def _group(here: World, group: Chat) -> dict[str, Any]:
    members = []
    for number, member in group.members.items():
        user = user_of(here, number)
        if user is not None and member.present:
            members.append(
                {
                    "id": number,
                    "name": user["first_name"],
                    "bot": user["is_bot"],
                    "status": member.status,
                    "rights": member.rights,
                }
            )
    return {
        "id": group.id,
        "type": group.kind,
        "title": group.title,
        "topics": topics_of(group),
        "gone": group.gone,
        "upgraded_to": group.upgraded_to,
        "members": members,
    }


def _view(chat: Chat) -> dict[str, Any]:
    if chat.person is not None:
        assert isinstance(chat.bot, Bot)
        return {"chat": None, "bot": chat.bot.id, "people": [chat.person.id]}
    bots = {bot.id for bot in chat.bots}
    people = [number for number, member in chat.members.items() if member.present and number not in bots]
    return {"chat": chat.id, "bot": None, "people": people}
