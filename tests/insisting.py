"""People who tap again when nothing happens, as everybody does on a weak line."""

import asyncio

from house import offered
from waiting import CEILING, LOOK_AGAIN, soon

from sandbox.people import ControlRefusedError, NothingChangedError, Person
from sandbox.screens import Button, Screen

PATIENCE = 1.5
"""Seconds after which somebody taps again. Nothing passes by them: who taps once more does no harm."""

LOOKS = 100
"""Looks at a phone that shows nothing, before the link is opened again."""


async def insist(person: Person, button: Button | str) -> Screen:
    """Tap until something changes, as a person does whose phone shows nothing."""
    async with asyncio.timeout(CEILING):
        while True:
            try:
                return await person.tap_through(button, wait=PATIENCE)
            except NothingChangedError:
                continue
            except ControlRefusedError:  # the screen has changed between look and tap
                return await person.screen()


async def score(person: Person, link: str, score: int, taps: list[str]) -> None:
    """Give the same score to everything, and tap again whenever nothing happens; each tap is noted in `taps`."""
    await person.open(link)
    looks = 0
    while True:
        try:
            screen = await person.screen()
        except NothingChangedError:
            screen = None
        if screen is None or not screen.buttons:
            await asyncio.sleep(LOOK_AGAIN)
            looks += 1
            if looks % LOOKS == 0:
                await person.open(link)
            continue
        if not any(screen.find(sign) for sign in ("✅", "⬅", "✖")):
            return
        faces = [button for row in screen.rows if len(row) == 5 for button in row]
        button = faces[score - 1] if faces else screen.find("✅") or screen.find("⏭")
        assert button is not None, screen
        taps.append(button.text)
        await insist(person, button)


async def all_score(citizens: list[Person], link: str, taps: list[str]) -> None:
    """Everybody scores at the same time: half of them give a four, the others a five."""
    async with asyncio.timeout(5 * CEILING):
        await asyncio.gather(*(score(person, link, 4 + n % 2, taps) for n, person in enumerate(citizens)))


async def ask_to_close(facilitator: Person) -> None:
    """Say /close, and choose to close now; what is left is a ✅."""
    screen = await offered(facilitator, "✖", below=await facilitator.say("/close"))
    await insist(facilitator, screen.rows[1][0])
    await offered(facilitator, "✅", below=screen.id - 1)


async def post(facilitator: Person, group: int) -> str:
    """Tap every ✅ that comes, to close and to post, until the digest stands in the group; its text."""

    async def posted() -> list[str]:
        if (await facilitator.screen()).find("✅"):
            await insist(facilitator, "✅")
        return await digests(facilitator, group)

    (digest,) = await soon(posted, missing="no digest came")
    return str(digest)


async def digests(facilitator: Person, group: int) -> list[str]:
    """The digests in the group, whole: what has its button."""
    there = (await facilitator.phone(chat=group)).messages
    return [m.text for m in there if "What people said" in m.text and m.buttons]
