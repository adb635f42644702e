"""A group with topics: what belongs to one is said there."""

from functools import partial

import pytest
from village import citizen, close, digest_in, digests, forge, of_bot, score_all, shows, soon, still

CITIZENS = 8


async def forum(people, dara):
    """A group with the topic in which the bot was linked; the topic."""
    group = await people.group("ឃុំ", [dara], kind="supergroup")
    await group.act("topic", title="ផែនការ")
    await group.act("topic", title="ប័ណ្ណដាក់ពិន្ទុ")
    topic = group.topics["ប័ណ្ណដាក់ពិន្ទុ"]
    await group.act("add_bot")
    await dara.say("/link", chat=group.id, topic=topic)
    asked = await soon(partial(_asked, dara, group, topic))
    await dara.tap_through("✅", chat=group.id, message=asked.id)
    return group, topic


async def test_what_is_asked_in_a_topic_is_answered_there(telegram, people, house):
    """/link, its answer, and the digest stand in the topic; what is asked in another one is answered in that one."""
    dara = await house.facilitator(people)
    group, topic = await forum(people, dara)
    await score_all(people, await house.open_session(dara), CITIZENS)
    await close(dara)
    await dara.tap_through("✅")
    assert (await digest_in(dara, group)).raw["topic"] == topic
    await dara.say("/summary", chat=group.id, topic=group.topics["ផែនការ"])
    (_, again) = await soon(partial(_two, dara, group))
    assert again.raw["topic"] == group.topics["ផែនការ"]
    await still(telegram, house)
    assert {m.raw.get("topic") for m in await of_bot(dara, chat=group.id)} <= {*group.topics.values(), None}


@pytest.mark.fault("a topic that is gone", holds="the digest comes to the general one")
async def test_a_topic_that_is_gone(people, house):
    """The digest comes to the general one."""
    dara = await house.facilitator(people)
    group, topic = await forum(people, dara)
    await score_all(people, await house.open_session(dara), CITIZENS)
    await close(dara)
    await group.act("delete_topic", topic=topic)
    await dara.tap_through("✅")
    assert "topic" not in (await digest_in(dara, group)).raw


@pytest.mark.fault("no right to write", holds="it is tried once in a closed topic, and again when somebody opened it")
async def test_a_topic_that_is_closed(telegram, people, house):
    """It is tried once; the facilitator hears what to do, and tries again once it is open."""
    dara = await house.facilitator(people)
    group, topic = await forum(people, dara)
    await score_all(people, await house.open_session(dara), CITIZENS)
    await close(dara)
    await group.act("close_topic", topic=topic)
    await dara.tap_through("✅")
    await shows(dara, "អ្នកគ្រប់គ្រង")
    await still(telegram, house)
    assert not await digests(dara, group)
    await group.act("close_topic", topic=topic)
    await forge(telegram, dara, next(b.data for m in reversed(await of_bot(dara)) if (b := m.find("✅")) and b.data))
    assert (await digest_in(dara, group)).raw["topic"] == topic


async def test_a_link_under_a_word(people, house):
    """A link that lies under a text, as people send it on, joins the scoring."""
    link = await house.open_session(await house.facilitator(people))
    rithy = await citizen(people)
    await rithy.say("ចុចទីនេះ", hidden=link)
    assert (await rithy.changed()).find("✅")


async def _two(dara, group):
    found = await digests(dara, group)
    return found if len(found) == 2 else None


async def _asked(dara, group, topic):
    """What is to be confirmed in the topic; what the bot says when it was added stands in the general one."""
    there = [m for m in await of_bot(dara, chat=group.id) if m.raw.get("topic") == topic]
    return next((m for m in there if m.find("✅")), None)
