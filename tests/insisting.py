"""People who tap again when nothing happens, as everybody does on a weak line."""

import asyncio
from collections.abc import Callable

from sandbox.people import ControlRefusedError, NothingChangedError, Person
from sandbox.screens import Button, Screen

PATIENCE = 1.5
SETTLING = 200
"""Looks for what comes after a power cut: a post that was on its way is tried again only after 20 seconds."""

LOOKS = 30
"""Looks at a phone that shows nothing, a tenth of a second apart, before the link is opened again."""


async def insist(person: Person, button: Button | str) -> Screen:
    """Tap until something changes, as a person does whose phone shows nothing."""
    for _ in range(20):
        try:
            return await person.tap_through(button, wait=PATIENCE)
        except NothingChangedError:
            continue
        except ControlRefusedError:  # the screen has changed between look and tap
            return await person.screen()
    raise AssertionError(f"{button} does nothing")


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
            await asyncio.sleep(0.1)
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


async def digests(facilitator: Person, group: int, ready: Callable[[list[str]], bool]) -> list[str]:
    """The digests in the group, once they are as awaited."""
    for _ in range(60):
        messages = [m.text for m in (await facilitator.phone(chat=group)).messages if "What people said" in m.text]
        if ready(messages):
            return messages
        try:
            await facilitator.phone_changed(chat=group, wait=1)
        except NothingChangedError:
            continue
    raise AssertionError(messages)


async def close_and_post(facilitator: Person) -> None:
    await facilitator.say("/close")
    screen = await facilitator.changed()
    await insist(facilitator, screen.rows[1][0])
    await insist(facilitator, "✅")
    for _ in range(SETTLING):
        if any((button.data or "").startswith("e:post:") for button in (await facilitator.screen()).buttons):
            await insist(facilitator, "✅")
            return
        await asyncio.sleep(0.2)
    raise AssertionError("nothing to post comes")
