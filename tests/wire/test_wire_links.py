"""Links, codes and what people write: whatever is wrong with it, they hear what to do, and nothing happens."""

from datetime import timedelta

from house import House, answered
from village import (
    YES,
    answers,
    arrive,
    citizen,
    close,
    digest_in,
    go_on,
    of_bot,
    pass_on,
    rows,
    score,
    score_all,
    soon,
    still,
    tell,
)

from bot.office.invite import invite_somebody
from sandbox import happenings

DOES_NOT_WORK = "តំណ ឬលេខកូដនេះ"
OVER = "ការដាក់ពិន្ទុនេះបានបិទហើយ"
INVITATION_DEAD = "តំណអញ្ជើញ"
PHONE = "https://t.me/samleng_demo_bot?start="
OTHER_TOKEN = "67890:" + "b" * 35


async def test_links_that_lead_nowhere(people, house):
    """A link that nobody made, or that was cut short or written on, says so, and begins nothing."""
    rithy = await citizen(people)
    unknown = "s-" + "A" * 22
    for payload in (unknown, unknown[:9], "s-", "x", "join", "nowhere", "A" * 64, f"{unknown}%20more", "%F0%9F%98%80"):
        assert (payload, DOES_NOT_WORK in (await arrive(rithy, PHONE + payload)).text) == (payload, True)
    assert INVITATION_DEAD in (await arrive(rithy, f"{PHONE}i-{'A' * 22}")).text
    assert "អ្នកសម្របសម្រួល" in (await arrive(rithy, f"{PHONE}g-{'A' * 22}")).text
    assert [rows(house, f"SELECT * FROM {t}") for t in ("dialogue", "role", "group_chat")] == [[], [], []]


async def test_an_invitation_works_once(people, house):
    """Of two who open an invitation the first who accepts is a facilitator, the other hears that it was used."""
    link = await invite_somebody(house.settings, ("021001",), None)
    first, second, third = [await citizen(people) for _ in range(3)]
    for person in (first, second):
        await arrive(person, link)
        await person.screen()
    await first.tap_through("✅")
    assert INVITATION_DEAD in (await second.tap_through("✅")).text
    assert INVITATION_DEAD in (await arrive(third, link)).text
    assert rows(house, "SELECT person FROM role") == [(first.id,)]


async def test_an_invitation_expires(people, house):
    """After seven days an invitation is dead, even for somebody who has it on the screen."""
    link = await invite_somebody(house.settings, ("021001",), None)
    rithy = await citizen(people)
    await arrive(rithy, link)
    house.clock.ahead = timedelta(days=7, minutes=1)
    await rithy.tap_through("✅")
    assert INVITATION_DEAD in (await arrive(rithy, link)).text
    assert rows(house, "SELECT * FROM role") == []


async def test_links_of_another_bot(telegram, people, house, tmp_path):
    """Two bots on one database: a session's link and code are nothing to the bot that did not open it."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    link, code = await pass_on(dara)
    async with House(telegram.url, tmp_path, OTHER_TOKEN, clock=house.clock):
        rithy, world = await citizen(people), telegram.world
        await soon(lambda: 67890 in world.bots)
        await rithy.open(link.replace("samleng_demo_bot", "samleng_demo_2_bot"))
        chat = world.private_chat(world.bots[67890], world.people[rithy.id])
        await soon(lambda: [DOES_NOT_WORK in m.text for m in chat.messages.values() if m.sender is chat.bot] == [True])
        happenings.write(world, chat, chat.person, code)
        await soon(
            lambda: [DOES_NOT_WORK in m.text for m in chat.messages.values() if m.sender is chat.bot] == [True] * 2
        )
        assert rows(house, "SELECT * FROM dialogue") == []


async def test_codes_as_people_type_them(people, house):
    """A code is understood with Khmer digits, with spaces, and among words."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    _, code = await pass_on(dara)
    khmer = code.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    for typed in (code, f"កូដ{khmer}", f" {code[:4]} {code[4:]}\n"):
        rithy = await citizen(people)
        await tell(rithy, "/start")
        assert (await tell(rithy, typed)).find("✅")


async def test_a_closed_session(people, house):
    """Link and code of a closed session say that it is closed, at every step of somebody who was under way."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    link, code = await pass_on(dara)
    midway = await citizen(people)
    await score(midway, link, stop=8)
    screen = await midway.screen()
    await close(dara)
    await midway.tap(screen.buttons[0], message=screen.id, stale=True)
    late = await citizen(people)
    assert OVER in (await arrive(late, link)).text
    assert DOES_NOT_WORK in (await tell(late, code)).text
    assert rows(house, "SELECT * FROM dialogue") == []
    assert rows(house, "SELECT * FROM ballot") == []


async def test_ten_wrong_codes(people, house):
    """After ten wrong codes the right one has to wait for 15 minutes; another person need not."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    _, code = await pass_on(dara)
    rithy, sokha = await citizen(people), await citizen(people)
    for person in (rithy, sokha):
        await tell(person, "/start")
    for number in range(10):
        assert DOES_NOT_WORK in (await tell(rithy, wrong(code, number))).text
    assert "១៥" in (await tell(rithy, code)).text
    assert (await tell(sokha, code)).find("✅")
    house.clock.ahead = timedelta(minutes=15, seconds=1)
    assert (await tell(rithy, code)).find("✅")


async def test_codes_cannot_be_guessed_from_within_a_conversation(people, house):
    """Wrong codes count too while the bot asks something else: a conversation is no way round the pause."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    _, code = await pass_on(dara)
    mine = await invite_somebody(house.settings, ("120101",), None)
    rithy = await citizen(people)
    await arrive(rithy, mine)
    for number in range(11):
        await tell(rithy, wrong(code, number))
    await tell(rithy, code)
    assert rows(house, "SELECT flow, aside FROM dialogue WHERE session IS NOT NULL OR aside IS NOT NULL") == []


def wrong(code, number):
    return f"{(int(code) + 1 + number) % 10**8:08}"


async def test_writing_where_a_tap_is_expected(telegram, people, house):
    """Whatever is written at a question, the question stays, alone and below it; what was written is not kept."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await score(rithy, link, stop=3)
    question = (await rithy.screen()).text
    before = answers(house, rithy)
    for given in ({"photo": True}, {"sticker": True}, {"text": "5"}, {"text": "a" * 4096}, {"text": "/open@otherbot"}):
        screen = await tell(rithy, **given)
        assert question in screen.text
        await still(telegram, house)
        assert [message.id for message in await of_bot(rithy) if message.rows] == [screen.id]
    assert answers(house, rithy) == before
    await go_on(rithy, screen)
    assert rows(house, "SELECT count(*) FROM ballot") == [(1,)]


async def test_a_digest_that_is_sent_on(telegram, people, house):
    """Who sends the group's digest on to the bot is led where its button leads: to what people said."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await score_all(people, await house.open_session(dara), 8)
    await close(dara)
    await dara.tap_through(YES)
    digest = await digest_in(dara, group)
    rithy = await citizen(people)
    await group.act("add", person=rithy)
    shown = await answered(rithy, await rithy.forward(digest.id, chat=group.id))
    opened = await arrive(await citizen(people), digest.buttons[0].url)
    assert shown.text == opened.text
    await still(telegram, house)


async def test_anything_but_a_name_where_a_name_is_asked(people, house):
    """Where a school's name is asked, pictures and names that are too long are refused with a word why."""
    dara = await house.facilitator(people)
    screen = await tell(dara, "/open")
    screen = await dara.tap_through(screen.rows[0][0])
    await dara.tap_through([button for button in screen.buttons if button.text.startswith("➕")][1])
    for given in ({"photo": True}, {"sticker": True}, {"text": "ស" * 61}, {"text": "a\u202eb"}, {"text": "b" * 4000}):
        assert "៦០" in (await tell(dara, **given)).text
    assert (await tell(dara, "\n វត្ត\u200bបូព៌ អូរ ")).find("☑ សាលាបឋមសិក្សាវត្ត\u200bបូព៌ អូរ")


async def test_writing_where_nothing_is_asked(people, house):
    """Who writes to the bot out of the blue hears how to begin; edited messages it does not even ask for."""
    rithy = await citizen(people)
    for given in ({"text": "hello"}, {"photo": True}, {"text": "x" * 4096}, {"text": "/summary"}, {"text": "/nothing"}):
        assert "តំណ" in (await tell(rithy, **given)).text
    assert rows(house, "SELECT * FROM dialogue") == []


async def test_only_what_is_needed_is_asked_for(telegram, people, house):
    """Edited messages, joins of other people, reactions: the bot does not receive them."""
    await house.facilitator(people)
    assert telegram.world.bots[12345].updates.allowed == {"message", "callback_query", "my_chat_member"}
