"""The Bot API's side of the stand-in: an HTTP request comes in, {"ok": …} goes out."""

import re
import socket
import struct
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.body import MAX_BYTES, parameters
from sandbox.calls import CallLog
from sandbox.executor import Executor, shown
from sandbox.faults import STATUSES, Fault
from sandbox.files import file_name
from sandbox.refusals import RefusedError, not_found, server_error, too_large, too_many, unauthorized
from sandbox.world import Bot, World

_TOKEN = re.compile(r"(\d{1,16}):[\w-]{10,}", re.ASCII)


class _DroppedError(Exception):
    """The connection ends without an answer; `hard`: it is reset."""

    def __init__(self, fault: str, *, hard: bool) -> None:
        super().__init__(f"fault: {fault}")
        self.hard = hard


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>` for every bot."""

    def __init__(self, world: World, calls: CallLog, executor: Executor) -> None:
        self._world = world
        self._calls = calls
        self._executor = executor

    async def handle(self, request: web.Request) -> web.Response:
        token, name = request.match_info["token"], request.match_info["method"]
        bot_id, method, given, error = 0, "(unknown)", {}, None
        try:
            bot = self._bot(token)
            bot_id, method = bot.id, self._executor.name(name)
            given = await _sent(request)
            result = await self._execute(bot, method, given)
        except RefusedError as refused:
            error = f"{refused.code} {refused.description}"
            return _refusal(refused)
        except _DroppedError as dropped:
            error = str(dropped)
            _drop(request, hard=dropped.hard)
            # Nobody hears this: the connection is gone.
            return web.Response()
        else:
            return web.Response(text='{"ok":true,"result":' + result + "}", content_type="application/json")
        finally:
            self._world.journal.called(self._calls.add(bot_id, method, shown(given), error))

    async def file(self, request: web.Request) -> web.Response:
        """What getFile told of."""
        bot = self._bot_or_none(request.match_info["token"])
        found = self._world.files.named(file_name(request.match_info["path"]), bot.id) if bot is not None else None
        if found is None:
            return _refusal(unauthorized() if bot is None else not_found())
        media, data = found
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(media.name, safe='')}"}
        return web.Response(body=data, content_type="application/octet-stream", headers=headers)

    def _bot(self, token: str) -> Bot:
        bot = self._bot_or_none(token)
        if bot is None:
            raise unauthorized()
        return bot

    def _bot_or_none(self, token: str) -> Bot | None:
        match = _TOKEN.fullmatch(token)
        return None if match is None else self._world.bot(int(match.group(1)))

    async def _execute(self, bot: Bot, method: str, given: dict[str, Any]) -> str:
        """The result, with the faults that are on."""
        struck: list[Fault] = self._world.faults.hits(bot.id, method)
        for fault in struck:
            await self._strike(fault)
        result = await self._executor.execute(bot, method, given)
        if any(fault.kind == "lost_reply" for fault in struck):
            raise _DroppedError("lost_reply", hard=False)
        return result

    async def _strike(self, fault: Fault) -> None:
        """What happens before the call is carried out."""
        match fault.kind:
            case "delay":
                await self._world.clock.sleep(fault.seconds)
            case "lost_request" | "reset":
                raise _DroppedError(fault.kind, hard=fault.kind == "reset")
            case "revoked":
                raise unauthorized()
            case "too_many":
                raise too_many(round(fault.seconds))
            case "server_error":
                raise server_error(fault.code, STATUSES[fault.code])
            case _:
                pass


async def _sent(request: web.Request) -> dict[str, Any]:
    """Parameters from the query string and from a body of any kind that Telegram takes."""
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.body_exists:
        return given
    if (request.content_length or 0) > MAX_BYTES:
        raise too_large()
    header = request.headers.get("Content-Type", "")
    return given | await parameters(request.content_type, header, request.content)


def _drop(request: web.Request, *, hard: bool) -> None:
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if hard and connection is not None:
        # Without lingering, the other side gets a reset instead of an end.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _refusal(refused: RefusedError) -> web.Response:
    about: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters is not None:
        about["parameters"] = refused.parameters
    return web.json_response(about, status=refused.code)
