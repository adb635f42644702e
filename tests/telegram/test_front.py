"""The front of the desk: each update is served by itself, whatever becomes of the others."""

import itertools
import json
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from on_paper import Line
from raw_updates import group, message, private, standing, tap
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from transcripts.town import BOT

from bot.telegram import front, receptionist
from bot.telegram.call import NetworkError, TopicGoneError
from bot.telegram.receptionist import take_in
from scorecard.ballot import Groups
from storage import intake, tables
from storage.intake import take

SOKHA, DARA, GROUP = 1001, 1002, -1001
TROUBLE = "Something went wrong on our side."


@pytest.fixture
def desk(town):
    return town._desk


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(receptionist, "PAUSE_SECONDS", 0)


async def seen(town, desk):
    """What people saw: chat and text, or what was said over the screen."""
    await desk.screens.finish()
    return [(event.chat, event.shown.text if event.shown else event.toast) for event in town.chats.happened()]


async def tapped(town, desk, person, data, chat, number=90):
    """Somebody taps a button in a group."""
    town.chats.taps[str(number)] = chat["id"]
    await front.serve(desk, front.receive(desk, tap(number, person, 5, data, chat)))


def broken(*_, **__):
    raise KeyError("a name that must not be logged")


@pytest.mark.fault("an update that nobody can read", holds="it stops nobody before or after it")
async def test_each_by_itself(town, desk):
    """One that can't be read, one that concerns nobody and one that fails stop nobody's before or after them."""
    updates = [message(1, SOKHA, text="/start"), {"update_id": 2, "message": {}}, None, {"update_id": 4, "poll": {}}]
    with capture_logs() as logs:
        assert await take_in(desk, [*updates, message(5, DARA, text="/start")])
    assert [chat for chat, _ in await seen(town, desk)] == [SOKHA, DARA]
    assert desk.vitals.unreadable == {"message": 1, "none": 1}
    assert [(entry["kind"], entry["count"]) for entry in logs] == [("message", 1), ("none", 2)]


async def test_a_fault_that_nobody_foresaw(town, desk, monkeypatch):
    """Who wrote or tapped gets a word in the language of their phone, and a group none; the log has its kind alone."""
    monkeypatch.setattr(front, "take", broken)
    town.chats.taps["2"] = SOKHA
    updates = [message(1, SOKHA, text="/start"), tap(2, SOKHA, 1, "e:hello", language="en")]
    with capture_logs() as logs:
        assert await take_in(desk, [*updates, message(3, DARA, group(GROUP, "ឃុំ"), text="/link")])
    (private_, written), (tapped, said) = await seen(town, desk)
    assert (private_, tapped, said.startswith(TROUBLE)) == (SOKHA, SOKHA, True)
    assert TROUBLE not in written  # in Khmer
    assert sorted(entry["kind"] for entry in logs) == ["callback_query", "message", "message"]
    assert "must not" not in str(logs)


@pytest.mark.fault("a lost database connection", holds="nothing is confirmed to Telegram: it all comes again")
async def test_the_database_out_of_reach(town, desk, monkeypatch):
    """Nothing is confirmed: it all comes again, and nobody is told that something is wrong."""

    def out_of_reach(*_, **__):
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(front, "take", out_of_reach)
    assert not await take_in(desk, [message(1, SOKHA, text="/start")])
    assert await seen(town, desk) == []
    monkeypatch.undo()
    assert await take_in(desk, [message(1, SOKHA, text="/start")])
    assert [chat for chat, _ in await seen(town, desk)] == [SOKHA]


async def test_one_persons_in_order(town, desk):
    """However many come at once, what one person wrote is done in its order, and answered once: by the last answer."""
    people = (SOKHA, DARA, 1003)
    said = [
        message(10 * turn + person, person, text=f"/{what}")
        for turn, what in enumerate(("language", "privacy", "help", "start"))
        for person in people
    ]
    assert await take_in(desk, said)
    happened = await seen(town, desk)
    assert sorted(chat for chat, _ in happened) == sorted(people)
    assert {text.partition("!")[0] for _, text in happened} == {"Hello"}


async def test_lines_between_taps(town, desk):
    """A tap among what somebody writes is answered by itself, in its place."""
    town.chats.taps["3"] = SOKHA
    lines = [message(number, SOKHA, text="/help") for number in (1, 2, 4, 5)]
    await take_in(desk, [*lines[:2], tap(3, SOKHA, 77, "e:hello", language="en"), *lines[2:]])
    await desk.screens.finish()
    assert [event.what for event in town.chats.happened()].count("toast") == 0
    assert await town.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(tables.seen_update))) == 5


async def test_a_bad_line_among_many(desk, monkeypatch):
    """What fails is told to its person; what they wrote before and after is done."""
    taken = []

    def some_fail(unit, event):
        if event.update_id == 2:
            raise KeyError("a line")
        taken.append(event.update_id)
        return take(unit, event)

    monkeypatch.setattr(intake, "take", some_fail)
    monkeypatch.setattr(front, "take", some_fail)
    with capture_logs() as logs:
        assert await take_in(desk, [message(number, SOKHA, text="/help") for number in (1, 2, 3)])
    assert taken[-2:] == [1, 3]
    assert [entry["event"] for entry in logs] == ["update failed"]


async def test_many_lines_of_one_person_cost_one_answer(town, desk):
    """A batch full of one person's lines is one answer to them, and those of others are served before it."""
    town.chats.call = line = Line(town.chats)
    many = [message(number, SOKHA, text=f"line {number}") for number in range(1, 100)]
    assert await take_in(desk, [*many, message(100, DARA, text="/start")])
    await desk.screens.finish()
    assert [params["chat_id"] for method, params in line.made if method == "sendMessage"] == [DARA, SOKHA]


async def test_a_group_is_not_told_again_and_again(town, desk):
    """The same kind of answer comes once in a while, whoever asks; another kind comes."""
    chat = group(GROUP, "ឃុំ")
    for number, text in enumerate(("/link", "/link", "@samleng_bot", "@samleng_bot", "/summary", "/summary"), start=1):
        await front.serve(desk, front.receive(desk, message(number, SOKHA, chat, text=text)))
    texts = [text.rpartition("\n\n")[2].partition(" ")[0] for _, text in await seen(town, desk)]
    assert texts == ["Only", "Scoring", "There"]


async def test_what_becomes_of_the_bot(town, desk):
    """Blocked and back with a person; added, gone and grown with a group."""
    await town.give_role(DARA, ["Norea"])

    async def stands(number, chat, old, new):
        await front.serve(desk, front.receive(desk, standing(number, DARA, BOT, chat, old, new)))
        person, linked = tables.person.c, tables.group_chat.c
        blocked = sa.select(person.blocked).where(person.id == DARA)
        active = sa.select(linked.chat, linked.active)
        return await town.run(lambda unit: (unit.db.scalar(blocked), [tuple(row) for row in unit.db.execute(active)]))

    await front.serve(desk, front.receive(desk, message(1, DARA, text="/start")))
    assert await stands(2, private(DARA), "member", "kicked") == (True, [])
    assert await stands(3, private(DARA), "kicked", "member") == (False, [])
    chat = group(GROUP, "ឃុំ")
    assert await stands(4, chat, "left", "member") == (False, [])
    await tapped(town, desk, DARA, "e:link_here:020802", chat)
    assert await stands(5, chat, "member", "administrator") == (False, [(GROUP, True)])
    assert await stands(6, chat, "administrator", "left") == (False, [(GROUP, False)])
    assert await stands(7, chat, "left", "member") == (False, [(GROUP, False)])
    await tapped(town, desk, DARA, "e:link_here:020802", chat)
    await front.serve(desk, front.receive(desk, message(8, DARA, chat, migrate_to_chat_id=-1009)))
    assert await stands(9, group(-1009, "ឃុំ"), "member", "member") == (False, [(-1009, True)])


UPGRADE = json.loads((Path(__file__).parent / "updates" / "group" / "upgrade-by-the-owner.json").read_text())["updates"]
OLD, NEW = -4001234567, -1001777000111


@pytest.mark.fault("updates out of order", holds="a group that grew keeps its link")
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize("linked", [True, False])
async def test_a_group_grows_in_whatever_order_it_is_told(town, desk, order, linked):
    """The link moves; nobody is greeted or refused, neither at once nor later; told again, nothing more happens."""
    await town.invite(["Norea"])
    if linked:
        await town.link_group(OLD, "Norea")
    for number, place in enumerate((*order, *order)):
        await front.serve(desk, front.receive(desk, {"update_id": number % 3 + 1} | UPGRADE[place]))
    town.now += timedelta(minutes=1)
    await town.deliver()
    groups = await town.run(
        lambda unit: unit.db.execute(sa.select(tables.group_chat.c.chat, tables.group_chat.c.kind)).all()
    )
    assert groups == ([(NEW, "supergroup")] if linked else [])
    if linked or order.index(0) == 0:  # a group without a commune that has grown is like any that the bot comes to
        assert await seen(town, desk) == []


async def test_a_channel(town, desk):
    """The bot leaves it and tells its facilitator alone what it is for; who is none hears nothing."""
    channel = {"id": -1009000000002, "type": "channel", "title": "Commune news"}
    town.chats.call = line = Line(town.chats)
    await town.give_role(DARA, ["Norea"])
    for number, person in ((1, DARA), (2, SOKHA)):
        await front.serve(desk, front.receive(desk, standing(number, person, BOT, channel, "left", "administrator")))
        await desk.screens.finish()
    told = [(method, params["chat_id"]) for method, params in line.made]
    assert sorted(told) == [("leaveChat", channel["id"])] * 2 + [("sendMessage", DARA)]
    await town.deliver()
    assert await town.run(lambda unit: unit.db.execute(sa.select(tables.group_chat.c.chat)).all()) == []


TOPIC = {"message_thread_id": 77, "is_topic_message": True}


@pytest.mark.fault("a topic that is gone", holds="the digest goes to the general one")
async def test_a_topic(town, desk):
    """What is asked in a topic is answered there, and digests go there; where it is gone, to the general one."""
    town.chats.call = line = Line(town.chats)
    await town.give_role(DARA, ["Norea"])
    forum = group(GROUP, "ឃុំ") | {"is_forum": True}
    await front.serve(desk, front.receive(desk, message(1, DARA, forum, text="/link", **TOPIC)))
    asked = tap(2, DARA, 404, "e:link_here:020802", forum)
    asked["callback_query"]["message"] |= TOPIC
    town.chats.taps["2"] = GROUP
    await front.serve(desk, front.receive(desk, asked))
    await desk.screens.finish()
    await town.open_session(DARA, "Norea", ["office"])
    await town.crowd([(phone, 1) for phone in range(5001, 5010)], [4] * 6, None, Groups())
    town.now += timedelta(days=2)
    await town.deliver()
    town.now += timedelta(days=1)
    await town.deliver()
    said = [params for method, params in line.made if method.startswith("send") and params["chat_id"] == GROUP]
    assert len(said) >= 3
    assert {params.get("message_thread_id") for params in said} == {77}
    line.fails("sendMessage", [TopicGoneError()])
    line.made.clear()
    await front.serve(desk, front.receive(desk, message(3, DARA, forum, text="/summary", message_thread_id=5)))
    await town.deliver()
    said = [params.get("message_thread_id") for method, params in line.made if method == "sendMessage"]
    assert said == [77, None]


async def test_who_writes_as_the_group_is_known_by_a_tap(town, desk):
    """An administrator without a name is offered a button, which says who it is; what they may not they are refused."""
    await town.give_role(DARA, ["Norea"])
    chat = group(GROUP, "ឃុំ")
    anonymous = message(1, 1087968824, chat, text="/link", sender_chat=chat)
    await front.serve(desk, front.receive(desk, anonymous))
    (offered,) = (event for event in await events(town, desk))
    assert [button["callback_data"] for row in offered.shown.rows for button in row] == ["e:ask_to_link"]
    await tapped(town, desk, SOKHA, "e:ask_to_link", chat)
    assert await events(town, desk) == []
    await tapped(town, desk, DARA, "e:ask_to_link", chat)
    (asked,) = await events(town, desk)
    assert asked.shown.rows[0][0]["callback_data"] == "e:link_here:020802"


async def events(town, desk):
    await desk.screens.finish()
    return town.chats.happened()


async def test_telegram_is_not_asked_for_administrators_all_the_time(town, desk):
    """Who taps again and again what is for administrators makes one call of it; where it fails, they are none."""
    await town.invite(["Norea"])
    await town.link_group(GROUP, "Norea")
    town.chats.call = line = Line(town.chats)
    for number in range(5):
        await tapped(town, desk, SOKHA, "e:unlink", group(GROUP, "ឃុំ"), number)
    line.fails("getChatAdministrators", [NetworkError()])
    await tapped(town, desk, DARA, "e:unlink", group(GROUP, "ឃុំ"))
    await desk.screens.finish()
    assert line.methods().count("getChatAdministrators") == 2
    assert await town.run(lambda unit: unit.db.scalar(sa.select(tables.group_chat.c.active)))
