"""Whatever Telegram brings, of each kind of update it knows, leaves the bot serving the next person."""

import json
import re
from pathlib import Path
from random import Random

import pytest
from effort import EFFORT
from on_paper import sure
from raw_updates import message
from structlog.testing import capture_logs
from transcripts.town import BOT

from bot.telegram.receptionist import take_in

TYPES = json.loads(Path(__file__).with_name("update_types.json").read_text())
"""The Bot API's types that an update can hold: names and kinds of their fields, `!` before what is required."""

EACH = {"fast": 10, "test": 100, "deep": 3000}[EFFORT]
SOKHA, GROUP = 1001, -1001
DEEPEST = 4

TEXTS = (
    "/start",
    "/link",
    "/unlink@samleng_bot",
    "/language",
    "hello",
    "3071 5248",
    "s-" + "A" * 22,
    "\ud800",
    "a\0b",
    "",
)
DATA = ("e:hello", "e:link_here:020802", "e:unlink", "d:a:1:5", "l:en:help", f"e:join:s-{'A' * 22}", "e:x:" + "9" * 40)
JUNK = (None, True, -1.5, 10**40, -(10**40), "text", [], {}, [[{}]], {"type": "of another year"}, "\ud800")
READ = frozenset(
    (
        *("chat", "from", "id", "type", "title", "message"),
        *("message_id", "text", "caption", "data", "sender_chat", "new_chat_member"),
        *(
            "old_chat_member",
            "status",
            "message_thread_id",
            "is_topic_message",
            "migrate_to_chat_id",
            "migrate_from_chat_id",
        ),
        *("reply_to_message", "language_code", "user"),
    )
)
"""The fields that the bot reads, which are spoilt more often."""

KINDS_OF_CHATS = ("private", "group", "supergroup", "channel", "of another year")


def made(random: Random, kind: str, depth: int = 0) -> object:
    """Something of a type, as the Bot API describes it; what need not be there is seldom there."""
    if kind.startswith("Array of "):
        return [made(random, kind.removeprefix("Array of "), depth + 1) for _ in range(random.randrange(3))]
    match kind.split(" or ", maxsplit=1)[0]:
        case "True" | "Boolean":
            return True
        case "Integer":
            return random.choice((SOKHA, GROUP, BOT, 0, 1, 77, 10**12))
        case "Float":
            return 1.5
        case "String":
            return random.choice(TEXTS)
    about = TYPES[kind]
    if isinstance(about, list):
        return made(random, random.choice(about), depth)
    fields = {
        name: what for name, what in about.items() if what[0] == "!" or (depth < DEEPEST and random.random() < 0.2)
    }
    built = {name: made(random, what.removeprefix("!"), depth + 1) for name, what in fields.items()}
    if kind == "Chat":
        built["type"] = random.choice(KINDS_OF_CHATS)
    if kind == "CallbackQuery":
        built["data"] = random.choice(DATA)
    if re.match("ChatMember[A-Z]", kind) and "status" in about:
        built["status"] = random.choice(("left", "member", "administrator", "restricted", "kicked", "of another year"))
    return built


def spoilt(random: Random, part: object) -> object:
    """The same with something missing, or something else in a place."""
    inner = list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    if not inner or random.random() < 0.15:
        return random.choice(JUNK)
    copy = dict(part) if isinstance(part, dict) else list(part)
    ours = [name for name in inner if name in READ]
    where = random.choice(ours if ours and random.random() < 0.7 else list(inner))
    if random.random() < 0.2:
        del copy[where]
    else:
        copy[where] = spoilt(random, copy[where])
    return copy


@pytest.mark.fault("an update that nobody can read", holds="whatever it holds, who comes next is served")
@pytest.mark.parametrize("kind", sorted(set(TYPES["Update"]) - {"update_id"}))
async def test_any_update_leaves_the_bot_serving(town, kind):
    """Well-formed or spoilt: each is served, passed over or unreadable; none fails, and who comes next is served."""
    random = Random(kind if EFFORT != "deep" else None)
    await town.give_role(SOKHA, ["Norea"])
    await town.link_group(GROUP, "Norea")
    town.chats.call = sure(town.chats)
    desk, what = town._desk, TYPES["Update"][kind].removeprefix("!")
    with capture_logs() as logs:
        for number in range(EACH):
            content = made(random, what)
            for _ in range(number % 3):
                content = spoilt(random, content)
            assert await take_in(desk, [{"update_id": number, kind: content}])
        await desk.screens.finish()
        await town.deliver()
        town.chats.happened()
        assert await take_in(desk, [message(10**6, 5001, text="/start")])
        await desk.screens.finish()
    assert [event.chat for event in town.chats.happened()] == [5001]
    unforeseen = [entry for entry in logs if entry["log_level"] == "error" and "not understood" not in entry["event"]]
    assert unforeseen == []
