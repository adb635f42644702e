"""A browser for the stand-in's page, and a page that watches what leaves it."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from house import Clock, House
from playwright.async_api import Browser, async_playwright, expect
from street import Served, Street
from waiting import CEILING, soon

from sandbox import Sandbox
from sandbox.people import People

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")


def chromium() -> str:
    """The browser's program; without one the test is skipped, or fails where it has to run."""
    found = os.environ.get("SAMLENG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    why = "no browser: apt-get install --no-install-recommends chromium-headless-shell, or set SAMLENG_CHROMIUM"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        expect.set_options(timeout=1000 * CEILING)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def served() -> AsyncIterator[Served]:
    """Without a bot, a person or a browser."""
    async with Sandbox() as telegram:
        yield Served(telegram)


@pytest_asyncio.fixture(loop_scope="session")
async def street(browser: Browser, tmp_path: Path) -> AsyncIterator[Street]:
    """At the end no tab may have asked another machine for anything, or have had a fault."""
    clock = Clock()
    async with (
        Sandbox(clock=lambda: clock().timestamp()) as telegram,
        People(telegram.url, patience=CEILING) as people,
        House(telegram.url, tmp_path, clock=clock) as house,
    ):
        street = Street(telegram, people, house, browser)
        await soon(lambda: telegram.world.bots)
        yield street
        for context in browser.contexts:
            await context.close()
    assert not street.outside
    assert not street.faults
