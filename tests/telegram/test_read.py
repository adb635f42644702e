"""What is read out of an update: by the few fields that we need, whatever else it holds."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from raw_updates import group, message, standing, tap

from bot.telegram.read import Me, Received, UnreadableError, read
from conversations.arrival.hello import HELP
from conversations.chat import Chat, ChatKind, Screen
from conversations.entries import HELLO, LEAVE, OPEN, PRIVACY, REFUSED, SESSION
from conversations.groups.in_group import GROUP_LANGUAGE
from conversations.scoring.join import JOIN
from conversations.sessions.close_session import CLOSE
from storage.reply import Arrival, GroupTap, Heard, InGroup, Membership, Migrated, Tap

UPDATES = Path(__file__).parent / "updates"
COMMANDS = {"start": HELLO, "cancel": LEAVE, "open": OPEN, "close": CLOSE, "privacy": PRIVACY, "help": HELP}
ME = Me(424242, "Scorecard_bot", COMMANDS, frozenset({"link", "summary", "language"}))
SOKHA, GROUP, NUMBER, SCREEN = 5001, -1001234567890, 77, 12
PAYLOAD = "s-" + "A" * 22


def in_private(**content):
    """An update with a message of Sokha to the bot."""
    return message(NUMBER, SOKHA, **content)


SHOWN = Screen(SOKHA, SCREEN)
HERE = Chat(GROUP, ChatKind.SUPERGROUP, title="ឃុំ")


def in_group(**content):
    """An update with a message of Sokha in a group."""
    return message(NUMBER, SOKHA, group(GROUP, "ឃុំ"), **content)


def tapped(data, chat=None):
    """An update with a tap by Sokha, whose phone speaks English."""
    return tap(NUMBER, SOKHA, SCREEN, data, chat, "en")


def stands(old, new, kind="supergroup"):
    """An update with the bot's standing in a chat."""
    return standing(NUMBER, SOKHA, ME.id, group(GROUP, "ឃុំ") | {"type": kind}, old, new)


def event(update):
    received = read(update, ME)
    return received and received.event


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("/start", HELLO()),
        ("/start hello", HELLO()),
        (f"/start {PAYLOAD}", JOIN(PAYLOAD)),
        (f"/start@scorecard_BOT {PAYLOAD}", JOIN(PAYLOAD)),
        ("/start s-short", REFUSED("no_such_code")),
        (f"/Start {PAYLOAD}", JOIN(PAYLOAD)),
        ("/CANCEL", LEAVE()),
        ("/open", OPEN()),
        ("/open now", OPEN()),
        ("/privacy@Scorecard_bot", PRIVACY()),
    ],
)
def test_commands_in_private(text, entry):
    """A command leads to an entry, with the bot's name behind it or not; a payload of ours names its own."""
    assert event(in_private(text=text)) == Arrival(ME.id, SOKHA, entry, NUMBER)


@pytest.mark.parametrize(
    "text", ["hello", "/open@another_bot", "/unknown", "open", "/", "3071 5248", "//start", "/start 30715248"]
)
def test_what_else_is_written_in_private(text):
    """Anything that is no command of ours is a line."""
    assert event(in_private(text=text)) == Heard(ME.id, SOKHA, text, NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "https://t.me/scorecard_bot?start={}",
        "Please score here: https://t.me/scorecard_bot?start={}",
        "សូមដាក់ពិន្ទុ៖https://t.me/Scorecard_Bot?start={} អរគុណ",
        "tg://resolve?domain=scorecard_bot&start={}",
        "{}",
        "\u200e{}.",
    ],
)
def test_links_as_people_send_them(text):
    """A link anywhere in what is written, or only its payload, leads where the link leads; below a picture as well."""
    there = Arrival(ME.id, SOKHA, JOIN(PAYLOAD), NUMBER)
    assert event(in_private(text=text.format(PAYLOAD))) == there
    assert event(in_private(photo=[], caption=text.format(PAYLOAD))) == there


def under_words(url):
    return {"type": "text_link", "offset": 0, "length": 4, "url": url}


def under_a_button(url):
    return {"inline_keyboard": [[{"text": "here", "callback_data": "x"}, {"text": "here", "url": url}]]}


@pytest.mark.parametrize("link", ["https://t.me/scorecard_bot?start={}", "tg://resolve?domain=scorecard_bot&start={}"])
def test_links_that_can_not_be_seen(link):
    """A link under words of a text or below a picture, or a button's of what was sent on; one to others is none."""
    mine, others = link.format(PAYLOAD), "https://t.me/another_bot?start=hello"
    for hiding in (
        {"text": "here", "entities": [{"type": "bold", "offset": 0, "length": 4}, under_words(mine)]},
        {"photo": [], "caption": "here", "caption_entities": [under_words(mine)]},
        {"text": "here", "reply_markup": under_a_button(mine)},
        {"text": "here", "entities": [under_words(others)], "reply_markup": under_a_button(mine)},
    ):
        assert event(in_private(**hiding)) == Arrival(ME.id, SOKHA, JOIN(PAYLOAD), NUMBER)
    hidden = {"entities": [under_words(others)], "reply_markup": under_a_button(others)}
    assert event(in_private(text="here", **hidden)) == Heard(ME.id, SOKHA, "here", NUMBER)


def test_links_to_others():
    """A link to another bot, or one that leads nowhere, is a line like any other."""
    for text in ("https://t.me/another_bot?start=hello", "https://t.me/scorecard_bot?start=Nothing", "?start=hello"):
        assert event(in_private(text=text)) == Heard(ME.id, SOKHA, text, NUMBER)
    text = "see https://t.me/scorecard_bot?start=open"
    assert event(in_private(text=text)) == Arrival(ME.id, SOKHA, OPEN(), NUMBER)


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": SOKHA, "type": "private"}}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
        {"chat_background_set": {"type": {"type": "fill"}}},
        {"of_another_year": {}},
    ],
)
def test_what_nobody_said(content):
    """What Telegram tells of a chat in a message is no word of the person's."""
    assert read(in_private(**content), ME) is None


def test_pictures_in_private():
    """A picture says nothing, but a command below it counts."""
    assert event(in_private(photo=[], caption="look")) == Heard(ME.id, SOKHA, None, NUMBER)
    assert event(in_private(photo=[], caption="/help")) == Arrival(ME.id, SOKHA, HELP(), NUMBER)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("d:abc:3:5", Tap(ME.id, SOKHA, "abc", 3, "5", SHOWN)),
        ("d:abc:3:a:b", Tap(ME.id, SOKHA, "abc", 3, "a:b", SHOWN)),
        ("d:abc:x:5", Arrival(ME.id, SOKHA, HELLO(), NUMBER, SHOWN)),
        ("d:abc:" + "9" * 50 + ":5", Arrival(ME.id, SOKHA, HELLO(), NUMBER, SHOWN)),
        ("e:session:1", Arrival(ME.id, SOKHA, SESSION(1), NUMBER, SHOWN)),
        ("l:en:session:1", Arrival(ME.id, SOKHA, SESSION(1), NUMBER, SHOWN, "en")),
        ("l:xx:session:1", Arrival(ME.id, SOKHA, SESSION(1), NUMBER, SHOWN)),
        ("", Arrival(ME.id, SOKHA, HELLO(), NUMBER, SHOWN)),
    ],
)
def test_taps_in_private(data, expected):
    """A button says what it is of; what says nothing that we know is an old button. The tap is to be answered."""
    assert read(tapped(data), ME) == Received("callback_query", expected, SOKHA, str(NUMBER), "en")


def test_taps_in_a_group():
    """No dialogue is held there, but an entry can be tapped; any tap is to be answered."""
    small = {"id": GROUP, "type": "group", "title": "ឃុំ"}
    for language in ("km", "en", "both"):
        chosen = event(tapped(f"e:group_language:{language}", small))
        assert chosen == GroupTap(
            ME.id, replace(HERE, kind=ChatKind.GROUP), SOKHA, GROUP_LANGUAGE(language), Screen(GROUP, SCREEN)
        )
    for data in ("d:abc:3:5", ""):
        assert read(tapped(data, small), ME) == Received("callback_query", None, SOKHA, str(NUMBER), "en")


def test_taps_on_what_can_not_be_seen():
    """A tap on a message that Telegram does not show, or in a channel, is to be answered, and no more."""
    unseen = tapped("e:hello")
    del unseen["callback_query"]["message"]
    for update in (unseen, tapped("e:hello", {"id": GROUP, "type": "channel"})):
        assert read(update, ME) == Received("callback_query", None, SOKHA, str(NUMBER), "en")


@pytest.mark.parametrize(
    ("content", "command"),
    [
        ({"text": "/link"}, "link"),
        ({"text": "/LINK@Scorecard_bot"}, "link"),
        ({"text": "/Start"}, ""),
        ({"text": "/summary@scorecard_bot"}, "summary"),
        ({"text": "/language"}, "language"),
        ({"text": "/start"}, ""),
        ({"text": "/close@Scorecard_Bot"}, ""),
        ({"text": "what does @scorecard_bot do?"}, ""),
        ({"text": "5", "reply_to_message": {"message_id": 1, "from": {"id": ME.id, "is_bot": True}}}, ""),
    ],
)
def test_who_speaks_to_the_bot_in_a_group(content, command):
    """Commands, the bot's name, and replies to it are for the bot."""
    assert event(in_group(**content)) == InGroup(ME.id, HERE, SOKHA, NUMBER, command)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "scores are bad"},
        {"text": "/open@another_bot"},
        {"text": "/link@another_bot"},
        {"text": "/weather"},
        {"text": "yes", "reply_to_message": {"message_id": 1, "from": {"id": SOKHA}}},
        {"new_chat_members": [{"id": SOKHA}]},
        {"photo": []},
    ],
)
def test_what_people_say_to_each_other(content):
    """What is said in a group to somebody else does not concern us."""
    assert read(in_group(**content), ME) is None


def test_a_group_that_has_grown():
    """The old group says what its new id is, and the new one what its old one was, which is the same."""
    assert event(in_group(migrate_to_chat_id=-1009)) == Migrated(ME.id, GROUP, -1009)
    assert event(in_group(migrate_from_chat_id=-9)) == Migrated(ME.id, -9, GROUP)


def test_nobody_speaks():
    """A message of nobody in particular belongs to no person, nor does one of somebody who writes as the group."""
    nobodys = in_group(text="/link")
    del nobodys["message"]["from"]
    groups = in_group(text="/link", sender_chat=group(GROUP, "ឃុំ"))
    for update in (nobodys, groups):
        assert read(update, ME) == Received("message", InGroup(ME.id, HERE, 0, NUMBER, "link"), 0)


def test_topics():
    """What is said and tapped in a topic says in which; the thread of an answer is none."""
    on = {"message_thread_id": 77, "is_topic_message": True}
    assert event(in_group(text="/link", **on)) == InGroup(ME.id, replace(HERE, topic=77), SOKHA, NUMBER, "link")
    assert event(in_group(text="/link", message_thread_id=77)) == InGroup(ME.id, HERE, SOKHA, NUMBER, "link")
    tapped_there = tapped("e:unlink", group(GROUP, "ឃុំ"))
    tapped_there["callback_query"]["message"] |= on
    assert event(tapped_there).chat.topic == 77


@pytest.mark.parametrize(
    ("old", "new", "was_here", "here"),
    [
        ("left", "member", False, True),
        ("kicked", "administrator", False, True),
        ("member", "administrator", True, True),
        ("administrator", "left", True, False),
        ("member", "kicked", True, False),
    ],
)
def test_the_bots_stands(old, new, was_here, here):
    """Where the bot was and is; privately, whether it is blocked."""
    for kind in ChatKind:
        expected = Membership(ME.id, replace(HERE, kind=kind), SOKHA, NUMBER, was_here, here)
        assert event(stands(old, new, kind.value)) == expected


def test_what_does_not_concern_us():
    """Kinds that we do not ask for, channels, and what will be new one day."""
    channel = in_private(text="/start")
    channel["message"]["chat"]["type"] = "channel"
    for update in ({"update_id": 1, "poll": {}}, {"update_id": 1}, {}, channel):
        assert read(update, ME) is None


@pytest.mark.parametrize("name", sorted(path.stem for path in UPDATES.glob("*.json")))
def test_updates_as_they_came(name):
    """What other programs stumbled over is read."""
    assert read({"update_id": 1} | json.loads((UPDATES / f"{name}.json").read_text()), ME) is not None


@pytest.mark.parametrize("update", [None, [], "update", 5])
def test_what_is_no_update(update):
    """What is no object at all is unreadable."""
    with pytest.raises(UnreadableError):
        read(update, ME)


def test_an_update_without_a_number_is_unreadable():
    """Without its number it could not be told from one that is brought again."""
    for number in ({}, {"update_id": "1"}, {"update_id": None}):
        with pytest.raises(UnreadableError, match="message"):
            read({"message": in_private(text="/start")["message"]} | number, ME)
