"""Calls by python-telegram-bot, through its rate limiter."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram import InputFile, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, CallbackContext, ExtBot

from bot.telegram.call import (
    Call,
    CallError,
    File,
    MigratedError,
    NetworkError,
    Params,
    RetryAfterError,
    fault_of,
)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # a pause is a timedelta, as it will be in its next version

AT_ONCE = timedelta(seconds=0.1)
"""A job whose first time is past already would wait a whole turn."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

_REFUSED: tuple[tuple[type[TelegramError], HTTPStatus], ...] = (
    (BadRequest, HTTPStatus.BAD_REQUEST),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (InvalidToken, HTTPStatus.UNAUTHORIZED),
    (EndPointNotFound, HTTPStatus.NOT_FOUND),
)


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


def repeat(app: AnyApplication, work: Callable[[], Awaitable[None]], every: timedelta) -> None:
    """Have something done again and again; a turn whose time comes while the last is under way is left out."""

    async def job(_: CallbackContext[Any, Any, Any, Any]) -> None:
        await work()

    assert app.job_queue is not None
    app.job_queue.run_repeating(job, every, first=AT_ONCE, job_kwargs={"max_instances": 1, "coalesce": True})


def call_by_ptb(bot: ExtBot[Any]) -> Call:
    """A call by the bot of an application that is initialised."""

    async def call(method: str, params: Params) -> Any:
        # It warns of names that it has a function for. To Telegram the case of their letters is all the same.
        name = method[:1].upper() + method[1:]
        try:
            return await bot.do_api_request(name, {key: _as_ptb(value) for key, value in params.items()})
        except TelegramError as fault:
            raise _fault(fault) from fault

    return call


def _as_ptb(value: Any) -> Any:
    """A parameter as it takes it: files are objects of its own."""
    match value:
        case File(name, data):
            return InputFile(data, filename=name)
        case {"type": "photo", "media": File(name, data)}:
            return InputMediaPhoto(data, value.get("caption"), value.get("parse_mode"), filename=name)
        case _:
            return value


def _fault(fault: TelegramError) -> CallError:
    match fault:
        case ChatMigrated():
            return MigratedError(fault.new_chat_id)
        case RetryAfter():
            assert isinstance(fault.retry_after, timedelta)
            return RetryAfterError(fault.retry_after.total_seconds())
    code = next((code for kind, code in _REFUSED if isinstance(fault, kind)), None)
    return NetworkError(type(fault).__name__) if code is None else fault_of(code, str(fault), {})
