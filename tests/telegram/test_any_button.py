"""Whatever a button may send, from whomever, leaves the bot serving the next person without an error."""

from random import Random

import pytest
import sqlalchemy as sa
from effort import EFFORT
from on_paper import sure
from raw_updates import group, message, tap
from structlog.testing import capture_logs
from transcripts.town import BOT

from bot.telegram.courier import close
from bot.telegram.receptionist import take_in
from conversations.chat import Chat, ChatKind
from scorecard.ballot import Groups
from storage import tables
from storage.groups.link_group import _wait
from storage.house import House
from storage.rooms import ROOMS

HOUSE = House(ROOMS)
EACH = {"fast": 10, "test": 40, "deep": 1000}[EFFORT]
CITIZEN, DARA, STRANGER, GROUP = 5001, 1002, 1003, -1001
PARTS = (
    "0",
    "1",
    "2",
    "3",
    "999999",
    "9" * 30,
    "020802",
    "020803",
    "a4",
    "a3",
    "xlsx",
    "km",
    "en",
    "both",
    "xx",
    "-",
    "_",
    "A" * 40,
)
SIGNS = (
    "<",
    "!leave",
    "!look",
    "!privacy",
    "!x",
    "@en",
    "@xx",
    "",
    "ok",
    "yes",
    "no",
    "dk",
    "skip",
    "5",
    "6",
    "-1",
    "now",
    "call",
)
FORESEEN = {"a button leads nowhere", "nothing lies over a dialogue"}
"""What the log says of buttons that nobody here made."""

_D = tables.dialogue.c


@pytest.fixture
async def parts(town):
    """A session that is open and one that was posted, with a group; what buttons about all this are made of."""
    town.chats.call = sure(town.chats)
    town.checks.typed.add("Balat")
    town._chance.token_bytes = Random(1).randbytes
    town.reopen()
    await town.give_role(DARA, ["Norea"])
    await town.link_group(GROUP, "Norea")
    await town.open_session(DARA, "Norea", ["office", "health centre"])
    await town.crowd([(person, 1) for person in range(6001, 6012)], [4, 4, 5, 3, 2, 1], None, Groups())
    await town.write(DARA, text="/close")
    for value in ("now", "yes"):
        await town.tap(DARA, f"d:{':'.join(await going(town, DARA))}:{value}", 1)
    await town.deliver()
    await town.open_session(DARA, "Norea", ["office", "health centre"])
    invitation = await town.invite(["Rumchek"])
    waiting = await town.run(_wait, BOT, DARA, Chat(-1002, ChatKind.SUPERGROUP, title="Group"))
    town.chats.happened()
    return (*PARTS, *await town.sessions(), invitation, waiting)


async def going(town, person):
    """The dialogue in progress, and its turn, as buttons send them."""
    found = sa.select(_D.id, _D.turn).where(_D.person == person)
    row = await town.run(lambda unit: unit.db.execute(found).one_or_none())
    return ("none", "0") if row is None else (row.id, str(row.turn))


async def shown(town, chat):
    """What the buttons send that stand on the newest message."""
    newest = town.chats.newest(chat)
    rows = town.chats.message(chat, newest).rows if newest else []
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


async def hold(town, logs):
    """Nothing failed, and who comes next is served."""
    await town._desk.screens.finish()
    await close(town._courier)
    await town.deliver()
    town.chats.happened()
    town.chats.taps.clear()
    assert await take_in(town._desk, [message(10**6, STRANGER, text="/start")])
    await town._desk.screens.finish()
    assert [event.chat for event in town.chats.happened()] == [STRANGER]
    errors = [entry for entry in logs if entry["log_level"] == "error"]
    assert [entry for entry in errors if entry["event"] not in FORESEEN] == []


async def test_any_entry(town, parts):
    """By link and by button, in private and in a group, about anything, in any turn, by a facilitator and a citizen."""
    random, turns = Random(None if EFFORT == "deep" else 1), ("", "~0", "~1", "~" + "9" * 18)
    names = sorted({*HOUSE.entries, *HOUSE.in_groups})
    with capture_logs() as logs:
        for number in range(EACH * len(names)):
            about = random.sample(parts, random.choice((0, 1, 1, 2, 3)))
            name = names[number % len(names)]
            data = random.choice(("e:", "l:en:")) + ":".join((name, *about)) + random.choice(turns)
            chat = group(GROUP, "Norea") if number % 3 == 0 else None
            person = random.choice((CITIZEN, DARA))
            assert await take_in(town._desk, [tap(number + 10**4, person, random.randrange(3), data, chat)])
            await town._desk.screens.finish()
        await hold(town, logs)


@pytest.mark.parametrize("begun", ["open", "close", "link", "join", "rename", "invitation"])
async def test_any_answer(town, parts, begun):
    """In each dialogue: what its buttons send, what others send, in this turn and others, and lines among them."""
    random = Random(begun if EFFORT != "deep" else None)
    session, closed, invitation, waiting = parts[-3], parts[-4], parts[-2], parts[-1]
    entry = {"join": session, "invitation": invitation, "link": waiting}.get(
        begun, f"{begun}--1" if begun == "rename" else begun
    )
    person = CITIZEN if begun in {"join", "invitation"} else DARA
    assert closed != session
    with capture_logs() as logs:
        for number in range(EACH * 2):
            dialogue, turn = await going(town, person)
            if dialogue == "none":
                await town.write(person, text=f"/start {entry}")
                dialogue, turn = await going(town, person)
            choices = await shown(town, person)
            junk = f"d:{dialogue}:{random.choice((turn, turn, '0', '9' * 18))}:{random.choice((*SIGNS, *parts))}"
            data = random.choice(choices) if choices and random.random() < 0.7 else junk
            town.chats.taps[str(number + 10**4)] = person
            written = message(
                number + 10**5, person, text=random.choice(("Balat", "x" * 4000, "3071 5248", "/help", "\0"))
            )
            one = written if random.random() < 0.15 else tap(number + 10**4, person, town.chats.newest(person), data)
            assert await take_in(town._desk, [one])
            await town._desk.screens.finish()
        await hold(town, logs)
