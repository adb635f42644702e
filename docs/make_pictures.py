"""Makes the README's pictures from a demo with a fixed seed: the posters, and the three phones. `make pictures`."""

import asyncio
import os
import shutil
import sys
from pathlib import Path
from random import Random

from playwright.async_api import async_playwright

from bot.demo.demo import Stage, stage
from bot.demo.opinions import score_a_year_ago
from bot.demo.people import COMMUNE, NAMES, Citizens, accept_invitation, close_session, link_group, open_session, score
from bot.office.invite import invite_somebody
from digests import poster
from sandbox.people import Person
from scorecard.digest import Digest
from storage.results.digests import digest_of
from storage.session import by_id
from storage.unit import Unit

FOLDER = Path(__file__).with_name("pictures")
CITIZENS = 44
SEED = 7
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
MEDICINES = 2
"""So many scores are given before the citizen's phone is taken a picture of."""


async def make() -> None:
    """A session that was closed and posted, and another that is going on."""
    FOLDER.mkdir(exist_ok=True)
    async with stage(0) as here:
        facilitator = await accept_invitation(here.people, await invite_somebody(here.settings, (COMMUNE,), None))
        await score_a_year_ago(here.settings, COMMUNE, NAMES)
        group = await link_group(here.people, facilitator)
        await facilitator.tap_through("ខ្មែរ", chat=group.id)
        link = await open_session(facilitator)
        await score(here.people, link, Citizens(CITIZENS, Random(SEED), 0), lambda: None)
        await close_session(facilitator, group)
        _draw(await here.store.run(_digest))
        again = await open_session(facilitator)
        await score(here.people, again, Citizens(12, Random(SEED), 0), lambda: None)
        citizen = await _half_way(here, again)
        await here.people.cast(citizen=citizen.id, facilitator=facilitator.id, group=group.id)
        await _photograph(here.settings.api_url)


def _digest(unit: Unit) -> Digest:
    found = by_id(unit, 2)  # the first is of last year
    assert found is not None
    return digest_of(unit, found)


def _draw(digest: Digest) -> None:
    for language in ("km", "en"):
        overview = poster.overview(digest, language)[0]
        (FOLDER / f"overview-{language}.png").write_bytes(poster.draw(overview))
        service = poster.service(digest, digest.session.points[1].id, language)[0]
        (FOLDER / f"poster-{language}.png").write_bytes(poster.draw(service))


async def _half_way(here: Stage, link: str) -> Person:
    """A citizen who has begun to score."""
    citizen = await here.people.add("សុភា", language_code="km")
    await citizen.open(link)
    screen = await citizen.changed()
    scored = 0
    while scored < MEDICINES or not any(len(row) == 5 for row in screen.rows):  # noqa: PLR2004 - the five faces
        faces = next((row for row in screen.rows if len(row) == 5), None)  # noqa: PLR2004
        scored += faces is not None
        off = None if faces else screen.find("☐")
        screen = await citizen.tap_through(faces[3] if faces else off or screen.find("✅") or screen.rows[0][0])
    return citizen


async def _photograph(url: str) -> None:
    program = os.environ.get("SAMLENG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("no browser: apt-get install --no-install-recommends chromium-headless-shell, or set SAMLENG_CHROMIUM")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        await page.goto(f"{url}/?lang=en")
        await page.wait_for_selector("#phone-group img.photo")
        await page.wait_for_timeout(1500)
        await page.locator("#phone-group img.photo").evaluate("picture => picture.scrollIntoView({block: 'start'})")
        await page.wait_for_timeout(500)
        await page.screenshot(path=FOLDER / "phones.png")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(make())
