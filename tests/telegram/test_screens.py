"""Screens on phones whose line is slow, bad, or cut."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from on_paper import Line
from structlog.testing import capture_logs
from waiting import CEILING, soon

from bot.drawing.drawer import Drawer
from bot.drawing.rooms import DRAWS
from bot.telegram import screens
from bot.telegram.call import ForbiddenError, GoneError, MigratedError, NetworkError, RefusedError, RetryAfterError
from bot.telegram.screens import Screens
from conversations.arrival.hello import Hello, Help, HowProtected
from conversations.arrival.over import Ended
from conversations.chat import Chat, ChatKind, Screen
from conversations.engine import Asking
from conversations.groups.in_group import AskPrivately
from conversations.scoring.about_you import AskAge
from conversations.sessions.live import UP_TO_DATE
from storage import tables
from storage.people import meet
from storage.reply import Question, Reply

BOT, SOKHA, GROUP = 7000000001, 1001, -1001
HELLO, HELP, ENDED = Hello(), Help(("start",)), Ended()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(screens, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(screens, "SCREEN_PAUSES", (0,) * 20)


@pytest.fixture
def line(town):
    return Line(town.chats)


@pytest.fixture
def shown(town, line):
    """Screens on a line that a test can cut."""
    return Screens(line, BOT, town._store, Drawer("samleng_bot", "", DRAWS))


async def standing(town, shown):
    """The number of a message of the bot that stands in Sokha's chat."""
    shown.show(SOKHA, Reply("en", HELLO))
    await shown.finish()
    town.chats.happened()
    return 1


async def test_an_edit_that_is_overtaken_is_dropped(town, line, shown):
    """Of edits that wait for a slow one on the same screen the last alone is made."""
    number = await standing(town, shown)
    line.open.clear()
    for notice in (HELP, ENDED, HowProtected(), ENDED):
        shown.show(SOKHA, Reply("en", notice, screen=Screen(SOKHA, number)))
        await town.run(lambda _: None)
    line.open.set()
    await shown.finish()
    assert line.methods() == ["sendMessage", "editMessageText", "editMessageText"]
    assert town.chats.message(SOKHA, number).shown.text == Drawer("samleng_bot", "", DRAWS).private(ENDED, "en").text


async def test_what_was_written_in_one_go_is_answered_once(town, line, shown):
    """Of new screens that are to come the last alone is sent; what an earlier one took away goes all the same."""
    number = await standing(town, shown)
    for reply in (Reply("en", HELP, gone=Screen(SOKHA, number)), Reply("en", ENDED), Reply("en", HowProtected())):
        shown.show(SOKHA, reply)
    await shown.finish()
    assert line.methods() == ["sendMessage", "sendMessage", "deleteMessage"]
    assert [event.what for event in town.chats.happened()] == ["new", "removed"]


async def test_what_goes_with_an_edit_is_not_dropped(town, line, shown):
    """An edit that takes an old screen away, or brings something to pass on, is made though another overtakes it."""
    number = await standing(town, shown)
    line.open.clear()
    shown.show(SOKHA, Reply("en", HELP, screen=Screen(SOKHA, number)))
    await town.run(lambda _: None)
    shown.show(SOKHA, Reply("en", ENDED, screen=Screen(SOKHA, number), extra=HELLO))
    shown.show(SOKHA, Reply("en", HowProtected(), screen=Screen(SOKHA, number)))
    line.open.set()
    await shown.finish()
    assert line.methods()[1:] == ["editMessageText", "editMessageText", "sendMessage", "editMessageText"]


async def test_chats_do_not_wait_for_each_other(town, line, shown):
    """Another chat's screen is on its way while the first one's is."""
    line.open.clear()
    shown.show(SOKHA, Reply("en", HELLO))
    shown.show(SOKHA + 1, Reply("en", HELLO))
    await town.run(lambda _: None)
    assert [params["chat_id"] for _, params in line.made] == [SOKHA, SOKHA + 1]
    line.open.set()
    await shown.finish()


@pytest.mark.fault("a message that is gone", holds="the reply comes as a new message")
@pytest.mark.parametrize("fault", [GoneError(), RefusedError(400, "there is no text in the message to edit")])
async def test_a_screen_that_can_not_be_rewritten(town, line, shown, fault):
    """The reply comes as a new message."""
    line.fails("editMessageText", [fault])
    shown.show(SOKHA, Reply("en", HELLO, screen=Screen(SOKHA, 5)))
    await shown.finish()
    assert line.methods() == ["editMessageText", "sendMessage"]
    assert [event.what for event in town.chats.happened()] == ["new"]


async def test_a_screen_that_is_as_it_was(town, line, shown):
    """Nothing is sent in its place."""
    number = await standing(town, shown)
    shown.show(SOKHA, Reply("en", HELLO, screen=Screen(SOKHA, number)))
    await shown.finish()
    assert line.methods() == ["sendMessage", "editMessageText"]


async def test_an_old_screen_that_is_gone_already(line, shown):
    """What goes with it comes all the same."""
    shown.show(SOKHA, Reply("en", HELLO, gone=Screen(SOKHA, 99), extra=HELP))
    await shown.finish()
    assert line.methods() == ["sendMessage", "deleteMessage", "sendMessage"]


@pytest.mark.fault("5xx", "a lost request", holds="a screen is tried until it arrives")
async def test_a_bad_line(town, line, shown):
    """A screen is tried until it arrives: nobody has to tap again."""
    line.fails("sendMessage", [NetworkError()] * 9)
    shown.show(SOKHA, Reply("en", HELLO))
    await soon(town.chats.happened)
    assert len(line.made) == 9 + 1


@pytest.mark.fault("5xx", holds="what takes the place of a screen comes at once")
async def test_a_bad_line_while_more_comes(town, line, shown, monkeypatch):
    """What takes the place of a screen that could not be shown comes at once, however long the pause is."""
    monkeypatch.setattr(screens, "SCREEN_PAUSES", (CEILING * 100,))
    line.fails("sendMessage", [NetworkError()])
    shown.show(SOKHA, Reply("en", HELLO))
    await soon(lambda: line.made)
    shown.show(SOKHA, Reply("en", HELP))
    (event,) = await soon(town.chats.happened)
    assert event.shown.text == Drawer("samleng_bot", "", DRAWS).private(HELP, "en").text
    assert len(line.made) == 2


async def test_a_question_that_is_answered_meanwhile(town, line, shown):
    """A question that could not be shown is not brought once its dialogue is over: nothing old stands on the phone."""
    await town.give_role(SOKHA, ["Norea"])
    await town.write(SOKHA, text="/open")
    asked = await town.run(lambda unit: unit.db.execute(sa.select(tables.dialogue.c.id, tables.dialogue.c.turn)).one())
    question = Question(asked.id, asked.turn, Asking(AskAge(options=("15-30",))))
    line.fails("sendMessage", [NetworkError()] * 2)
    line.open.clear()
    shown.show(SOKHA, Reply("en", question))
    await soon(lambda: line.made)
    await town.run(lambda unit: unit.db.execute(tables.dialogue.delete()))
    line.open.set()
    await shown.finish()
    assert line.methods() == ["sendMessage"]


async def test_the_bot_ends_while_the_line_is_cut(line, shown, monkeypatch):
    """Nobody waits for what can't be shown now."""
    monkeypatch.setattr(screens, "SCREEN_PAUSES", (CEILING * 100,))
    line.fails("sendMessage", [NetworkError()])
    shown.show(SOKHA, Reply("en", HELLO))
    await soon(lambda: line.made)
    await asyncio.wait_for(shown.finish(), CEILING)
    assert len(line.made) == 1


@pytest.mark.fault("429 in one chat", holds="receptionist and courier share the pause")
async def test_a_pause_is_shared(town, line, shown):
    """Where Telegram asks for a pause the courier hears of it through the database, and the screen comes after it."""
    line.fails("sendMessage", [RetryAfterError(0.001)])
    shown.show(SOKHA, Reply("en", HELLO))
    assert len(await soon(town.chats.happened)) == 1
    flood = tables.chat_flood.c
    (pause,) = await town.run(lambda unit: unit.db.execute(sa.select(flood.chat, flood.until)).all())
    assert tuple(pause) == (SOKHA, town.now + timedelta(seconds=0.001))


async def test_who_has_blocked_the_bot(town, line, shown):
    """It is noted, and nothing is tried again."""
    await town.run(lambda unit: meet(unit, BOT, SOKHA))
    line.fails("sendMessage", [ForbiddenError()])
    shown.show(SOKHA, Reply("en", HELLO, extra=HELP))
    await shown.finish()
    assert line.methods() == ["sendMessage"]
    assert await town.run(lambda unit: unit.db.scalar(sa.select(tables.person.c.blocked)))


async def test_a_group_that_has_grown(town, line, shown):
    """It is told where it is now, and known by its new id."""
    await town.invite(["Norea"])
    await town.link_group(GROUP, "Norea")
    line.fails("sendMessage", [MigratedError(-1009)])
    shown.tell(Chat(GROUP, ChatKind.GROUP), AskPrivately())
    while shown._tasks:
        await shown.finish()
    assert [event.chat for event in town.chats.happened()] == [-1009]
    assert await town.run(lambda unit: unit.db.scalar(sa.select(tables.group_chat.c.chat))) == -1009


async def test_a_tap_is_answered_once(line, shown):
    """Its answer is not worth a second try."""
    line.fails("answerCallbackQuery", [RefusedError(400, "query is too old")])
    shown.answer("q1", UP_TO_DATE, "en")
    await shown.finish()
    assert line.made == [("answerCallbackQuery", {"callback_query_id": "q1", "text": "These are the newest numbers."})]


async def test_what_can_not_be_drawn_leaves_nobody_without_a_word(town, line, shown, monkeypatch):
    """A fault in a room's drawing is logged by its kind, and the person hears that something went wrong."""

    def broken(*_):
        raise KeyError("a name that must not be logged")

    monkeypatch.setitem(shown._drawer._notices, Help, broken)
    with capture_logs() as logs:
        shown.show(SOKHA, Reply("en", HELP))
        await shown.finish()
    assert "went wrong on our side" in town.chats.message(SOKHA, 1).shown.text
    assert [(entry["event"], entry["error"]) for entry in logs] == [("screen not drawn", "KeyError")]
    assert line.methods() == ["sendMessage"]
