"""From an HTTP request to what it asks for, and back."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.calls import CallLog
from sandbox.control import bots, faults, groups, overview, people, phone, seen
from sandbox.control.given import ControlError, Given
from sandbox.world import World

Answer = dict[str, Any]
Endpoint = tuple[frozenset[str], Callable[[Given], Awaitable[Answer] | Answer]]
"""The names of the values it knows, and what it does."""

ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("POST", "bots"): (bots.FIELDS, bots.add_bot),
    ("POST", "people"): (people.FIELDS, people.add_people),
    ("POST", "groups"): (groups.FIELDS, groups.add_group),
    ("POST", "say"): (phone.SAY_FIELDS, phone.say),
    ("POST", "forward"): (phone.FORWARD_FIELDS, phone.forward),
    ("POST", "open"): (phone.OPEN_FIELDS, phone.open_link),
    ("POST", "tap"): (phone.TAP_FIELDS, phone.tap),
    ("GET", "seen"): (seen.FIELDS, seen.seen),
    ("GET", "world"): (frozenset(), overview.world),
    ("GET", "commands"): (overview.MENU_FIELDS, overview.commands),
    ("GET", "transcript"): (overview.MENU_FIELDS, overview.transcript),
    ("POST", "faults"): (faults.FIELDS, faults.fault),
    ("GET", "faults"): (frozenset(), faults.show),
    ("POST", "clock"): (faults.CLOCK_FIELDS, faults.move_clock),
    ("GET", "clock"): (frozenset(), faults.show_clock),
    ("POST", "limits"): (faults.LIMIT_FIELDS, faults.limit),
}


class Control:
    """Answers `/_sandbox/…`."""

    def __init__(self, world: World, calls: CallLog) -> None:
        self._world = world
        self._calls = calls

    async def handle(self, request: web.Request) -> web.Response:
        try:
            fields, run = self._endpoint(request.method, request.match_info["path"].strip("/"))
            given = Given(self._world, await _values(request))
            _refuse_unknown(given, fields)
            answer = run(given)
            if not isinstance(answer, dict):
                answer = await answer
            body = json.dumps(answer, ensure_ascii=False, default=str).encode()
        except ControlError as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.Response(body=body, content_type="application/json")

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file: pictures to be looked at, anything else to be stored."""
        found = self._world.files.get(request.match_info["unique"])
        if found is None:
            return web.json_response({"error": "there is no such file"}, status=404)
        media, data = found
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "max-age=86400",
        }
        if media.kind == "document":
            # Its type is the sender's word: opened in place, it could be a page that acts in ours.
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(media.name, safe='')}"
        kind = "application/octet-stream" if media.kind == "document" else media.mime
        return web.Response(body=data, content_type=kind, headers=headers)

    def _endpoint(self, method: str, path: str) -> Endpoint:
        endpoint = ENDPOINTS.get((method, path))
        if endpoint is not None:
            return endpoint
        if (method, path) == ("GET", "calls"):
            return frozenset({"since"}), self._seen_calls
        if (method, path) == ("GET", "events"):
            return overview.EVENT_FIELDS, lambda given: overview.events(given, self._calls)
        kind, _, number = path.partition("/")
        if (method, kind) == ("POST", "groups") and number:
            return groups.ACTION_FIELDS, lambda given: groups.act(given, number)
        if (method, kind) == ("POST", "people") and number:
            return people.CHANGE_FIELDS, lambda given: people.change(given, number)
        raise ControlError(f"the sandbox has no {method} /_sandbox/{path}")

    def _seen_calls(self, given: Given) -> Answer:
        calls = self._calls.since(given.number("since") or 0)
        return {
            "calls": [vars(call) for call in calls],
            "counts": self._calls.counts,
            "errors": self._calls.errors,
        }


def _refuse_unknown(given: Given, fields: frozenset[str]) -> None:
    if unknown := given.values.keys() - fields:
        raise ControlError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(fields))}")


async def _values(request: web.Request) -> dict[str, Any]:
    if request.method == "GET":
        return dict(request.query)
    try:
        body = json.loads(await request.read() or b"{}")
    except (ValueError, RecursionError):
        raise ControlError("the body is no JSON") from None
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return body
