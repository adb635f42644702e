"""People who block the bot, and come back."""

from datetime import timedelta

import pytest
from village import answers, arrive, citizen, close, digest_in, due, of_bot, rows, score, shows, soon, still, tell


async def blocked(house, person):
    """Wait until the bot knows whether this person has blocked it."""
    return rows(house, "SELECT blocked FROM person WHERE id = ?", person.id) == [(1,)]


@pytest.mark.fault("blocked by the person", holds="they are left in peace, and go on where they were")
async def test_blocked_while_scoring(telegram, people, house):
    """Who blocks the bot half-way is left in peace; who comes back goes on where they were."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await score(rithy, link, stop=4)
    question = (await rithy.screen()).text
    await still(telegram, house)
    await rithy.block()
    await soon(lambda: blocked(house, rithy))
    before = telegram.calls.counts.copy()
    await still(telegram, house)
    assert telegram.calls.counts == before
    await rithy.unblock()
    await soon(lambda: not rows(house, "SELECT 1 FROM person WHERE id = ? AND blocked", rithy.id))
    screen = await arrive(rithy, link)
    assert (await rithy.tap_through("✅") if screen.find("✅") else screen).text == question


@pytest.mark.fault("blocked by the person", holds="their tap counts")
async def test_a_tap_and_then_blocked(telegram, people, house):
    """A tap whose answer can no longer be shown counts, and nothing is tried again and again."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy, sokha = await citizen(people), await citizen(people)
    await score(rithy, link, stop=4)
    await house.stop()
    await rithy.tap((await rithy.screen()).buttons[0])
    await rithy.block()
    await house.start()
    await still(telegram, house)
    (given,) = answers(house, rithy)
    assert b'"5"' not in given
    assert given.count(b"ca1.") == 4
    await score(sokha, link)
    assert rows(house, "SELECT count(*) FROM ballot") == [(1,)]


@pytest.mark.fault("blocked by the person", holds="closing goes on, and no question waits when they return")
async def test_blocked_before_the_wipe(telegram, people, house):
    """Closing does not stumble over who has blocked the bot; coming back they find no question that still waits."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy, sokha = await citizen(people), await citizen(people)
    for person in (rithy, sokha):
        await score(person, link, stop=4)
    await rithy.block()
    await close(dara)
    await shows(sokha, "ត្រូវបានលុប")
    await still(telegram, house)
    assert due(house) == 0
    assert rows(house, "SELECT * FROM dialogue") == []
    await rithy.unblock()
    old = await rithy.screen()
    assert not (await rithy.tap_through(old.buttons[0])).find("✅")
    assert "បិទហើយ" in (await arrive(rithy, link)).text


@pytest.mark.fault("blocked by the person", holds="the group gets its digest though its facilitator blocked the bot")
async def test_a_facilitator_who_blocked_the_bot(telegram, people, house):
    """The digest comes to the group though its facilitator has blocked the bot; back again they can open anew."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    await dara.block()
    await score(await citizen(people), link)
    house.clock.ahead = timedelta(hours=2)
    await soon(lambda: rows(house, "SELECT 1 FROM session WHERE state = 'closed'"))
    await still(telegram, house)
    house.clock.ahead = timedelta(hours=27)
    await digest_in(dara, group)
    await soon(lambda: not due(house))
    await dara.unblock()
    await still(telegram, house)
    await house.open_session(dara)
    assert len(rows(house, "SELECT * FROM session")) == 2


@pytest.mark.fault("a message that is gone", holds="the next question comes as a new one")
async def test_a_screen_that_is_gone(telegram, people, house):
    """Where the message to rewrite is gone, the next question comes as a new one."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await score(rithy, link, stop=3)
    screen = await rithy.screen()
    world = telegram.world
    world.private_chat(world.bots[12345], world.people[rithy.id]).remove(screen.id)
    await rithy.tap(screen.buttons[0], message=screen.id, stale=True)
    assert (await shows(rithy, "៤/៦")).id > screen.id
    await still(telegram, house)
    assert len([m for m in await of_bot(rithy) if m.rows]) == 1


async def test_a_facilitator_hears_of_the_closing_later(telegram, people, house):
    """Who had blocked the bot when their session closed by itself finds what it gave once they are back."""
    dara = await house.facilitator(people)
    await house.group(people, dara)
    await house.open_session(dara)
    await dara.block()
    await soon(lambda: blocked(house, dara))
    house.clock.ahead = timedelta(hours=2)
    await soon(lambda: rows(house, "SELECT 1 FROM session WHERE state = 'closed'"))
    await still(telegram, house)
    await dara.unblock()
    screen = await tell(dara, "/sessions")
    screen = await dara.tap_through(screen.rows[0][0], message=screen.id)
    assert screen.find("✅")
