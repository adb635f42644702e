"""The courier, sweep by sweep, on a clock and a line that a test holds in its hands."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from on_paper import Line
from raw_updates import group, message, standing
from structlog.testing import capture_logs
from transcripts.town import BOT

from bot.telegram.call import (
    ForbiddenError,
    GoneError,
    MigratedError,
    NetworkError,
    RefusedError,
    RetryAfterError,
    RevokedError,
)
from bot.telegram.courier import RESTS_FOR, close, deliver_due, tidy
from bot.telegram.receptionist import receive
from bot.trouble import Trouble
from digests import poster
from scorecard.ballot import Groups
from storage import tables
from storage.groups.link_group import LINKED
from storage.outbox import put
from storage.pauses import flooded
from storage.results.post_digest import SUMMARY, WAY_TO_POST
from storage.subject import of_session

DARA, GROUP = 1001, -1001
POST = tables.post.c
NO_PHOTOS = RefusedError(400, "Bad Request: not enough rights to send photos to the chat")


@pytest.fixture
async def line(town):
    """The line to chats on paper, in which a session was closed a day ago: its digest waits for the group."""
    await town.make_facilitator(DARA, ["Norea"])
    await town.link_group(GROUP, "Norea")
    await town.open_session(DARA, "Norea", ["office", "health centre"])
    await town.crowd([(person, 1) for person in range(5001, 5010)], [4, 4, 5, 3, 2, 1], None, Groups())
    town.now += timedelta(days=2)
    await town.deliver()
    town.now += timedelta(days=1)
    town.chats.happened()
    line = Line(town.chats)
    town.chats.call = line
    return line


async def sweep(town):
    """One sweep, to its end."""
    await close(town._courier)
    await deliver_due(town._courier)
    for task in list(town._courier.busy.values()):
        await task


async def post(town, kind="digest"):
    """State, attempts and error of the post."""
    found = sa.select(POST.state, POST.attempts, POST.error).where(POST.kind == kind)
    return tuple(await town.run(lambda unit: unit.db.execute(found).one()))


def seen(town):
    """What people saw happen in the group."""
    return [event.shown.above for event in town.chats.happened() if event.chat == GROUP]


async def test_a_digest(town, line):
    """It is sent once, pinned, and then there is nothing to do."""
    await sweep(town)
    assert line.methods() == ["sendMessage", "editMessageMedia", "pinChatMessage"]
    assert seen(town) == [("a picture: overview",)]
    assert await post(town) == ("sent", 0, None)
    await sweep(town)
    assert len(line.made) == 3


@pytest.mark.fault("5xx", "a lost request", holds="what did not get through waits, longer each time, and comes once")
async def test_the_line_breaks(town, line):
    """What did not get through waits, longer each time, and comes once."""
    line.fails("editMessageMedia", [NetworkError()] * 2)
    await sweep(town)
    assert await post(town) == ("waiting", 1, "NetworkError")
    for seconds, attempts in ((1.9, 1), (0.2, 2), (3.7, 2)):
        town.now += timedelta(seconds=seconds)
        await sweep(town)
        assert (await post(town))[1] == attempts
    town.now += timedelta(seconds=0.4)
    await sweep(town)
    assert len(seen(town)) == 1
    assert (await post(town))[0] == "sent"
    assert line.methods().count("sendMessage") == 1


@pytest.mark.fault("a lost answer", holds="no more of a digest comes twice than its first line")
@pytest.mark.parametrize(("method", "messages"), [("sendMessage", 2), ("editMessageMedia", 1), ("pinChatMessage", 1)])
async def test_a_lost_answer(town, line, method, messages):
    """What was sent may come again, for nobody knows of it: no more of a digest than its first line, after a minute."""
    line.loses(method)
    await sweep(town)
    town.now += timedelta(seconds=50)
    await sweep(town)
    if method != "pinChatMessage":
        assert (await post(town))[0] == "waiting"
    town.now += timedelta(seconds=11)
    await sweep(town)
    assert (await post(town))[0] == "sent"
    assert line.methods().count("sendMessage") == messages
    assert [above for above in seen(town) if above] == [("a picture: overview",)]


async def test_a_line_that_bears_no_pictures(town, line):
    """After three tries the text goes out, if that gets through."""
    line.fails("editMessageMedia", [NetworkError()] * 4)
    for _ in range(4):
        await sweep(town)
        town.now += timedelta(minutes=1)
    assert line.methods()[-3:] == ["editMessageMedia", "editMessageText", "pinChatMessage"]
    assert seen(town) == [()]


async def test_no_pictures_may_be_sent(town, line):
    """Where pictures are refused the text goes out at once."""
    line.fails("editMessageMedia", [NO_PHOTOS])
    await sweep(town)
    assert line.methods() == ["sendMessage", "editMessageMedia", "editMessageText", "pinChatMessage"]


async def test_a_file_id_that_is_forgotten(town, line):
    """The picture is uploaded anew, and no text is sent in its place."""
    line.fails("editMessageMedia", [RefusedError(400, "Bad Request: wrong file identifier/HTTP URL specified")])
    await sweep(town)
    first, second = (params["media"]["media"] for method, params in line.made if method == "editMessageMedia")
    assert (first, second.data) == ("overview", b"overview")
    assert seen(town) == [("a picture: overview",)]


async def test_several_pictures(town, line, monkeypatch):
    """Those that arrived before the line broke do not come again."""
    monkeypatch.setattr(poster, "MOST_ROWS", 4)
    line.fails("editMessageMedia", [None, NetworkError()])
    await sweep(town)
    town.now += timedelta(minutes=1)
    await sweep(town)
    assert ["caption" in params["media"] for method, params in line.made if method == "editMessageMedia"] == [
        False,
        True,
        True,
    ]
    assert seen(town) == [("a picture: overview",) * 2]


@pytest.mark.fault("429 in one chat", holds="other chats go on, and a new start keeps the pause")
async def test_a_pause_holds_its_chat(town, line):
    """While Telegram asks for a pause nothing is sent to that chat, also after a new start; others go on."""
    line.fails("sendMessage", [RetryAfterError(600)])
    await sweep(town)
    assert await post(town) == ("waiting", 0, "RetryAfter")
    town.reopen()
    for kind, chat in ((SUMMARY, GROUP), (WAY_TO_POST, DARA)):
        await town.run(put, bot=BOT, chat=chat, kind=kind, subject=of_session(1), key="again")
    town.now += timedelta(seconds=599)
    await sweep(town)
    assert [params["chat_id"] for _, params in line.made] == [GROUP, DARA]
    town.now += timedelta(seconds=2)
    await sweep(town)
    await sweep(town)
    assert len(seen(town)) == 2


@pytest.mark.fault("429 in many chats", holds="nobody is written to for the shortest of the pauses")
async def test_pauses_of_several_chats_hold_the_bot(town, line):
    """Three chats within ten seconds: nobody is written to for the shortest of their pauses. Two are two chats."""
    await sweep(town)
    line.made.clear()
    for chat, seconds in ((1, 600), (2, 40), (2, 40)):
        await town.run(flooded, BOT, chat, timedelta(seconds=seconds))
    town.now += timedelta(seconds=9)
    await town.run(put, bot=BOT, chat=DARA, kind=WAY_TO_POST, subject=of_session(1), key="first")
    await sweep(town)
    assert len(line.made) == 1
    await town.run(flooded, BOT, 3, timedelta(seconds=90))
    await town.run(put, bot=BOT, chat=DARA, kind=WAY_TO_POST, subject=of_session(1), key="second")
    town.now += timedelta(seconds=30)
    await sweep(town)
    assert len(line.made) == 1
    town.now += timedelta(seconds=2)
    await sweep(town)
    assert len(line.made) == 2


NOT_ALLOWED = (
    "Bad Request: TOPIC_CLOSED",
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: CHAT_RESTRICTED",
)


def screens_of(town, chat):
    """The texts of what came to a chat, and what its buttons send."""
    events = [event.shown for event in town.chats.happened() if event.chat == chat]
    return [(shown.text, [b.get("callback_data") for row in shown.rows for b in row]) for shown in events]


@pytest.mark.fault("no right to write", holds="the facilitator hears what to do, and nothing else waits")
@pytest.mark.parametrize("description", NOT_ALLOWED)
async def test_what_only_a_human_can_lift(town, line, description):
    """It is tried once; its facilitator hears what to do, with a button; what comes later is not held up by it."""
    refusal = RefusedError(400, description)
    line.fails("sendMessage", [refusal])
    await sweep(town)
    assert await post(town) == ("held", 1, "RefusedError")
    await sweep(town)
    ((text, buttons),) = screens_of(town, DARA)
    assert "ask an administrator there" in text
    assert "is posted" not in text.replace("is not posted", "")
    assert buttons[0].startswith("e:post:")
    town.now += timedelta(hours=5)
    await town.run(put, bot=BOT, chat=GROUP, kind=SUMMARY, subject=of_session(1))
    await tidy(town._courier)
    await sweep(town)
    assert len(seen(town)) == 1
    assert (await post(town))[0] == "held"
    await town.tap(DARA, buttons[0], town.chats.newest(DARA))
    await sweep(town)
    assert (await post(town))[0] == "sent"


@pytest.mark.fault("no right to write", holds="once it is lifted the digest comes by itself, once")
@pytest.mark.parametrize("by", ["its standing", "a word"])
async def test_what_was_refused_is_free_again(town, line, by):
    """Somebody changes what the bot may do there, or speaks to it there: it is tried again by itself, once."""
    line.fails("sendMessage", [RefusedError(400, NOT_ALLOWED[0])])
    await sweep(town)
    chat = group(GROUP, "Norea")
    rights = standing(900, DARA, BOT, chat, "restricted", "member")
    await town.bring(rights if by == "its standing" else message(900, DARA, chat, text="/language"))
    town.chats.happened()
    await sweep(town)
    assert (await post(town))[0] == "sent"


async def test_posted_is_said_of_what_arrived(town, line):
    """Before that it is on its way."""
    line.open.clear()
    await town.run(put, bot=BOT, chat=DARA, kind=WAY_TO_POST, subject=of_session(1), key="now")
    await deliver_due(town._courier)
    line.open.set()
    for task in list(town._courier.busy.values()):
        await task
    ((text, _),) = screens_of(town, DARA)
    assert "on its way" in text
    await town.run(put, bot=BOT, chat=DARA, kind=WAY_TO_POST, subject=of_session(1), key="later")
    await sweep(town)
    ((text, _),) = screens_of(town, DARA)
    assert "is posted" in text


async def test_a_refusal_that_nobody_foresaw(town, line):
    """It is tried three times, then its facilitator is told; meanwhile it holds up nothing."""
    strange = RefusedError(400, "Bad Request: SOMETHING_NEW")
    line.fails("editMessageMedia", [strange] * 3)
    await sweep(town)
    await town.run(put, bot=BOT, chat=GROUP, kind=LINKED, key="x")
    await sweep(town)
    assert line.methods() == ["sendMessage", "editMessageMedia", "sendMessage"]
    for _ in range(4):
        town.now += timedelta(minutes=1)
        await tidy(town._courier)
        await sweep(town)
    assert line.methods().count("editMessageMedia") == 3
    assert (await post(town))[0] == "dead"
    await sweep(town)
    assert any("To try again" in text for text, _ in screens_of(town, DARA))


@pytest.mark.fault("a poison post", holds="it holds up nothing, and goes out once it can be said")
async def test_a_poison_post(town, line, monkeypatch):
    """A post whose saying fails is logged, holds up neither its chat nor another, and goes out once it can be said."""
    says = town._house.posts

    def poison(*_):
        raise ValueError("what must not be logged")

    monkeypatch.setitem(says, "digest", replace(says["digest"], content=poison))
    await town.run(put, bot=BOT, chat=GROUP, kind=LINKED, key="x")
    with capture_logs() as logs:
        await sweep(town)
        await sweep(town)
    assert line.methods() == ["sendMessage"]
    assert [(entry["event"], entry["error"]) for entry in logs if entry["log_level"] == "error"] == [
        ("post put off", "ValueError")
    ]
    monkeypatch.undo()
    town.now += timedelta(minutes=1)
    await tidy(town._courier)
    await sweep(town)
    assert (await post(town))[0] == "sent"


@pytest.mark.fault("a revoked token", holds="what is to be sent waits, and the operator is told what to do")
async def test_a_revoked_token(town, line):
    """The courier ends, and what it wanted to send keeps waiting; the receptionist says what to do."""
    line.fails("sendMessage", [RevokedError()])
    await sweep(town)
    assert town._courier.revoked.is_set()
    assert await post(town) == ("waiting", 0, None)
    line.fails("getUpdates", [RevokedError()])
    with pytest.raises(Trouble, match="BotFather"):
        await receive(town._desk, line, asyncio.Event())


@pytest.mark.fault("kicked from the group", holds="the post is given up, and its facilitator told")
@pytest.mark.parametrize(
    ("fault", "active"), [(ForbiddenError(), False), (RefusedError(400, "Bad Request: chat not found"), True)]
)
async def test_a_group_that_can_not_be_reached(town, line, fault, active):
    """The post is given up at once, and its facilitator told; a group that the bot is not in receives no more."""
    line.fails("sendMessage", [fault])
    await sweep(town)
    town.now += timedelta(hours=1)
    await sweep(town)
    assert [params["chat_id"] for _, params in line.made] == [GROUP, DARA]
    assert (await post(town))[0] == "dead"
    assert await town.run(lambda unit: unit.db.scalar(sa.select(tables.group_chat.c.active))) == active


@pytest.mark.fault("a group that grew", holds="the digest goes where it is now")
async def test_a_group_that_has_grown(town, line):
    """The digest goes where the group is now, at the next sweep."""
    line.fails("sendMessage", [MigratedError(-1009)])
    await sweep(town)
    await sweep(town)
    assert [params["chat_id"] for method, params in line.made if method == "sendMessage"] == [GROUP, -1009]
    assert await post(town) == ("sent", 0, None)


async def test_what_is_not_pinned(town, line):
    """A digest that may not be pinned is sent all the same, once."""
    line.fails("pinChatMessage", [RefusedError(400, "Bad Request: not enough rights to manage pinned messages")])
    await sweep(town)
    await sweep(town)
    assert (await post(town))[0] == "sent"
    assert len(seen(town)) == 1


@pytest.mark.fault("a message that is gone", holds="nothing is left to wipe; where nobody knows, it is tried again")
@pytest.mark.parametrize("fault", [GoneError(), NetworkError()])
async def test_a_screen_to_be_wiped(town, line, fault):
    """Where the message is gone there is nothing left to do; where nobody knows, it is tried again."""
    await sweep(town)
    await town.open_session(DARA, "Norea", ["office"])
    await town.write(5001, text=f"/start {(await town.sessions())[-1]}")
    number = town.chats.newest(5001)
    town.now += timedelta(days=2)
    faults = [fault, fault]
    line.fails("editMessageText", faults)
    line.fails("editMessageCaption", faults)
    await sweep(town)
    waits = await town.run(lambda unit: unit.db.scalar(sa.select(POST.attempts).where(POST.chat == 5001)))
    assert waits == (None if isinstance(fault, GoneError) else 1)
    assert "closed" not in town.chats.message(5001, number).shown.text


@pytest.mark.fault("a hang", holds="somebody else gets their own meanwhile")
async def test_one_chat_does_not_wait_for_another(town, line):
    """While something is on its way to a group, somebody else receives their own, and the group nothing more."""
    line.open.clear()
    await deliver_due(town._courier)
    for kind in (WAY_TO_POST, SUMMARY):
        chat = DARA if kind is WAY_TO_POST else GROUP
        await town.run(put, bot=BOT, chat=chat, kind=kind, subject=of_session(1), key="again")
    await deliver_due(town._courier)
    assert sorted(town._courier.busy) == [GROUP, DARA]
    line.open.set()
    for task in list(town._courier.busy.values()):
        await task
    assert sorted(params["chat_id"] for method, params in line.made if method.startswith("send")) == [GROUP, DARA]
    assert not town._courier.busy


async def test_what_failed_and_comes_due_no_more_is_forgotten(town, line):  # noqa: ARG001 - what was closed before
    """A closing that fails rests; once another process has dealt with it, the courier remembers nothing of it."""
    await town.open_session(DARA, "Norea", ["office"])
    await town.crowd([(5001, 1)], [4, 4, 5, 3, 2, 1], None, Groups())
    await town.run(lambda unit: unit.db.exec_driver_sql("UPDATE session SET location = '{'"))
    town.now += timedelta(days=2)
    await sweep(town)
    assert {done for done, _ in town._courier.resting} == {"turnout counted", "closed"}
    done_with = "UPDATE session SET state = 'cancelled', uncounted = 0 WHERE state = 'open'"
    await town.run(lambda unit: unit.db.exec_driver_sql(done_with))
    await sweep(town)
    town.now += RESTS_FOR
    await sweep(town)
    assert not town._courier.resting


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("opens", ["rename", "read"])
async def test_what_is_opened_meanwhile_is_not_written_over(town, opens):
    """Who posts, and opens something on that screen before the digest has arrived, keeps that in front of them."""
    number = town.chats.newest(DARA)
    (post_now,) = town.chats.message(DARA, number).rows[0]
    await town.tap(DARA, post_now["callback_data"], number)
    entry = "e:rename:1" if opens == "rename" else f"e:read:{(await town.sessions())[0]}"
    await town.tap(DARA, entry, number)
    shown = town.chats.message(DARA, number).shown
    for _ in range(3):
        await sweep(town)
    assert (await post(town))[0] == "sent"
    assert town.chats.message(DARA, number).shown == shown
    assert "posted" not in shown.text


async def test_how_it_went_is_shown(town, line):
    """Where nothing else was opened there, the screen says by itself that the digest is posted."""
    number = town.chats.newest(DARA)
    (post_now,) = town.chats.message(DARA, number).rows[0]
    await town.tap(DARA, post_now["callback_data"], number)
    for _ in range(3):
        await sweep(town)
    assert "is posted" in town.chats.message(DARA, number).shown.text
    assert line.methods().count("editMessageText") >= 1
