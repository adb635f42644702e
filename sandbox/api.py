"""The Bot API's side of the stand-in: an HTTP request comes in, {"ok": …} goes out."""

import json
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from yarl import URL

from sandbox.calls import CallLog
from sandbox.checks import parameters_of
from sandbox.facts import facts
from sandbox.methods import METHODS
from sandbox.refusals import RefusedError, bad_request, not_found, not_implemented, unauthorized
from sandbox.world import Bot, World

MAX_TIMEOUT = 50
"""Seconds that Telegram lets a poll wait at most."""

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_TOKEN = re.compile(r"(\d{1,16}):[\w-]{10,}")
_NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
_OTHERS = {name.lower(): name for name in facts().other_methods}


class BotApi:
    """Answers `/bot<token>/<method>` for every bot."""

    def __init__(self, world: World, calls: CallLog) -> None:
        self._world = world
        self._calls = calls

    async def handle(self, request: web.Request) -> web.Response:
        token, name = request.match_info["token"], request.match_info["method"]
        bot_id, method, given, error = 0, name, {}, None
        try:
            bot = self._bot(token)
            bot_id, method = bot.id, _method(name)
            given = await _sent(request)
            result = await self._call(bot, method, given)
        except RefusedError as refused:
            error = f"{refused.code} {refused.description}"
            return _refusal(refused)
        else:
            return web.Response(text='{"ok":true,"result":' + result + "}", content_type="application/json")
        finally:
            self._calls.add(bot_id, method, given, error)

    def _bot(self, token: str) -> Bot:
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise unauthorized()
        return self._world.bot(int(match.group(1)))

    async def _call(self, bot: Bot, method: str, given: Mapping[str, Any]) -> str:
        """The result as JSON. Limits on how much a bot may send belong here, before the method runs."""
        parameters = parameters_of(method, given)
        if method == "getUpdates":
            return await _get_updates(bot, parameters)
        return to_json(METHODS[method](self._world, bot, parameters))


async def _get_updates(bot: Bot, given: dict[str, Any]) -> str:
    limit = min(max(given.get("limit", 100), 1), 100)
    timeout = min(max(given.get("timeout", 0), 0), MAX_TIMEOUT)
    if "allowed_updates" in given:
        bot.updates.allowed = frozenset(given["allowed_updates"]) or None
    return await bot.updates.poll(given.get("offset"), limit, timeout)


def _method(name: str) -> str:
    known = _NAMES.get(name.lower())
    if known is not None:
        return known
    other = _OTHERS.get(name.lower())
    raise not_found() if other is None else not_implemented(other)


async def _sent(request: web.Request) -> dict[str, Any]:
    """Parameters from the query string and from a body of any kind that Telegram takes."""
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.body_exists:
        return given
    kind = request.content_type
    if kind == "application/json":
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            raise bad_request("can't parse the body: it is no JSON") from None
        if not isinstance(body, dict):
            raise bad_request("can't parse the body: it is no JSON object")
        return given | body
    if kind == "multipart/form-data":
        return given | dict(await request.post())
    try:
        form = await request.text()
    except (UnicodeError, LookupError):
        raise bad_request("strings must be encoded in UTF-8") from None
    # A form is written as a query string is; yarl unquotes in C, and a Khmer letter is nine characters there.
    return given | dict(URL.build(query_string=form, encoded=True).query)


def _refusal(refused: RefusedError) -> web.Response:
    about: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters is not None:
        about["parameters"] = refused.parameters
    return web.json_response(about, status=refused.code)
