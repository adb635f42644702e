"""Calls by aiogram's session: parameters go out as JSON, results come back as they are.

aiogram makes a multipart form of each call and a model of each answer: a quarter of what a tap costs, and a reason to
fail where Telegram sends something new.
"""

import json
from http import HTTPStatus
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiohttp import FormData
from aiohttp.payload import BytesPayload

from bot.telegram.call import Call, NetworkError, Params, fault_of


def client(token: str, api_url: str) -> Bot:
    """The bot that receives."""
    return Bot(token, session=_RawSession(api=TelegramAPIServer.from_base(api_url)))


def call_by_aiogram(bot: Bot, timeout: int | None = None) -> Call:
    """A call by a bot of `client`, which takes so many seconds at most."""

    async def call(method: str, params: Params) -> Any:
        try:
            return await bot(_Raw.model_construct(name=method, params=params), request_timeout=timeout)
        except TelegramNetworkError as fault:
            raise NetworkError(type(fault.__cause__).__name__) from fault

    return call


class _Raw(TelegramMethod[Any]):
    """Any method, by its name."""

    __returning__ = Any

    name: str
    params: dict[str, Any]

    @property
    def __api_method__(self) -> str:  # type: ignore[override]
        return self.name


class _RawSession(AiohttpSession):
    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:  # noqa: ARG002
        assert isinstance(method, _Raw)
        sent = json.dumps(method.params, ensure_ascii=False).encode()
        form: FormData = BytesPayload(sent, content_type="application/json")  # type: ignore[assignment]
        return form

    def check_response(
        self,
        bot: Bot,  # noqa: ARG002
        method: TelegramMethod[Any],  # noqa: ARG002
        status_code: int,
        content: str,
    ) -> Response[Any]:
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            raise NetworkError("an answer that is no JSON") from None
        match answer:
            case {"ok": True, "result": result} if status_code < HTTPStatus.MULTIPLE_CHOICES:
                return Response.model_construct(ok=True, result=result)
            case {"parameters": dict(parameters)}:
                pass
            case _:
                parameters = {}
        description = answer.get("description", "") if isinstance(answer, dict) else ""
        raise fault_of(status_code, str(description), parameters)
