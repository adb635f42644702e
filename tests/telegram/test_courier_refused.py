"""What becomes of a post that is refused or can't be made, and what its facilitator sees of that."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from raw_updates import group, message, standing
from structlog.testing import capture_logs
from sweeping import DARA, GROUP, post, screens_of, seen, sweep
from transcripts.town import BOT

from bot.telegram.call import (
    ForbiddenError,
    MigratedError,
    RefusedError,
    RevokedError,
)
from bot.telegram.courier import deliver_due, tidy
from bot.telegram.receptionist import receive
from bot.trouble import Trouble
from storage import tables
from storage.groups.link_group import LINKED
from storage.outbox import put
from storage.results.post_digest import SUMMARY, WAY_TO_POST
from storage.subject import of_session

NOT_ALLOWED = (
    "Bad Request: TOPIC_CLOSED",
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: CHAT_RESTRICTED",
)


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
    assert "ask an administrator of the group" in text
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
