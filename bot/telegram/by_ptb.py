"""Calls by python-telegram-bot, through its rate limiter."""

import os
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import httpx
from aiolimiter import AsyncLimiter
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
from telegram.ext import Application, ApplicationBuilder, BaseRateLimiter, CallbackContext, ExtBot

from bot.telegram.call import (
    Call,
    CallError,
    File,
    LostAnswerError,
    MigratedError,
    NetworkError,
    Params,
    RetryAfterError,
    fault_of,
)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # a pause is a timedelta, as it will be in its next version

AT_ONCE = timedelta(seconds=0.1)
"""A job whose first time is past already would wait a whole turn."""

SLOW_ANSWER_SECONDS = 60
"""What is posted can't be taken back: a slow line is no reason to post it again."""

MOST_GROUPS = 500
"""So many groups' paces are remembered before those of quiet ones are forgotten."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

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
        .rate_limiter(_Pace())
        .connect_timeout(10)
        .read_timeout(SLOW_ANSWER_SECONDS)
        .write_timeout(SLOW_ANSWER_SECONDS)
        .media_write_timeout(SLOW_ANSWER_SECONDS)
        .pool_timeout(15)
        .build()
    )


async def begin(app: AnyApplication) -> None:
    """Ask Telegram who the bot is, as the library wants to know first. Raises CallError."""
    try:
        await app.initialize()
    except TelegramError as fault:
        raise _fault(fault) from fault


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


class _Pace(BaseRateLimiter[None]):
    """Keeps to 25 calls a second, and 20 a minute in a group.

    A pause that Telegram asks for is not waited for here, where it would hold up everybody: it holds its chat
    (storage/pauses.py).
    """

    def __init__(self) -> None:
        self._overall = AsyncLimiter(25, 1)
        self._groups: dict[int, AsyncLimiter] = {}

    async def initialize(self) -> None:
        """There is nothing to begin."""

    async def shutdown(self) -> None:
        """There is nothing to end."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002
    ) -> Any:
        match data.get("chat_id"):
            case int(chat) if chat < 0:
                await self._group(chat).acquire()
        async with self._overall:
            return await callback(*args, **kwargs)

    def _group(self, chat: int) -> AsyncLimiter:
        if len(self._groups) > MOST_GROUPS:
            self._groups = {one: pace for one, pace in self._groups.items() if not pace.has_capacity(20)}
        return self._groups.setdefault(chat, AsyncLimiter(20, 60))


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
    lost = isinstance(fault.__cause__, httpx.TransportError) and not isinstance(fault.__cause__, _NEVER_SENT)
    if lost:
        return LostAnswerError(type(fault.__cause__).__name__)
    if isinstance(fault, EndPointNotFound) and str(fault.__cause__) == "Unauthorized":
        fault = InvalidToken("Unauthorized")  # a bot that runs takes each refused token for a method that is not there
    if _is_no_json(fault):
        return NetworkError("an answer that is no JSON")
    code = next((code for kind, code in _REFUSED if isinstance(fault, kind)), None)
    return NetworkError(type(fault).__name__) if code is None else fault_of(code, str(fault), {})


def _is_no_json(fault: BaseException) -> bool:
    """Whether something between the bot and Telegram has answered: a fault of its status comes of a bare one then."""
    cause = fault.__cause__
    return cause is not None and (type(cause) is TelegramError or _is_no_json(cause))
