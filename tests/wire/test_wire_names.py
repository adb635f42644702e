"""Hostile names, of people, groups and schools: said as they are, never understood as markup, breaking nothing."""

from house import link_group
from village import (
    arrive,
    citizen,
    close,
    digest_in,
    everything,
    of_bot,
    open_three,
    rows,
    score_all,
    shows,
    soon,
    tell,
)

NAMES = (
    "<b>Wat</b> &amp; <a href='https://x'>Bo</a>",
    "{service} %s {0} \\n",
    "*_`[x](y)",
    "😀" * 60,
    "វត្ត\u200bបូព៌",
    "</b>",
    "ស" * 60,
)
REFUSED = ("\u202eoB taW", "a\u2066b", "a\u0000b", "ស" * 61, "\u2800" * 61, "\u200e")


async def test_school_names(people, house):
    """Any printable name goes from the keyboard to the group's digest as it was typed; others are refused."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara, "<i>{x}\u202e\n" + "ឃុំ" * 40)
    screen = await tell(dara, "/open")
    screen = await dara.tap_through(screen.rows[0][0])
    for name in (*NAMES, *REFUSED):
        if not screen.find("☑"):
            await dara.tap_through("⬅")
            screen = await dara.screen()
        await dara.tap_through([button for button in screen.buttons if button.text.startswith("➕")][1])
        screen = await tell(dara, name)
        assert (name, screen.find("☑") is None) == (name, name in REFUSED)
    await dara.tap_through("⬅")
    await dara.tap_through("✅")
    screen = await dara.screen()
    await dara.tap_through(screen.rows[0][0])
    screen = await dara.tap_through("⏭")
    assert [name for name in NAMES if name not in screen.text] == []
    await dara.tap_through("✅")
    link = await soon(lambda: invitation(dara))
    crowd = await score_all(people, link, 1)
    assert rows(house, "SELECT count(*) FROM ballot") == [(2,)]
    await close(dara)
    await dara.tap_through("✅")
    digest = await digest_in(dara, group)
    read = await arrive(crowd[0], link)
    assert [name for name in NAMES if name not in read.text] == []
    allowed = {"bold", "bot_command", "url", "mention"}
    for screen in (*await of_bot(dara), digest, *await of_bot(crowd[0])):
        assert {entity["type"] for entity in screen.raw["entities"]} <= allowed
        for entity in screen.raw["entities"]:
            assert entity["type"] != "url" or "t.me" in screen.text


async def invitation(facilitator):
    """The link that was passed on, if there is one."""
    texts = [message.text for message in await of_bot(facilitator) if "?start=s-" in message.text]
    return "https://" + texts[-1].partition("https://")[2].split()[0] if texts else None


async def test_names_of_people(people, house):
    """What people call themselves is neither shown nor kept anywhere."""
    names = ("<b>Dara</b>", "\u202eevil", "{x}", "a\nb", "😀" * 30, "x" * 64, "'; --")
    dara = await house.facilitator(people, name="<i>Dara {0}")
    link = await open_three(dara)
    group = await house.group(people, dara)
    for name in names:
        person = await people.add(name, username=None)
        await group.act("add", person=person)
        await person.open(link)
        await person.changed()
        assert name not in (await person.screen()).text
    stored = str(everything(house))
    assert [name for name in (*names, "Dara") if repr(name)[1:-1] in stored] == []


async def test_titles_of_groups(people, house):
    """A group's title is shown to the facilitator who links it as it is, and cut where it is too long."""
    dara = await house.facilitator(people, "021001", "120101")
    for title in ("<b>A</b> {title}", "\u202etitle", "x" * 255, "😀" * 128):
        group = await people.group(title, [dara])
        await group.act("add_bot")
        await link_group(dara, group)
        way = await shows(dara, "choose which commune", chat=group.id)
        await dara.open(way.buttons[0].url)
        screen = await shows(dara, title[:100])
        assert {entity["type"] for entity in screen.raw["entities"]} == set()
        screen = await dara.tap_through(screen.rows[0][0], message=screen.id)
        await dara.tap_through("✅", message=screen.id)
        await shows(dara, "will receive", chat=group.id)
    assert await citizen(people)
