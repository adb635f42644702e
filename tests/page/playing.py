"""A newcomer who taps only where the page's ring is."""

from typing import Any

from house import COMMUNE
from playwright.async_api import Page
from street import Street

from bot.office.invite import invite_somebody
from sandbox.people import Person

LOOK_MS = 60
LOOKS = 1500
"""Looks after which a story that stands still is given up, however long each of them takes."""

PLAYED_AS_FAST_AS_THEY_CAN = "0"


async def give_cast(street: Street) -> Person:
    """A citizen, a facilitator who is invited and returned, and a group: what the demo gives the page."""
    cast = await new_cast(street)
    response = await street.post("cast", cast)
    assert response.status_code == 200, response.text
    return next(person for person in street.people_of_casts if person.id == cast["facilitator"])


async def new_cast(street: Street) -> dict[str, Any]:
    invitation = await invite_somebody(street.house.settings, (COMMUNE,), None)
    citizen = await street.people.add("សុភា", language_code="km")
    facilitator = await street.people.add("ដារ៉ា", language_code="km")
    group = await street.people.group("ឃុំសំពៅលូន", [facilitator, citizen], kind="supergroup")
    street.people_of_casts.append(facilitator)
    return {"citizen": citizen.id, "facilitator": facilitator.id, "group": group.id, "invitation": invitation}


async def follow_the_ring(page: Page, until: int = 99) -> list[str]:
    """Tap what is ringed until the story is read, or so many sentences were said; those, in order."""
    said: list[str] = []
    for _ in range(LOOKS):
        await page.wait_for_timeout(LOOK_MS)
        finished = await page.locator(".story .main").count()
        sentence = await page.locator("#story-say").inner_text()
        if sentence not in said:
            said.append(sentence)
        if finished or len(said) == until:
            return said
        await _tap(page)
    raise AssertionError(f"the story stands still at: {said[-1]}")


async def _tap(page: Page) -> None:
    """One tap on what is ringed now, if anything is; one of a row is as good as another."""
    await page.evaluate(
        """(asFastAsTheyCan) => {
            // All at one moment: a dialog that stood a moment ago may be closing.
            const speed = document.querySelector("dialog[open] select");
            if (speed) speed.value = asFastAsTheyCan;
            const ringed = document.querySelector(".ringed");
            const target = ringed?.matches("button") ? ringed : ringed?.querySelectorAll("button")[3];
            const {x, y, width, height} = target?.getBoundingClientRect() ?? {};
            // Only what a finger would hit counts: not what is hidden, or lies beneath something else.
            const hit = width && document.elementFromPoint(x + width / 2, y + height / 2);
            if (hit && target.contains(hit) && !target.ariaBusy) target.click();
        }""",
        PLAYED_AS_FAST_AS_THEY_CAN,
    )
