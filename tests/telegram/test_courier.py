"""The courier, sweep by sweep, on a clock and a line that a test holds in its hands."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sweeping import DARA, GROUP, POST, post, seen, sweep
from transcripts.town import BOT

from bot.telegram.call import (
    GoneError,
    NetworkError,
    RefusedError,
    RetryAfterError,
)
from bot.telegram.courier import RESTS_FOR, deliver_due
from digests import poster
from scorecard.ballot import Groups
from storage.outbox import put
from storage.pauses import flooded
from storage.results.post_digest import SUMMARY, WAY_TO_POST
from storage.subject import of_session

NO_PHOTOS = RefusedError(400, "Bad Request: not enough rights to send photos to the chat")


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
    monkeypatch.setattr(poster, "MOST_SERVICES", 1)
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


@pytest.mark.fault("a message that is gone", holds="nothing is left to wipe; where nobody knows, it is tried again")
@pytest.mark.parametrize("fault", [GoneError(), NetworkError()])
async def test_a_screen_to_be_wiped(town, line, fault):
    """Where the message is gone there is nothing left to do; where nobody knows, it is tried again."""
    await sweep(town)
    await town.open_session(DARA, "Norea", ["office"])
    await town.write(5001, text=f"/start {(await town.sessions())[-1]}")
    number = town.chats.newest(5001)
    read = town.chats.message(5001, number).shown.text
    town.now += timedelta(days=2)
    faults = [fault, fault]
    line.fails("editMessageText", faults)
    line.fails("editMessageCaption", faults)
    await sweep(town)
    waits = await town.run(lambda unit: unit.db.scalar(sa.select(POST.attempts).where(POST.chat == 5001)))
    assert waits == (None if isinstance(fault, GoneError) else 1)
    assert town.chats.message(5001, number).shown.text == read


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
    assert {done for done, _ in town._courier.resting} == {"turnout counted", "closed", "groups reminded"}
    done_with = "UPDATE session SET state = 'cancelled', uncounted = 0 WHERE state = 'open'"
    await town.run(lambda unit: unit.db.exec_driver_sql(done_with))
    await sweep(town)
    town.now += RESTS_FOR
    await sweep(town)
    assert not town._courier.resting
