"""Names, titles and texts that are meant to break the page."""

import aiogram
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from house import TOKEN
from playwright.async_api import expect
from street import Street

pytestmark = pytest.mark.asyncio(loop_scope="session")

MARKUP = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
BACKWARDS = "\u202eevil\u202c\u2067abc"

SPILT = """[...document.querySelectorAll(".bubble, .chat-head, .sheet")]
    .filter((node) => node.scrollWidth > node.clientWidth + 1).length"""


@pytest.mark.parametrize("width", [390, 1440])
async def test_hostile_names_are_only_text(street: Street, width: int) -> None:
    """Markup is shown as it was written, a long name breaks no layout, a direction does not spill over."""
    dara = await street.people.add(MARKUP[:64], language_code="km")
    other = await street.people.add(BACKWARDS + "ក" * 50)
    group = await street.people.group(MARKUP + "W" * 60, [dara, other], kind="supergroup")
    await street.people.group("ក" * 128, [dara])
    await group.act("add_bot", by=dara.id)
    await dara.say(MARKUP * 20 + BACKWARDS + "x" * 500, chat=group.id)
    await other.say("-- " + "ស្រ្តី" * 80, chat=group.id)
    page = await street.tab(width)
    if width < 500:
        await page.get_by_role("tab", name="Group").click()
    shown = page.locator("#phone-group")
    await expect(shown.locator(".messages")).to_contain_text("<script>window.hacked=1</script>")
    await shown.get_by_role("button", name="Members").click()
    await expect(page.locator("dialog .member-list")).to_contain_text("<img src=x")
    assert await page.evaluate("window.hacked") is None
    assert await page.locator(".phone img, .phone script, dialog img, dialog script").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(SPILT) == 0


async def test_what_a_bot_writes_is_only_text_and_safe_links(street: Street) -> None:
    """Entities are put in by their offsets, in UTF-16; a link outside asks first; a script behind a word is no link."""
    dara = await street.people.add("Dara")
    await dara.open(f"https://t.me/{(await street.get('/_sandbox/world')).json()['bots'][0]['username']}")
    session = AiohttpSession(api=TelegramAPIServer.from_base(street.telegram.url))
    text = f"😀😀 bold {MARKUP} here there"
    bold, here = _units(text, "bold"), _units(text, "here")
    entities = [
        MessageEntity(type="bold", offset=bold, length=4),
        MessageEntity(type="text_link", offset=here, length=4, url="https://example.com/a"),
    ]
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=MARKUP[:40], callback_data="x", style="danger")]]
    )
    async with aiogram.Bot(TOKEN, session) as bot:
        await bot.send_message(dara.id, text, entities=entities, reply_markup=keyboard)
    page = await street.tab()
    bubble = page.locator("#phone-citizen .message", has_text="😀😀")
    await expect(bubble.locator("strong")).to_have_text("bold")
    await expect(bubble.locator(".key.danger")).to_have_text(MARKUP[:40])
    await expect(bubble.get_by_role("link")).to_have_count(1)
    await bubble.get_by_role("link", name="here").click()
    await expect(page.locator("dialog")).to_contain_text("https://example.com/a")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    assert await page.evaluate("window.hacked") is None


def _units(text: str, word: str) -> int:
    return len(text[: text.index(word)].encode("utf-16-le")) // 2
