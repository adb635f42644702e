"""The commune's group: what the bot says there and what it keeps to itself, and what becomes of the digest."""

from datetime import timedelta

import pytest
from house import link_group, offered
from posting import nine_score
from village import arrive, citizen, close, digest_in, digests, due, forge, of_bot, rows, shows, soon, still
from waiting import CEILING

RIGHTS = {"can_pin_messages": True}


async def closed(house, people, **rights):
    """A facilitator with a group, and a closed session whose digest waits."""
    dara = await house.facilitator(people)
    group = await people.group("ឃុំ", [dara], kind="supergroup")
    await group.act("add_bot", **({"rights": rights} if rights else {}))
    await link_group(dara, group)
    await house.open_session(dara)
    await nine_score(house)
    await close(dara)
    return dara, group


async def test_chatter_is_not_answered(telegram, people, house):
    """What people say to each other, also with pictures, newcomers and a new title, gets no answer."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    rithy = await citizen(people)
    await group.act("add", person=rithy)
    mine = await rithy.say("scores are bad", chat=group.id)
    await rithy.say(photo=True, chat=group.id)
    await dara.say("yes", chat=group.id, reply_to=mine)
    await rithy.say("/open@otherbot", chat=group.id)
    await group.act("rename", title="new")
    await group.act("remove", person=rithy)
    await still(telegram, house)
    assert len(await of_bot(dara, chat=group.id)) == 1


async def test_who_addresses_the_bot_is_shown_the_way(telegram, people, house):
    """One line with a way to the private chat, for a command or a reply, but not again and again."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await group.act("add", person=rithy)
    linked = (await of_bot(dara, chat=group.id))[0]
    await rithy.say("I am not satisfied", chat=group.id, reply_to=linked.id)
    way = await shows(rithy, "write to me alone", chat=group.id)
    for text in (
        "/start",
        "/open",
        "/close@samleng_demo_bot",
        "/sessions",
        "/help",
        f"/start {link.partition('=')[2]}",
    ):
        await rithy.say(text, chat=group.id)
    await rithy.say("5", chat=group.id, reply_to=way.id)
    await still(telegram, house)
    assert len(await of_bot(dara, chat=group.id)) == 2
    assert rows(house, "SELECT * FROM dialogue") == []
    await rithy.tap(way.buttons[0], chat=group.id)
    await soon(lambda: of_bot(rithy))
    assert rows(house, "SELECT count(*) FROM session WHERE state = 'open'") == [(1,)]


async def test_only_facilitators_link(telegram, people, house):
    """A stranger who adds the bot or says /link links nothing and hears why; /summary there gives no result."""
    dara = await house.facilitator(people)
    mine = await house.group(people, dara)
    await house.open_session(dara)
    await close(dara)
    await dara.tap_through("✅")
    await digest_in(dara, mine)
    rithy = await citizen(people)
    theirs = await people.group("theirs", [rithy])
    await theirs.act("add_bot")
    await shows(rithy, "Only a facilitator", chat=theirs.id)
    await rithy.say("/link", chat=theirs.id)
    await rithy.say("/summary", chat=theirs.id)
    await shows(rithy, "no result", chat=theirs.id)
    await still(telegram, house)
    assert len(await of_bot(rithy, chat=theirs.id)) == 3
    assert rows(house, "SELECT chat FROM group_chat") == [(mine.id,)]


async def test_a_facilitator_of_two_communes_chooses(people, house):
    """Who has two communes chooses one in the private chat; a stranger can't, and the way works once."""
    dara = await house.facilitator(people, "021001", "120101")
    rithy = await citizen(people)
    group = await people.group("<b>ក្រុម</b>", [dara, rithy])
    await group.act("add_bot")
    await link_group(dara, group)
    button = (await shows(dara, "choose which commune", chat=group.id)).buttons[0]
    assert "អ្នកសម្របសម្រួល" in (await arrive(rithy, button.url)).text
    screen = await arrive(dara, button.url)
    assert "<b>ក្រុម</b>" in screen.text
    await dara.tap_through(screen.rows[1][0])
    await dara.tap_through("✅")
    await shows(dara, "will receive", chat=group.id)
    assert rows(house, "SELECT commune FROM group_chat") == [("120101",)]
    assert "/link" in (await arrive(dara, button.url)).text


async def test_pinned_with_the_right_alone(telegram, people, house):
    """Without the right to pin the digest comes all the same, and its facilitator alone hears how to allow it."""
    dara, group = await closed(house, people)
    await dara.tap_through("✅")
    digest = await digest_in(dara, group)
    await shows(dara, "ខ្ទាស់")
    await still(telegram, house)
    assert not (await digests(dara, group))[0].pinned
    assert [m.id for m in await of_bot(dara, chat=group.id)][-1] == digest.id


@pytest.mark.fault("no right to write", holds="the digest waits, and comes once")
async def test_no_right_to_send(telegram, people, house):
    """A digest that may not be sent waits until it may, and comes once."""
    dara, group = await closed(house, people)
    await group.act("restrict", rights={"can_send_messages": False, "can_send_photos": False})
    await dara.tap_through("✅")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE kind = 'digest' AND attempts > 0"))
    assert not await digests(dara, group)
    await group.act("restrict", rights={})
    house.clock.ahead = timedelta(hours=1)
    await digest_in(dara, group)
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


@pytest.mark.fault("kicked from the group", holds="the facilitator hears of it, and posts with one tap")
async def test_a_group_that_could_not_be_reached(telegram, people, house):
    """A group that had removed the bot and takes it in again: its facilitator hears of it, and posts with one tap."""
    dara, group = await closed(house, people)
    await group.act("remove_bot")
    await dara.tap_through("✅")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE kind = 'digest' AND state = 'dead'"))
    await group.act("add_bot", rights=RIGHTS)
    await link_group(dara, group)
    await forge(telegram, dara, "e:closed:1")
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await still(telegram, house)
    assert [digest.pinned for digest in await digests(dara, group)] == [True]


@pytest.mark.fault("kicked from the group", holds="the commune's other group gets its digest")
async def test_a_deleted_group(people, house):
    """A deleted group is given up; the commune's other group receives its digest."""
    dara, group = await closed(house, people)
    other = await people.group("other", [dara])
    await other.act("add_bot")
    await link_group(dara, other)
    await group.act("delete")
    await dara.tap_through("✅")
    await digest_in(dara, other)
    await soon(lambda: not due(house))
    assert rows(house, "SELECT active FROM group_chat WHERE chat = ?", group.id) == [(0,)]


async def test_removed_and_added_again_before_posting(telegram, people, house):
    """A bot that was removed and is back when the digest is posted posts it, once."""
    dara, group = await closed(house, people, **RIGHTS)
    await group.act("remove_bot")
    await still(telegram, house)
    await group.act("add_bot", rights=RIGHTS)
    await link_group(dara, group)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


@pytest.mark.fault("kicked from the group", holds="nobody hears that it was posted, and it can be posted anew")
async def test_removed_while_posting(telegram, people, house):
    """Where the bot was gone when it wanted to post, its facilitator is not told that it posted, and can post anew."""
    dara, group = await closed(house, people)
    await group.act("remove_bot")
    await dara.tap("✅", wait=CEILING)
    await still(telegram, house)
    await group.act("add_bot")
    await link_group(dara, group)
    await forge(telegram, dara, "e:closed:1")
    await still(telegram, house)
    await dara.tap_through("✅")
    await digest_in(dara, group)


async def test_renamed(people, house):
    """A group with a new title receives its digest as before."""
    dara, group = await closed(house, people)
    await group.act("rename", title="ឈ្មោះថ្មី <i>")
    await dara.tap_through("✅")
    await digest_in(dara, group)


async def grown(people, house):
    """A facilitator with a small group, and a closed session whose digest waits."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await house.open_session(dara)
    await nine_score(house)
    await close(dara)
    return dara, group


@pytest.mark.fault("a group that grew", holds="it gets its digest where it is now, once")
async def test_grown_before_the_digest(telegram, people, house):
    """A group that became a supergroup while its digest waits receives it there, once, whoever taps again."""
    dara, group = await grown(people, house)
    await group.act("migrate")
    await still(telegram, house)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await forge(telegram, dara, "e:post:1")
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


@pytest.mark.fault("a group that grew", holds="it gets its digest though nobody told of it, once")
async def test_grown_while_the_bot_is_away(telegram, people, house):
    """A bot that was not told of the supergroup learns of it from Telegram's refusal, and posts there, once."""
    dara, group = await grown(people, house)
    await house.stop()
    await group.act("migrate")
    account = telegram.world.bots[12345]
    account.updates.drop_all()
    await house.start("courier")
    house.clock.ahead = timedelta(hours=25)
    await digest_in(dara, group)
    await soon(lambda: not due(house))
    assert len(await digests(dara, group)) == 1
    assert rows(house, "SELECT chat FROM group_chat") == [(group.id,)]


async def test_grown_after_the_digest(telegram, people, house):
    """After it became a supergroup a group can still ask for its digest, which is not posted a second time."""
    dara, group = await grown(people, house)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await group.act("migrate")
    await still(telegram, house)
    await forge(telegram, dara, "e:post:1")
    await still(telegram, house)
    assert await digests(dara, group) == []
    await dara.say("/summary", chat=group.id)
    await digest_in(dara, group)
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


async def test_the_button_that_adds_the_bot(telegram, people, house):
    """A facilitator is welcomed with a button that lets them choose a group: there the bot asks for a ✅, once."""
    dara = await house.facilitator(people)
    add = (await dara.screen()).find("បញ្ចូលខ្ញុំ")
    group = await people.group("ឃុំ", [dara], kind="supergroup")
    await dara.open(add.url, chat=group.id)
    asked = await offered(dara, "✅", chat=group.id)
    await still(telegram, house)
    assert [m.id for m in await of_bot(dara, chat=group.id)] == [asked.id]
    await dara.tap_through("✅", chat=group.id, message=asked.id)
    assert rows(house, "SELECT commune FROM group_chat") == [("021001",)]


@pytest.mark.fault("no right to write", holds="who opened hears that the group did not, and it hears once it may")
async def test_a_group_that_can_not_be_told(telegram, people, house):
    """A facilitator is told that their group did not hear of a scoring; it does by itself, once, when I may write."""
    dara = await house.facilitator(people)
    group = await people.group("ឃុំ", [dara], kind="supergroup")
    await group.act("add_bot")
    await link_group(dara, group)
    await group.act("restrict", rights={"can_send_messages": False})
    await house.open_session(dara)
    await forge(telegram, dara, "e:announce:1")
    await forge(telegram, dara, "e:announce:1")
    told = await shows(dara, "មិនអាចប្រាប់")
    await still(telegram, house)
    assert [m.id for m in await of_bot(dara) if "មិនអាចប្រាប់" in m.text] == [told.id]
    await group.act("restrict", rights={})
    call = await shows(dara, "Scoring is open", chat=group.id)
    await still(telegram, house)
    assert [m.id for m in await of_bot(dara, chat=group.id) if "Scoring is open" in m.text] == [call.id]
    assert "?start=s-" in call.buttons[0].url
