"""Groups: what a bot hears there, and what it may do."""

import pytest

from sandbox.people import ControlRefusedError


@pytest.fixture
async def group(people, sokha):
    """Owned by Sokha; the bot is in it."""
    group = await people.group("ឃុំ", [sokha])
    await group.act("add_bot")
    return group


async def heard(api):
    """The texts that the bot was told of, and what kind the service messages were."""
    texts = []
    for update in await api("getUpdates"):
        if "message" in update:
            kinds = set(update["message"]) - {"message_id", "from", "chat", "date", "entities"}
            texts.append(update["message"].get("text") or min(kinds))
    return texts


async def test_in_a_group_the_bot_hears_what_privacy_mode_lets_through(api, sokha, group):
    """Commands to it or to nobody, replies to it and service messages get through, and nothing else."""
    sent = await api("sendMessage", chat_id=group.id, text="Digest")
    mine = await sokha.say("chatter", chat=group.id)
    for text in ("@samleng_demo_bot hello", "/a@other_bot", "say /b", "/c", "/d@Samleng_Demo_Bot x"):
        await sokha.say(text, chat=group.id)
    await sokha.say("reply to mine", chat=group.id, reply_to=mine)
    await sokha.say("reply to bot", chat=group.id, reply_to=sent["message_id"])
    await group.act("rename", title="Other")
    assert await heard(api) == ["new_chat_members", "/c", "/d@Samleng_Demo_Bot x", "reply to bot", "new_chat_title"]


async def test_a_startgroup_link_adds_the_bot_and_says_start(api, people, sokha):
    """The payload comes as a command in the group, and the rights that the link asks for are given."""
    group = await people.group("ឃុំ", [sokha])
    await sokha.open("https://t.me/samleng_demo_bot?startgroup=g-1&admin=pin_messages", chat=group.id)
    assert await heard(api) == ["new_chat_members", "/start@samleng_demo_bot g-1"]
    sent = await api("sendMessage", chat_id=group.id, text="Digest")
    assert await api("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])


async def test_pinning_needs_the_right(api, sokha, group):
    """A mere member can't pin; an administrator with the right can, and all see it."""
    sent = await api("sendMessage", chat_id=group.id, text="Digest")
    pin = {"chat_id": group.id, "message_id": sent["message_id"]}
    refusal = "400 Bad Request: not enough rights to manage pinned messages in the chat"
    assert await api("pinChatMessage", **pin) == refusal
    await group.act("promote", rights={"can_delete_messages": True})
    assert await api("pinChatMessage", **pin) == refusal
    await group.act("promote", rights={"can_pin_messages": True})
    assert await api("pinChatMessage", **pin)
    shown = (await sokha.phone(chat=group.id)).messages
    assert [message.id for message in shown if message.pinned] == [sent["message_id"]]
    assert (await api("getChat", chat_id=group.id))["pinned_message"]["text"] == "Digest"
    assert await api("unpinChatMessage", chat_id=group.id)
    assert await api("unpinChatMessage", chat_id=group.id) == "400 Bad Request: message to unpin not found"


async def test_an_upgraded_group_says_where_it_went(api, sokha, group):
    """Both groups tell of it, the old one refuses with the new id, the new one is the same but for its ids."""
    old = group.id
    await group.act("migrate")
    messages = [update["message"] for update in await api("getUpdates") if "message" in update]
    assert [m.get("migrate_to_chat_id") or m.get("migrate_from_chat_id") for m in messages[1:]] == [group.id, old]
    assert await api("sendMessage", chat_id=old, text="x") == (
        "400 Bad Request: group chat was upgraded to a supergroup chat"
    )
    sent = await api("sendMessage", chat_id=group.id, text="x")
    assert (sent["chat"]["type"], sent["message_id"], str(group.id)[:4]) == ("supergroup", 2, "-100")
    assert (await sokha.screen(chat=group.id)).text == "x"


@pytest.mark.parametrize(
    ("kind", "action", "given", "refusal"),
    [
        ("group", "remove_bot", {}, "403 Forbidden: bot was kicked from the group chat"),
        ("supergroup", "remove_bot", {}, "403 Forbidden: bot was kicked from the supergroup chat"),
        ("group", "delete", {}, "403 Forbidden: the group chat was deleted"),
        ("supergroup", "restrict", {"rights": {"can_send_messages": False}},
         "400 Bad Request: not enough rights to send text messages to the chat"),
    ],
)  # fmt: skip
async def test_a_bot_that_lost_a_group_is_told_how(kind, action, given, refusal, api, people, sokha):
    """Removed, deleted or muted: each has Telegram's sentence, and the bot heard of it before."""
    group = await people.group("ឃុំ", [sokha], kind=kind)
    await group.act("add_bot")
    await group.act(action, **given)
    assert await api("sendMessage", chat_id=group.id, text="x") == refusal
    standings = [u["my_chat_member"] for u in await api("getUpdates") if "my_chat_member" in u]
    assert standings[-1]["old_chat_member"]["status"] == "member"
    assert standings[-1]["new_chat_member"]["status"] in {"left", "kicked", "restricted"}


async def test_a_bot_may_leave(api, group):
    """Afterwards it is no member."""
    assert await api("leaveChat", chat_id=group.id)
    assert await api("getChat", chat_id=group.id) == "403 Forbidden: bot is not a member of the group chat"


async def test_members_are_described(api, people, sokha, group):
    """Standings of people as they come and go, and who administers the group."""
    dara = await people.add("Dara")
    member = {"chat_id": group.id, "user_id": dara.id}
    statuses = [(await api("getChatMember", **member))["status"]]
    for action in ("add", "promote", "demote", "remove"):
        await group.act(action, person=dara)
        statuses.append((await api("getChatMember", **member))["status"])
    assert statuses == ["left", "member", "administrator", "member", "left"]
    admins = await api("getChatAdministrators", chat_id=group.id)
    assert [(admin["status"], admin["user"]["id"]) for admin in admins] == [("creator", sokha.id)]
    assert await api("getChatAdministrators", chat_id=sokha.id) == (
        "400 Bad Request: there are no administrators in the private chat"
    )


async def test_who_is_not_in_a_group_does_nothing_there(people, sokha, group):
    """A stranger can't look, write or act in a group."""
    stranger = await people.add("Stranger")
    for attempt in (
        stranger.say("hello", chat=group.id),
        stranger.phone(chat=group.id),
        group.act("rename", title="x", by=stranger),
        group.act("add", person=sokha),
        group.act("add_bot"),
        group.act("restrict", rights={"can_send_messages": False}),
        group.act("promote", rights={"can_fly": True}),
    ):
        with pytest.raises(ControlRefusedError):
            await attempt
