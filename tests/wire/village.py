"""What the tests over the wire share: who lives in a village, and how to see what a bot did or did not do."""

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from types import CoroutineType
from typing import Any

from house import House, answered, offered
from opened import rows_of
from waiting import CEILING, soon

from sandbox import Sandbox, happenings
from sandbox.people import Button, Group, People, Person, Screen
from sandbox.world import Bot
from storage.session import by_id
from storage.tables import metadata

SWEEPS = ("close", "deliver_due")
"""What the courier does again and again."""

BOT = Path(__file__).resolve().parents[2] / "bot"
RESIDENT = {"serve", "_receive", "_deliver", "_updates", "watch"}
"""The tasks of the bot that never end while it runs."""

BACK, LEAVE, YES, SKIP, ADD, OFF, ON = "⬅", "✖", "✅", "⏭", "➕", "☐", "☑"


def account(telegram: Sandbox, house: House) -> Bot | None:
    """The bot's account at the stand-in, once it has called."""
    return telegram.world.bots.get(int(house.settings.bot_token.get_secret_value().partition(":")[0]))


async def at_work(telegram: Sandbox, house: House) -> None:
    """Wait until the bot asks for updates, and has said which commands there are."""

    def waits() -> bool:
        bot = account(telegram, house)
        return bot is not None and bot.updates._poll is not None and "offer_commands" not in under_way()

    await soon(waits)


async def still(telegram: Sandbox, house: House) -> None:
    """Wait until the bot has taken in all that happened, done what is due, and has nothing more to do.

    So it is when it waits for updates and no task of its is under way, and the courier's sweeps then come and go
    twice (the second began later) without leading to anything.
    """
    bot = account(telegram, house)
    left: list[str] = []

    def idle() -> bool:
        waiting = bot is not None and bot.updates._poll is not None and not len(bot.updates)
        doubts = house.theirs.apart(house.clock())
        there = (("updates", not waiting), ("posts", due(house)), ("doubts", doubts))
        left[:] = [*under_way(), *(what for what, is_there in there if is_there)]
        return not left

    async def nothing_to_do() -> bool:
        if not idle():
            return False
        calls, swept = sum(telegram.calls.counts.values()), house.sweeps.copy()
        await soon(lambda: all(house.sweeps[job] >= swept[job] + 2 for job in SWEEPS), missing="no sweep")
        return idle() and sum(telegram.calls.counts.values()) == calls

    try:
        await soon(nothing_to_do)
    except AssertionError:
        raise AssertionError(f"the bot does not come to rest: {left}") from None


def under_way() -> list[str]:
    """The tasks of the bot that end by themselves: what it draws, sends and shows beside what it receives."""
    tasks = (task.get_coro() for task in asyncio.all_tasks())
    running = [coro.cr_code for coro in tasks if isinstance(coro, CoroutineType)]
    ours = [code for code in running if Path(code.co_filename).is_relative_to(BOT)]
    return [code.co_qualname for code in ours if code.co_name not in RESIDENT]


def due(house: House) -> int:
    """How many posts should be on their way now."""
    now = round(house.clock().timestamp() * 1_000_000)
    since = "not_before <= ? AND (retry_at IS NULL OR retry_at <= ?)"
    return int(rows(house, f"SELECT count(*) FROM post WHERE state = 'waiting' AND {since}", now, now)[0][0])


def rows(house: House, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database holds, read beside the bot."""
    file = house.folder / "samleng.sqlite3"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as connection:
        return connection.execute(query, values).fetchall()


def everything(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept, by table, with what is sealed opened."""
    with house.store._reader.begin() as connection:
        unit = house.store.unit(connection)
        return {table.name: rows_of(unit, table) for table in metadata.sorted_tables}


def answers(house: House, person: Person) -> list[bytes]:
    """What a person's dialogue is about and its answers, as they are kept; none where none is in progress."""
    return [row[6] for row in everything(house)["dialogue"] if row[2] == person.id]


def ballots(house: House) -> list[tuple[bytes, bytes]]:
    """The ballots: each owner's mark, and what is sealed."""
    return [(row[0], row[2]) for row in everything(house)["ballot"]]


def others(house: House, me: int) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept but of this person, and but which updates were seen."""
    kept = everything(house)
    kept["person"] = [row for row in kept["person"] if row[1] != me]
    kept["dialogue"] = [row for row in kept["dialogue"] if row[2] != me]
    return {name: kept[name] for name in kept.keys() - {"seen_update", "wrong_code"}}


async def forge(telegram: Sandbox, person: Person, data: str) -> str | None:
    """A tap that no button has, on the newest message of the bot; what the bot answered to it."""
    world = telegram.world
    chat = world.private_chat(next(iter(world.bots.values())), world.people[person.id])
    message = next(m for m in reversed(chat.messages.values()) if m.sender is chat.bot)
    query, _ = happenings.tap(world, chat, chat.person, message, data)
    await asyncio.wait([query.answered], timeout=CEILING)
    assert query.answered.done(), f"a tap with {data!r} is not answered"
    return query.answered.result().get("text")


async def shows(person: Person, text: str, *, chat: int | None = None) -> Screen:
    """The newest message that has this text, as soon as there is one."""

    async def found() -> Screen | None:
        messages = (await person.phone(chat=chat)).messages
        return next((m for m in reversed(messages) if m.by_bot and text in m.text), None)

    return await soon(found)


async def of_bot(person: Person, *, chat: int | None = None) -> list[Screen]:
    """What the bot shows in a chat, oldest first."""
    return [message for message in (await person.phone(chat=chat)).messages if message.by_bot]


def told(telegram: Sandbox, person: Person) -> str:
    """All that the bot ever wrote to a person alone, what was rewritten since as well."""
    calls = (call.parameters for call in telegram.calls.since(0))
    mine = [given for given in calls if str(given.get("chat_id")) == str(person.id)]
    whole = [given | (json.loads(given["media"]) if "media" in given else {}) for given in mine]
    return "\n".join(given[where] for given in whole for where in ("text", "caption") if where in given)


async def citizen(people: People, name: str | None = None) -> Person:
    return await people.add(name, language_code="km")


async def arrive(person: Person, link: str) -> Screen:
    """Open a link; the screen that comes."""
    await person.open(link)
    written = next(m.id for m in reversed((await person.phone()).messages) if not m.by_bot)
    return await answered(person, written)


async def tell(person: Person, text: str | None = None, **given: Any) -> Screen:
    """Write something to the bot; the screen that comes."""
    return await answered(person, await person.say(text, **given))


def forward(screen: Screen, score: int = 4, kinds: int = 3) -> Button | None:
    """The button of somebody who just goes on, and used so many kinds of service; None where nothing is asked."""
    if not any(screen.find(sign) for sign in (YES, BACK, LEAVE)):
        return None
    if faces := next((row for row in screen.rows if len(row) == 5), None):
        return faces[score - 1]
    used = sum(button.text.startswith(ON) for button in screen.buttons)
    return (screen.find(OFF) if used < kinds else None) or screen.find(YES) or screen.rows[0][0]


async def score(person: Person, link: str, score: int = 4, *, kinds: int = 3, stop: int = 99) -> int:
    """Open a link and go forward till nothing is asked, or for so many taps; how many those were."""
    return await go_on(person, await arrive(person, link), score, kinds=kinds, stop=stop)


async def go_on(person: Person, screen: Screen, score: int = 4, *, kinds: int = 3, stop: int = 99) -> int:
    """Go forward from a screen."""
    for taps in range(stop):
        button = forward(screen, score, kinds)
        if button is None:
            return taps
        screen = await person.tap_through(button, message=screen.id)
    return stop


async def score_all(people: People, link: str, count: int, score_: int = 4, *, kinds: int = 3) -> list[Person]:
    """So many people score, as many kinds of service as they are said to have used."""
    crowd = await people.add_many(count, language_code="km")
    await asyncio.gather(*(score(person, link, score_, kinds=kinds) for person in crowd))
    return crowd


async def close(facilitator: Person) -> Screen:
    """Close the only open session now, by command; the screen that lets it be posted, once the preview is there."""
    await _close_now(facilitator, await offered(facilitator, LEAVE, below=await facilitator.say("/close")))
    return await to_post(facilitator)


async def close_by_button(facilitator: Person) -> Screen:
    """Close the open session now, by the button under its numbers; the screen that lets it be posted."""
    button, screen = next(
        (b, m) for m in reversed(await of_bot(facilitator)) for b in m.buttons if (b.data or "").startswith("e:close:")
    )
    await facilitator.tap_through(button, message=screen.id)
    await _close_now(facilitator, await offered(facilitator, LEAVE))
    return await to_post(facilitator)


async def _close_now(facilitator: Person, screen: Screen) -> None:
    await facilitator.tap_through(screen.rows[1][0], message=screen.id)
    screen = await offered(facilitator, YES, below=screen.id - 1)
    await facilitator.tap_through(YES, message=screen.id)


async def to_post(facilitator: Person) -> Screen:
    """The screen with which a digest is posted, as soon as it is there."""

    async def found() -> Screen | None:
        return next((m for m in reversed(await of_bot(facilitator)) if posts(m)), None)

    return await soon(found)


def posts(screen: Screen) -> bool:
    return any((button.data or "").startswith("e:post:") for button in screen.buttons)


async def open_three(facilitator: Person) -> str:
    """Open a session of the commune office, a health centre and a school; its link."""
    screen = await tell(facilitator, "/open")
    screen = await facilitator.tap_through(screen.rows[0][0])
    for kind in (0, 1):
        await facilitator.tap_through([button for button in screen.buttons if button.text.startswith(ADD)][kind])
        screen = await tell(facilitator, f"Name {kind}")
    screen = await facilitator.tap_through(YES)
    await facilitator.tap_through(screen.rows[0][0])
    await facilitator.tap_through(SKIP)
    opened = await facilitator.tap_through(YES)
    invitation = await soon(lambda: _below(facilitator, opened.id))
    return re.search(r"https://\S+", invitation.text)[0]


async def _below(person: Person, message: int) -> Screen | None:
    return next((m for m in await of_bot(person) if m.id > message and "?start=s-" in m.text), None)


async def digests(person: Person, group: Group) -> list[Screen]:
    """The digests that stand in a group, and what stands there where too few took part.

    A digest's first line alone, which waits for the rest, has no button.
    """
    said = await of_bot(person, chat=group.id)
    return [m for m in said if ("What people said" in m.text and m.buttons) or "Scoring has closed:" in m.text]


async def digest_in(person: Person, group: Group) -> Screen:
    """The newest digest in a group, as soon as it is there."""
    return (await soon(partial(digests, person, group)))[-1]


async def pass_on(facilitator: Person) -> tuple[str, str]:
    """The link and the code that a facilitator passes on."""
    message = await shows(facilitator, "?start=s-")
    code = re.search(r"\b(\d{4}) (\d{4})\b", message.text)
    return re.search(r"https://\S+", message.text)[0], code[1] + code[2]


async def english(person: Person) -> None:
    """Choose English before anything else."""
    await tell(person, "/language")
    await person.tap_through("English")


async def session_of(house: House, id_: int = 1) -> Any:
    return await house.store.run(by_id, id_)
