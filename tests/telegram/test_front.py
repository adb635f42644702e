"""The front of the desk: each update is served by itself, whatever becomes of the others."""

import pytest
import sqlalchemy as sa
from raw_updates import group, message, private, standing, tap
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from transcripts.town import BOT

from bot.telegram import front, receptionist
from bot.telegram.receptionist import take_in
from storage import tables

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


def broken(*_, **__):
    raise KeyError("a name that must not be logged")


async def test_each_by_itself(town, desk):
    """One that can't be read, one that concerns nobody and one that fails stop nobody's before or after them."""
    updates = [message(1, SOKHA, text="/start"), {"update_id": 2, "message": {}}, None, {"update_id": 4, "poll": {}}]
    with capture_logs() as logs:
        assert await take_in(desk, [*updates, message(5, DARA, text="/start")])
    assert [chat for chat, _ in await seen(town, desk)] == [SOKHA, DARA]
    assert desk.unreadable == {"message": 1, "none": 1}
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
    """However many come at once, what one person did is done in its order."""
    people = (SOKHA, DARA, 1003)
    said = [
        message(10 * turn + person, person, text=f"/{what}")
        for turn, what in enumerate(("start", "language", "privacy", "help"))
        for person in people
    ]
    assert await take_in(desk, said)
    happened = await seen(town, desk)
    by_person = [[text for chat, text in happened if chat == person] for person in people]
    assert by_person[0] == by_person[1] == by_person[2]
    assert len(set(by_person[0])) == 4


async def test_a_group_is_not_told_again_and_again(town, desk):
    """The same kind of answer comes once in a while, whoever asks; another kind comes."""
    chat = group(GROUP, "ឃុំ")
    for number, text in enumerate(("/link", "/link", "@samleng_bot", "@samleng_bot", "/summary", "/summary"), start=1):
        await front.serve(desk, front.receive(desk, message(number, SOKHA, chat, text=text)))
    texts = [text.rpartition("\n\n")[2].partition(" ")[0] for _, text in await seen(town, desk)]
    assert texts == ["Only", "Scoring", "There"]


async def test_what_becomes_of_the_bot(town, desk):
    """Blocked and back with a person; added, gone and grown with a group."""
    await town.make_facilitator(DARA, ["Norea"])

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
    assert await stands(4, chat, "left", "member") == (False, [(GROUP, True)])
    assert await stands(5, chat, "member", "administrator") == (False, [(GROUP, True)])
    assert await stands(6, chat, "administrator", "left") == (False, [(GROUP, False)])
    assert await stands(7, chat, "left", "member") == (False, [(GROUP, True)])
    await front.serve(desk, front.receive(desk, message(8, DARA, chat, migrate_to_chat_id=-1009)))
    assert await stands(9, group(-1009, "ឃុំ"), "member", "member") == (False, [(-1009, True)])
