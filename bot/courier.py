"""The courier: sends what stands in the outbox, closes what is due, seals what was closed. On python-telegram-bot."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, CallbackContext

from bot.drawing import Drawer, Drawn
from bot.drawing.layout import raw_rows
from storage.close_session import close_due, put_late_digests, sealed, unsealed
from storage.content import Content, content
from storage.forget import forget
from storage.groups import left, migrated
from storage.outbox import Kind, Post, claim, delivered, failed, flooded, given_up
from storage.people import set_blocked
from storage.store import Store

log = structlog.get_logger("courier")

SWEPT_EVERY = timedelta(seconds=0.5)
FORGETS_EVERY = timedelta(minutes=1)
AT_ONCE = timedelta(seconds=0.1)
"""A job whose first time is past already would wait a whole turn."""

MOST_ATTEMPTS = 60

_SETTLED = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
)
"""What Telegram says of a message that is as it should be, or that nobody can see any more."""

_HOPELESS = ("chat not found", "group chat was deleted", "peer_id_invalid", "user_deactivated")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Courier:
    """Everything the courier needs for one bot."""

    bot: Bot
    store: Store
    drawer: Drawer
    worker: str


def application(token: str, api_url: str) -> AnyApplication:
    """The bot that delivers: it receives nothing, and keeps to Telegram's limits (25/s overall, 20/min in a group)."""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .updater(None)
        .rate_limiter(AIORateLimiter(overall_max_rate=25, group_max_rate=20, max_retries=0))
        .connect_timeout(10)
        .read_timeout(15)
        .pool_timeout(15)
        .build()
    )


async def deliver(app: AnyApplication, store: Store, referral: str, stop: asyncio.Event) -> None:
    """Sweep the database again and again, until told to stop."""
    async with app:
        courier = Courier(app.bot, store, Drawer(app.bot.username, referral), secrets.token_hex(6))
        await app.start()
        assert app.job_queue is not None
        once = {"max_instances": 1, "coalesce": True}
        app.job_queue.run_repeating(_each(courier, sweep), SWEPT_EVERY, first=AT_ONCE, job_kwargs=once)
        app.job_queue.run_repeating(_each(courier, tidy), FORGETS_EVERY, first=AT_ONCE, job_kwargs=once)
        await stop.wait()
        await app.stop()


async def sweep(courier: Courier) -> None:
    """Close what is due, seal what was closed, send what waits; what fails in one holds up no other."""
    for step in (_close, _seal, _send_due):
        try:
            await step(courier)
        except Exception as fault:  # noqa: BLE001 - the next sweep tries again
            log.error("step failed", step=step.__name__, error=type(fault).__name__)


async def _close(courier: Courier) -> None:
    if closed := await courier.store.run(close_due, courier.bot.id):
        log.info("closed", sessions=closed)


async def _seal(courier: Courier) -> None:
    for session in await courier.store.run(unsealed, courier.bot.id):
        if await courier.store.seal(str(session)):
            await courier.store.run(sealed, session)
            log.info("sealed", session=session)


async def _send_due(courier: Courier) -> None:
    posts = await courier.store.run(claim, courier.bot.id, courier.worker)
    await asyncio.gather(*(send(courier, post) for post in posts))


async def tidy(courier: Courier) -> None:
    """Erase what has been kept long enough, and leave nothing of it on the disk."""
    await courier.store.run(put_late_digests, courier.bot.id)
    if erased := await courier.store.run(forget):
        log.info("dialogues erased", count=erased)
    await courier.store.scour()


async def send(courier: Courier, post: Post) -> None:
    """Send one post, and note how that went. What goes wrong is kept for a later try, or settled for good."""
    bot, store = courier.bot, courier.store
    said = await store.run(content, post)
    if said.notice is None and post.replaces is None:
        await store.run(given_up, post, "nothing to say here")
        return
    try:
        message_id = await _send(courier, post, said)
    except ChatMigrated as moved:
        await store.run(migrated, bot.id, post.chat, moved.new_chat_id)
    except RetryAfter as pause:
        seconds = pause.retry_after
        wait = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        await store.run(flooded, bot.id, wait)
        await store.run(failed, post, "RetryAfter", wait)
    except Forbidden:
        await store.run(given_up, post, "Forbidden")
        if post.chat > 0:
            await store.run(set_blocked, bot.id, post.chat, blocked=True)
        else:
            await store.run(left, bot.id, post.chat)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the post is tried again and the others go on
        await _failed(courier, post, fault)
    else:
        await store.run(delivered, post, message_id)
        if post.kind is Kind.DIGEST and message_id is not None:
            await _pin(bot, post.chat, message_id)


async def _send(courier: Courier, post: Post, said: Content) -> int | None:
    """The id of the message that was sent, if a new one was."""
    bot = courier.bot
    if post.kind is Kind.REMOVE and post.replaces is not None:
        await bot.delete_message(post.chat, post.replaces)
        return None
    if said.notice is None or said.blocked:
        return None
    private = post.chat > 0
    drawn = courier.drawer.private(said.notice, said.language) if private else courier.drawer.group(said.notice)
    if post.replaces is not None:
        await bot.edit_message_text(
            drawn.text, post.chat, post.replaces, parse_mode="HTML", reply_markup=_keyboard(drawn, bot)
        )
        return post.replaces
    message = await bot.send_message(
        post.chat,
        drawn.text,
        parse_mode="HTML",
        protect_content=drawn.protected,
        reply_markup=_keyboard(drawn, bot),
        disable_web_page_preview=True,
    )
    return message.message_id


async def _failed(courier: Courier, post: Post, fault: Exception) -> None:
    error = type(fault).__name__
    text = str(fault).lower() if isinstance(fault, BadRequest) else ""
    if any(reason in text for reason in _SETTLED):
        await courier.store.run(delivered, post, post.replaces)
    elif any(reason in text for reason in _HOPELESS) or post.attempts >= MOST_ATTEMPTS:
        log.warning("post given up", kind=post.kind, error=error)
        await courier.store.run(given_up, post, error)
    else:
        log.warning("post failed", kind=post.kind, error=error, attempts=post.attempts + 1)
        await courier.store.run(failed, post, error)


async def _pin(bot: Bot, chat: int, message_id: int) -> None:
    try:
        await bot.pin_chat_message(chat, message_id, disable_notification=True)
    except (BadRequest, Forbidden, NetworkError, RetryAfter) as fault:
        log.info("not pinned", error=type(fault).__name__)


def _keyboard(drawn: Drawn, bot: Bot) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": raw_rows(drawn)}, bot) if drawn.rows else None


def _each(
    courier: Courier, work: Callable[[Courier], Awaitable[None]]
) -> Callable[[CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]:
    async def job(_: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await work(courier)
        except Exception as fault:  # noqa: BLE001 - the next sweep tries again
            log.error("sweep failed", error=type(fault).__name__)

    return job
