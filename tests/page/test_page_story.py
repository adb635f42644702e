"""The guided story, played by clicking."""

import json
import re
from functools import partial

import pytest
from playing import follow_the_ring, give_cast, new_cast
from playwright.async_api import Page, expect
from street import Street

from sandbox.page import FILES

STORY = json.loads((FILES / "story.json").read_text(encoding="utf-8"))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(("language", "width"), [("km", 390), ("en", 1440)])
async def test_a_newcomer_plays_the_story_by_the_rings(street: Street, language: str, width: int) -> None:
    """Invited, opened, scored, closed, and the digest read: on a phone in Khmer, on a desk in English."""
    await give_cast(street)
    page = await street.tab(width, 844, lang=language)
    await expect(page.locator(".story")).to_be_visible()
    said = await follow_the_ring(page)
    assert said == [step["say"][language] for step in STORY]
    group = page.locator("#phone-group")
    await expect(group.locator(".pin-bar")).to_be_visible()
    await expect(group.locator(".messages")).to_contain_text("What people said")
    await expect(group.locator(".messages")).to_contain_text(re.compile(r"People who scored: [1-9]\d|[1-9]\d people"))
    await page.locator(".story .main").click()
    await expect(page.locator(".story")).to_be_hidden()


@pytest.mark.asyncio(loop_scope="session")
async def test_the_story_can_be_skipped_and_ended(street: Street) -> None:
    """Nobody is led against their will."""
    await give_cast(street)
    page = await street.tab()
    await page.get_by_role("button", name="Skip this step").click()
    await expect(page.locator(".story-count")).to_have_text(f"2/{len(STORY)}")
    await page.get_by_role("button", name="End the story").click()
    await expect(page.locator(".story")).to_be_hidden()
    await expect(page.locator(".ringed")).to_have_count(0)
    await page.get_by_role("button", name="Guided story").click()
    await expect(page.locator(".story-count")).to_have_text(f"1/{len(STORY)}")


@pytest.mark.asyncio(loop_scope="session")
async def test_the_story_is_played_again_and_again(street: Street) -> None:
    """In two browsers, each with people of its own; after the page was read again half-way, with new ones."""
    street.telegram.world.casting = partial(new_cast, street)
    await give_cast(street)
    one, other = await street.tab(), await street.tab()
    for page in (one, other):
        await expect(page.locator(".story-count")).to_have_text(f"1/{len(STORY)}")
    assert await _facilitator(one) != await _facilitator(other)
    assert len(await follow_the_ring(one)) == len(STORY)
    await follow_the_ring(other, until=3)
    played = await _facilitator(other)
    await other.reload()
    assert await _facilitator(other) == played
    for page in (one, other):
        before = await _facilitator(page)
        await page.get_by_role("button", name="Guided story").click()
        await expect(page.locator(".story-count")).to_have_text(f"1/{len(STORY)}")
        assert await _facilitator(page) != before
        assert len(await follow_the_ring(page)) == len(STORY)


async def _facilitator(page: Page) -> int:
    """Who holds that page's second phone."""
    kept = await page.evaluate("sessionStorage.getItem('samleng.phones')")
    return int(json.loads(kept)["facilitator"]["person"])


def test_the_story_is_told_in_both_languages() -> None:
    """Each step has its sentence in Khmer and in English."""
    assert all(set(step["say"]) == {"en", "km"} and all(step["say"].values()) for step in STORY)


def test_the_page_speaks_both_languages() -> None:
    """The same lines, with the same marks, in each; nothing that the page says lacks a line."""
    words = {code: json.loads((FILES / f"{code}.json").read_text(encoding="utf-8")) for code in ("en", "km")}
    assert words["km"].keys() - {"_review"} == words["en"].keys()
    for key, line in words["en"].items():
        assert sorted(re.findall(r"\{\w+\}", line)) == sorted(re.findall(r"\{\w+\}", words["km"][key])), key
    used = {key for file in FILES.glob("*.js") for key in re.findall(r'\bt\("([\w.]+)"', file.read_text("utf-8"))}
    assert used <= words["en"].keys()


@pytest.mark.asyncio(loop_scope="session")
async def test_a_cast_that_comes_later_and_a_page_read_again(street: Street) -> None:
    """A page that is open takes the cast when it is given; read again, it goes on where it was, without the story."""
    page = await street.tab()
    await expect(page.locator(".story")).to_be_hidden()
    await give_cast(street)
    await expect(page.locator(".story-count")).to_have_text(f"1/{len(STORY)}")
    await expect(page.locator("#phone-group div.chat-title strong")).to_have_text("ឃុំសំពៅលូន")
    await page.reload()
    await expect(page.get_by_role("button", name="Guided story")).to_be_visible()
    await expect(page.locator("#phone-group div.chat-title strong")).to_have_text("ឃុំសំពៅលូន")
    await expect(page.locator(".story")).to_be_hidden()
