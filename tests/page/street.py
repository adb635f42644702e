"""The stand-in with its page, a bot that runs, and the tabs that are open on it."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from house import House
from playwright.async_api import Browser, Page
from waiting import CEILING

from sandbox import Sandbox
from sandbox.people import People, Person


@dataclass
class Served:
    """The stand-in with its page."""

    telegram: Sandbox

    async def post(self, path: str, given: dict[str, Any], **headers: str) -> httpx.Response:
        """What a program says to the control."""
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.post(f"{self.telegram.url}/_sandbox/{path}", json=given, headers=headers)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.get(f"{self.telegram.url}{path}", headers=headers)


@dataclass
class Street(Served):
    """With people, a bot that runs, and the tabs that are open on the page."""

    people: People
    house: House
    browser: Browser
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    people_of_casts: list[Person] = field(default_factory=list)

    async def tab(self, width: int = 1440, height: int = 900, *, lang: str = "en", dark: bool = False) -> Page:
        """A tab in a browser of its own; whatever it asks of other machines, and every fault in it, is noted."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            timezone_id="Asia/Phnom_Penh",
        )
        context.set_default_timeout(1000 * CEILING)
        page = await context.new_page()
        page.on("request", lambda request: self._note(request.url))
        page.on("response", lambda response: self._note_refusal(response.status, response.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        await page.goto(f"{self.telegram.url}/?lang={lang}")
        return page

    def _note_refusal(self, status: int, url: str) -> None:
        if status >= 400:
            self.faults.append(f"{status} {url}")

    def _note(self, url: str) -> None:
        if not url.startswith((self.telegram.url, "blob:", "data:")):
            self.outside.append(url)
