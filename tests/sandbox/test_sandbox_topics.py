"""Topics of a group: what stands in one, and what is refused there."""

import pytest

from sandbox.people import ControlRefusedError

GONE = "400 Bad Request: message thread not found"
CLOSED = "400 Bad Request: TOPIC_CLOSED"


@pytest.fixture
async def group(people, sokha):
    """Owned by Sokha, with a topic; the bot is in it."""
    group = await people.group("ឃុំ", [sokha], kind="supergroup")
    await group.act("add_bot")
    await group.act("topic", title="Plans")
    return group


@pytest.fixture
def plans(group):
    return group.topics["Plans"]


async def told(api):
    """The messages that the bot was told of."""
    return [update["message"] for update in await api("getUpdates") if "message" in update]


async def test_what_is_written_in_a_topic_names_it(api, sokha, group, plans):
    """It is the number of what opened it, to which all in it replies; the general one has none."""
    await sokha.say("/link", chat=group.id, topic=plans)
    await sokha.say("/link", chat=group.id)
    *_, opened, inside, outside = await told(api)
    assert opened["forum_topic_created"]["name"] == "Plans"
    assert {m["message_thread_id"] for m in (opened, inside)} == {opened["message_id"]} == {plans}
    assert inside["is_topic_message"]
    assert inside["chat"]["is_forum"]
    assert inside["reply_to_message"]["message_id"] == plans
    assert "reply_to_message" not in opened
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & outside.keys()


async def test_what_is_sent_to_a_topic_stands_there(api, sokha, group, plans):
    """So does a reply to what stands there, and that it was pinned."""
    there = {"chat_id": group.id, "message_thread_id": plans}
    sent = await api("sendMessage", **there, text="Digest")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (plans, True)
    reply = {"message_id": sent["message_id"]}
    answer = await api("sendMessage", chat_id=group.id, text="More", reply_parameters=reply)
    assert answer["reply_to_message"]["text"] == "Digest"
    await sokha.say("thanks", chat=group.id, reply_to=answer["message_id"])
    await group.act("promote")
    await api("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    await api("sendMessage", chat_id=group.id, text="General")
    *inside, outside = (await sokha.phone(chat=group.id)).messages[2:]
    assert [message.raw.get("topic") for message in inside] == [plans] * 4
    assert "topic" not in outside.raw


async def test_a_topic_that_is_not_there(api, people, sokha, group, plans):
    """One that was deleted, with all that stood in it, one that never was, and any where there are none."""
    await api("sendMessage", chat_id=group.id, message_thread_id=plans, text="Digest")
    await group.act("delete_topic", topic=plans)
    assert not [m for m in (await sokha.phone(chat=group.id)).messages if "topic" in m.raw]
    other = await people.group("other", [sokha])
    await other.act("add_bot")
    for chat, topic in ((group.id, plans), (group.id, 1), (group.id, 99), (other.id, 1), (sokha.id, 1)):
        assert await api("sendMessage", chat_id=chat, message_thread_id=topic, text="x") == GONE
    assert await api("sendChatAction", chat_id=group.id, message_thread_id=plans, action="typing") == GONE
    assert await api("sendChatAction", chat_id=group.id, message_thread_id=1, action="typing")
    with pytest.raises(ControlRefusedError):
        await sokha.say("x", chat=group.id, topic=plans)


async def test_a_closed_topic(api, people, sokha, group, plans):
    """There write those who manage topics, and nobody else before it is open again."""
    dara = await people.add("Dara")
    await group.act("add", person=dara)
    there = {"chat_id": group.id, "message_thread_id": plans, "text": "Digest"}
    await group.act("close_topic", topic=plans)
    await group.act("promote", rights={"can_pin_messages": True})
    assert await api("sendMessage", **there) == CLOSED
    with pytest.raises(ControlRefusedError):
        await dara.say("x", chat=group.id, topic=plans)
    await sokha.say("x", chat=group.id, topic=plans)
    await group.act("promote", rights={"can_manage_topics": True})
    assert (await api("sendMessage", **there))["message_thread_id"] == plans
    await group.act("demote")
    await group.act("close_topic", topic=plans)
    assert (await api("sendMessage", **there))["message_thread_id"] == plans
    assert {"forum_topic_closed", "forum_topic_reopened"} <= {name for message in await told(api) for name in message}


async def test_who_asks_is_told_of_topics(people, http, sokha, plans):
    """The overview names each; a small group can have none."""
    (there,) = (await http.get("/_sandbox/world")).json()["groups"]
    assert there["topics"] == [{"id": plans, "name": "Plans", "closed": False}]
    small = await people.group("small", [sokha])
    with pytest.raises(ControlRefusedError):
        await small.act("topic", title="Plans")
