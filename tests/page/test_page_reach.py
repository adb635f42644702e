"""Without a mouse, without light, on a small screen, with two tabs and a crowd."""

import json
from typing import Any

import pytest
from playing import give_cast
from playwright.async_api import Page, expect
from street import Street
from waiting import soon

pytestmark = pytest.mark.asyncio(loop_scope="session")

A_SECOND_OF_WORK = 1_000_000
"""In microseconds of the processor, which other programs do not make longer."""


async def test_a_tap_by_keyboard_alone(street: Street) -> None:
    """Tab and Enter reach START, the menu, and a message's buttons; what comes is said aloud, and closes no menu."""
    dara = await give_cast(street)
    page = await street.tab()
    phone = page.locator("#phone-facilitator")
    await expect(phone.get_by_role("button", name="START")).to_be_visible()
    await _tab_to(page, "#phone-facilitator .start")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".key").first).to_be_visible()
    await expect(phone.locator("[aria-live]").last).to_contain_text("Samleng:")
    await _tab_to(page, "#phone-facilitator .key[data-text=English]")
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    before = await phone.locator(".message").last.inner_text()
    await page.keyboard.press("Enter")
    await expect(phone.locator(".message").last).not_to_have_text(before, use_inner_text=True)
    await expect(phone.locator(".message").last).to_contain_text("edited")
    await _tab_to(page, "#phone-facilitator .menu")
    await page.keyboard.press("Enter")
    await expect(phone.get_by_role("menuitem").first).to_be_focused()
    await dara.say("What is this?")
    await expect(phone.locator(".message").last).to_contain_text("Please tap one of the buttons.")
    await expect(phone.locator(".key.ringed", has_text="Accept")).to_be_visible()
    await expect(phone.get_by_role("menuitem").first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(phone.get_by_role("menuitem").nth(1)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(phone.get_by_role("menuitem")).to_have_count(0)


async def test_one_phone_at_a_time_in_the_dark(street: Street) -> None:
    """At 390 px nothing is wider than the screen, the tabs turn by arrow keys, and dark is dark."""
    await give_cast(street)
    page = await street.tab(390, 844, lang="km", dark=True)
    await expect(page.locator(".story")).to_be_visible()
    await expect(page.locator(".phone:visible")).to_have_count(1)
    await page.locator("#tab-facilitator").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#phone-group")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#phone-server")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in ground[4:-1].split(",")) < 150
    assert await page.evaluate("document.fonts.check('16px \"Noto Sans Khmer\"', 'ស្រុក')")
    assert await page.evaluate("document.documentElement.lang") == "km"


async def test_groups_blocking_and_languages_by_hand(street: Street) -> None:
    """What people do on phones: add one another, give rights, block the bot, choose a language."""
    await give_cast(street)
    newcomer = await street.people.add("Sok")
    page = await street.tab()
    await page.get_by_role("button", name="End the story").click()
    group = page.locator("#phone-group")
    await group.get_by_role("button", name="Members").click()
    sheet = page.locator("dialog")
    await sheet.get_by_role("button", name="As a member").click()
    await sheet.get_by_role("combobox", name="Add a person").select_option(label=newcomer.first_name)
    await sheet.get_by_role("button", name="Add", exact=True).click()
    await expect(sheet.locator(".member-list li")).to_have_count(4)
    await sheet.locator("summary", has_text="Samleng").click()
    await sheet.get_by_role("button", name="Make administrator").click()
    await expect(sheet.locator("summary", has_text="administrator")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(group.locator(".service", has_text="Sok")).to_be_visible()
    citizen = page.locator("#phone-citizen")
    await citizen.get_by_role("combobox", name="Language of their Telegram").select_option("fr")
    await citizen.get_by_role("button", name="START").click()
    await expect(citizen.locator(".message").last).to_be_visible()
    await citizen.get_by_role("button", name="About this chat").click()
    await page.get_by_role("button", name="Block the bot").click()
    await expect(citizen.get_by_role("button", name="Unblock the bot")).to_be_visible()
    world = (await street.get("/_sandbox/world")).json()
    blocked = [person for person in world["people"] if any(bot["blocked"] for bot in person["bots"])]
    assert [person["language_code"] for person in blocked] == ["fr"]


async def test_two_tabs_stay_responsive_while_many_score(street: Street) -> None:
    """A crowd scores; both tabs follow, none works long without a pause, and what they keep is bounded."""
    facilitator = await street.house.facilitator(street.people)
    link = await street.house.open_session(facilitator)
    tabs = [await street.tab(), await street.tab()]
    for tab in tabs:
        await expect(tab.locator(".call").first).to_be_visible()
    await street.browser.start_tracing(page=tabs[0], categories=["toplevel"])
    play = (await street.post("play", {"link": link, "count": 12, "think": 0, "seed": 4})).json()

    async def over() -> dict[str, Any] | None:
        now: dict[str, Any] = (await street.get(f"/_sandbox/play?play={play['play']}")).json()
        return now if now["over"] else None

    now = await soon(over, missing="the crowd is not done")
    trace = json.loads(await street.browser.stop_tracing())
    tasks = [event["tdur"] for event in trace["traceEvents"] if event["name"].endswith("RunTask") and "tdur" in event]
    assert len(tasks) > 100
    assert max(tasks) < A_SECOND_OF_WORK
    assert now["done"] == 12
    assert now["errors"] == []
    for tab in tabs:
        assert await tab.locator(".call").count() <= 80
    assert (await street.post("play", {"link": link, "count": 0})).status_code == 400
    assert (await street.post("play", {"link": link, "seed": "x"})).status_code == 400
    assert (await street.post("play", {})).json() == {"error": "link is needed"}


async def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(120):
        await page.keyboard.press("Tab")
        if await page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")
