"""Updates that a library can't read, or nobody can, make the bot deaf to nobody: each is read by itself."""

import json
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from village import account, at_work, citizen, of_bot, rows, soon, still

from sandbox.updates import Update

UPDATES = Path(__file__).parents[1] / "telegram" / "updates"
CASES = sorted(path.stem for path in UPDATES.glob("*.json"))

SECRET = "a secret"
UNREADABLE = (
    {"message": {"message_id": 1, "date": 1, "text": SECRET}},
    {"message": {"message_id": 1, "date": 1, "chat": {"type": "private", "first_name": SECRET}}},
    {"callback_query": {"id": "1", "data": SECRET}},
    {"my_chat_member": {"chat": {"id": -1, "type": "group", "title": SECRET}}},
)


def bring(telegram, house, content):
    """Let the next poll bring an update, whatever it holds; its place in the queue."""
    updates = account(telegram, house).updates
    updates._last += 1
    text = json.dumps({"update_id": updates._last} | content)
    updates._waiting[updates._last] = Update(updates._last, text, "", 0, updates._clock())
    updates._rouse()
    return updates._last


def case(name):
    return json.loads((UPDATES / f"{name}.json").read_text())


async def served(people):
    """Somebody who comes afterwards is served."""
    rithy = await citizen(people)
    await rithy.say("/start")
    await soon(lambda: of_bot(rithy))


@pytest.mark.parametrize("name", CASES)
async def test_what_a_library_cannot_read_is_read(telegram, people, house, name):
    """An update without fields that a library needs is read by those that we need, before and after a new start."""
    bring(telegram, house, case(name))
    await served(people)
    await house.stop()
    bring(telegram, house, case(name))
    await house.start()
    await at_work(telegram, house)
    await served(people)
    await still(telegram, house)
    assert not len(account(telegram, house).updates)


async def test_who_forwards_is_answered(telegram, people, house):
    """Who forwards a message of somebody without a name is answered as anybody else."""
    rithy = await citizen(people)
    await rithy.say("/start")
    await soon(lambda: of_bot(rithy))
    forwarded = case("forwarded-from-a-hidden-user-without-a-name")
    forwarded["message"]["chat"]["id"] = forwarded["message"]["from"]["id"] = rithy.id
    bring(telegram, house, forwarded)
    await soon(lambda: _second(rithy))


async def _second(person):
    return len(await of_bot(person)) > 1


@pytest.mark.fault("an update that nobody can read", holds="who comes before and after it is served")
async def test_what_nobody_can_read_is_passed_over(telegram, people, house):
    """It is confirmed as any other and logged with its kind alone; who comes before and after it is served."""
    first, last = await citizen(people), await citizen(people)
    with capture_logs() as logs:
        await first.say("/start")
        for content in UNREADABLE:
            bring(telegram, house, content)
        await last.say("/start")
        for person in (first, last):
            await soon(lambda person=person: of_bot(person))
        await still(telegram, house)
    assert not len(account(telegram, house).updates)
    passed = [entry for entry in logs if entry["event"] == "update not understood, passed over"]
    assert [entry["kind"] for entry in passed] == ["message", "message", "callback_query", "my_chat_member"]
    assert [entry["count"] for entry in passed] == [1, 2, 3, 4]
    assert {entry["log_level"] for entry in passed} == {"error"}
    assert SECRET not in str(logs)


async def test_updates_that_do_not_concern_us(telegram, people, house):
    """A kind that we did not ask for, one that is new, and one that is no update are confirmed, and nothing is said."""
    for content in ({"poll": {"id": "1"}}, {"of_another_year": [1]}, {}):
        bring(telegram, house, content)
    await served(people)
    await still(telegram, house)
    assert not len(account(telegram, house).updates)
    assert len(rows(house, "SELECT * FROM person")) == 1


async def test_an_update_without_a_number(telegram, people, house):
    """What has no number of its own can't be confirmed; it is passed over, and goes with the next that has one."""
    bring(telegram, house, {"update_id": None, "message": {"text": SECRET}})
    await served(people)
    await still(telegram, house)
    assert not len(account(telegram, house).updates)
