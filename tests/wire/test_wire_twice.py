"""Everything happens once: two at the same time, the same tap twice, and what Telegram brings a second time."""

import asyncio

import pytest
from house import offered
from village import (
    arrive,
    citizen,
    close,
    digest_in,
    digests,
    everything,
    go_on,
    of_bot,
    pass_on,
    rows,
    score,
    shows,
    still,
    tell,
)
from waiting import CEILING

from storage.tables import dialogue


def kept(house):
    """What must not change by a redelivery."""
    tables = ("session", "ballot", "role", "group_chat", "post", "release")
    all_ = everything(house)
    shown = {"turn", "screen", "seen_on"}
    columns = [n for n, column in enumerate(dialogue.columns) if column.name not in shown]
    return [all_[table] for table in tables] + [[row[n] for n in columns] for row in all_["dialogue"]]


async def again(telegram, people, house, person, *updates, chat=None):
    """Let updates come again; fails if anything is kept, sent or asked a second time."""
    await still(telegram, house)
    shown = kept(house), len(await of_bot(person, chat=chat))
    for update in updates:
        await people.redeliver(update)
    await still(telegram, house)
    assert kept(house) == shown[0]
    assert len(await of_bot(person, chat=chat)) == shown[1]


def update_of(telegram, text):
    """The id of the last update about a message with this text."""
    updates = telegram.world.bots[12345].updates._confirmed
    return max(id_ for id_, body in updates if f'"text": "{text}' in body)


async def test_two_facilitators_close_at_once(telegram, people, house):
    """Of two who tap ✅ at the same time one closes, the other hears so; there is one digest and one notice."""
    dara, sokha = await house.facilitator(people), await house.facilitator(people, name="Sokha")
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    await score(await citizen(people), link)
    for person in (dara, sokha):
        screen = await offered(person, "✖", below=await person.say("/close"))
        await person.tap_through(screen.rows[1][0], message=screen.id)
        await offered(person, "✅", below=screen.id - 1)
    await asyncio.gather(dara.tap_through("✅"), sokha.tap_through("✅"))
    await still(telegram, house)
    shown = [[m for m in await of_bot(person) if m.find("✅")] for person in (dara, sokha)]
    assert sorted(map(len, shown)) in ([0, 1], [1, 1])
    both = [person for person, screens in zip((dara, sokha), shown, strict=True) if screens]
    await asyncio.gather(*(person.tap_through("✅") for person in both))
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1
    assert rows(house, "SELECT count(*) FROM release") == [(1,)]


async def test_posting_twice(telegram, people, house):
    """Two quick taps on ✅ post one digest."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await house.open_session(dara)
    screen = await close(dara)
    button = screen.find("✅")
    await asyncio.gather(*(dara.tap(button, message=screen.id, stale=True, wait=CEILING) for _ in range(3)))
    await digest_in(dara, group)
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


async def test_opening_twice(telegram, people, house):
    """Quick taps on the last ✅ open one session, with one link."""
    dara = await house.facilitator(people)
    screen = await tell(dara, "/open")
    screen = await dara.tap_through(screen.rows[0][0])
    screen = await dara.tap_through("✅")
    await dara.tap_through(screen.rows[0][0])
    screen = await dara.tap_through("⏭")
    button = screen.find("✅")
    await asyncio.gather(*(dara.tap(button, message=screen.id, stale=True, wait=CEILING) for _ in range(3)))
    await pass_on(dara)
    await still(telegram, house)
    assert rows(house, "SELECT count(*) FROM session") == [(1,)]
    assert len([m for m in await of_bot(dara) if "?start=s-" in m.text]) == 1


@pytest.mark.fault("a doubled update", holds="nobody is asked anything again")
async def test_what_a_citizen_does_comes_again(telegram, people, house):
    """A link, a tap, a code and a remark that come again redraw at most; nobody is asked anything else by them."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    link, code = await pass_on(dara)
    rithy = await citizen(people)
    opened = await rithy.open(link)
    screen = await rithy.changed()
    taps = []
    for _ in range(3):
        taps.append((await rithy.tap(screen.rows[0][-1], message=screen.id, wait=CEILING)).update)
        await still(telegram, house)
        screen = await rithy.screen()
    await again(telegram, people, house, rithy, opened, *taps)
    screen = await tell(rithy, "a remark")
    await again(telegram, people, house, rithy, update_of(telegram, "a remark"))
    await go_on(rithy, screen)
    typed = await citizen(people)
    await go_on(typed, await tell(typed, code), stop=4)
    for update in (opened, *taps, update_of(telegram, code)):
        await people.redeliver(update)
    await still(telegram, house)
    assert rows(house, "SELECT count(*) FROM ballot") == [(1,)]
    assert rows(house, "SELECT person, aside FROM dialogue") == [(typed.id, None)]
    assert len([m for m in await of_bot(typed) if m.rows]) == 1


@pytest.mark.fault("a doubled update", holds="nothing is opened, added or sent again")
async def test_what_a_facilitator_does_comes_again(telegram, people, house):
    """/open, names, the taps and the last ✅ that come again open, add and send nothing a second time."""
    dara = await house.facilitator(people)
    await tell(dara, "/open")
    command = update_of(telegram, "/open")
    taps = []

    async def tap(button):
        taps.append((await dara.tap(button, wait=CEILING)).update)
        await still(telegram, house)
        return await dara.screen()

    screen = await tap((await dara.screen()).rows[0][0])
    for name in ("Wat Bo", "Wat Po"):
        await tap([button for button in screen.buttons if button.text.startswith("➕")][1])
        screen = await tell(dara, name)
        for update in (command, update_of(telegram, name), taps[-1]):
            await again(telegram, people, house, dara, update)
    await tap([button for button in screen.buttons if button.text.startswith("➕")][1])
    await again(telegram, people, house, dara, update_of(telegram, "Wat Bo"))
    await tap("⬅")
    screen = await tap("✅")
    await tap(screen.rows[0][0])
    await tap("⏭")
    await tap("✅")
    await pass_on(dara)
    for update in (command, update_of(telegram, "Wat Po"), *taps):
        await people.redeliver(update)
    await still(telegram, house)
    assert rows(house, "SELECT count(*) FROM session") == [(1,)]
    assert rows(house, "SELECT count(*) FROM point") == [(3,)]
    assert rows(house, "SELECT * FROM dialogue") == []
    assert len([m for m in await of_bot(dara) if "?start=s-" in m.text]) == 1


@pytest.mark.fault("a doubled update", holds="nothing is posted again")
async def test_closing_comes_again(telegram, people, house):
    """The taps that closed and posted, come again, post nothing more and leave the notice where it is."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await house.open_session(dara)
    screen = await offered(dara, "✖", below=await dara.say("/close"))
    taps = []
    for _ in range(3):
        button = screen.find("✅") or screen.rows[1][0]
        taps.append((await dara.tap(button, message=screen.id, wait=CEILING)).update)
        await still(telegram, house)
        screen = await dara.screen()
    await digest_in(dara, group)
    for update in (update_of(telegram, "/close"), *taps):
        await people.redeliver(update)
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1
    assert rows(house, "SELECT * FROM dialogue") == []


async def test_an_invitation_comes_again(telegram, people, house):
    """The link and the ✅ of an invitation, come again, do no harm to who is a facilitator already."""
    dara = await house.facilitator(people)
    opened = update_of(telegram, "/start i-")
    await still(telegram, house)
    await people.redeliver(opened)
    await still(telegram, house)
    await people.redeliver(opened + 1)
    await still(telegram, house)
    assert rows(house, "SELECT person FROM role") == [(dara.id,)]
    assert rows(house, "SELECT * FROM dialogue") == []
    await house.open_session(dara)


@pytest.mark.fault("a doubled update", holds="a group is not answered again")
async def test_what_happens_in_the_group_comes_again(telegram, people, house):
    """The bot's coming, /link and /summary, come again, are not answered a second time."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await dara.say("/link", chat=group.id)
    await dara.say("/summary", chat=group.id)
    await shows(dara, "no result", chat=group.id)
    await still(telegram, house)
    added = [id_ for id_, body in telegram.world.bots[12345].updates._confirmed if "new_chat_member" in body]
    assert added
    updates = (*added, update_of(telegram, "/link"), update_of(telegram, "/summary"))
    await again(telegram, people, house, dara, *updates, chat=group.id)


async def test_a_link_again_after_sending(people, house):
    """Who opens the link again after sending is thanked, and is not asked anew."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await score(rithy, link)
    screen = await arrive(rithy, link)
    assert not screen.find("✅")
    assert rows(house, "SELECT * FROM dialogue") == []
