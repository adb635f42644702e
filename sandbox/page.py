"""The stand-in's web page: three phones in a browser, and what the server saw.

The page is plain files in `page/`, served at `/`. It acts through the control at `/_sandbox/`, and through two
endpoints of its own:

POST /_sandbox/play {link, count?: 10, seed?: 0, think?: seconds (0.4), language_code?: "km"}
    → {play, count, people: [ids]}: so many new people open the link and answer, as `sandbox.citizen` plays them
GET  /_sandbox/play ?play=N
    → {play, count, done, finished, taps, errors: [the first five sentences], over}

POST /_sandbox/cast {citizen?, facilitator?, group?, member?: ids, invitation?: link, title?, story?: [steps],
       likes?: how much its people like what a question asks, 1 to 5, by a line of it} → it
GET  /_sandbox/cast → the cast given last, or {}; with `again` where each page can have one of its own
POST /_sandbox/cast/new → a cast of people, group and invitation that nobody has had yet
    who holds the phones, and the guided story: `page/story.js` says what a step is. Without a story the page
    tells its own, `page/story.json`.

Page and control answer to this machine's own names only, and to the address that they were reached at: another
page in the browser, or a foreign name that was made to point here, is refused with 403.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.citizen import SCORES
from sandbox.crowd import Crowds
from sandbox.world import World

FILES = Path(__file__).with_suffix("")
FONT = Path(str(files("fontpkg_noto_sans_khmer"))) / "files" / "NotoSansKhmer[wdth,wght].ttf"

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}

CAST = frozenset({"citizen", "facilitator", "group", "member", "invitation", "title", "story", "likes"})
CAST_BYTES = 200_000

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def mount(app: web.Application, world: World, *, hosts: Collection[str] = THIS_MACHINE) -> None:
    """Add the page's routes; `hosts`: the names under which page and control answer. Before the control's own."""
    page = _Page(world)
    app.middlewares.append(_guard(frozenset(hosts)))
    app.router.add_get("/", page.index)
    app.router.add_get("/page/{name}", page.file)
    app.router.add_get("/_sandbox/cast", page.cast)
    app.router.add_post("/_sandbox/cast", page.set_cast)
    app.router.add_post("/_sandbox/cast/new", page.new_cast)
    app.router.add_get("/_sandbox/play", page.played)
    app.router.add_post("/_sandbox/play", page.play)
    app.on_shutdown.append(page.stop)


class _Page:
    def __init__(self, world: World) -> None:
        self._world = world
        self._crowds = Crowds()
        self._cast: dict[str, Any] = {}
        self._casting = asyncio.Lock()
        # Names are looked up, never joined to a path: nothing else can be reached.
        self._files = {path.name: path for path in FILES.iterdir() if path.suffix in KINDS} | {"khmer.ttf": FONT}

    async def index(self, _: web.Request) -> web.Response:
        return self._file("index.html")

    async def file(self, request: web.Request) -> web.Response:
        return self._file(request.match_info["name"])

    async def cast(self, _: web.Request) -> web.Response:
        again = {"again": True} if self._world.casting is not None and self._cast else {}
        return web.json_response({**self._cast, **again})

    async def new_cast(self, _: web.Request) -> web.Response:
        if self._world.casting is None:
            return _refused("nobody makes casts here")
        async with self._casting:
            return web.json_response(await self._world.casting())

    async def set_cast(self, request: web.Request) -> web.Response:
        given = await _body(request)
        problem = self._problem(given)
        if problem is not None:
            return _refused(problem)
        self._cast = given
        self._world.journal.world_changed()
        return web.json_response(self._cast)

    async def play(self, request: web.Request) -> web.Response:
        try:
            likes = self._cast.get("likes", {})
            crowd = await self._crowds.begin(str(request.url.origin()), await _body(request), likes)
        except ValueError as error:
            return _refused(str(error))
        return web.json_response({"play": crowd.number, "count": crowd.count, "people": crowd.people})

    async def played(self, request: web.Request) -> web.Response:
        crowd = self._crowds.find(request.query.get("play", ""))
        return _refused("there is no such play") if crowd is None else web.json_response(crowd.seen())

    async def stop(self, _: web.Application) -> None:
        await self._crowds.stop()

    def _file(self, name: str) -> web.Response:
        path = self._files.get(name)
        if path is None:
            raise web.HTTPNotFound
        keep = "max-age=86400" if path is FONT else "no-cache"
        kind = KINDS[path.suffix]
        text = kind.startswith("text/") or kind == "application/json"
        return web.Response(
            body=path.read_bytes(),
            content_type=kind,
            charset="utf-8" if text else None,
            headers={"Cache-Control": keep},
        )

    def _problem(self, cast: dict[str, Any]) -> str | None:
        if unknown := cast.keys() - CAST:
            return f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(CAST))}"
        for name in ("citizen", "facilitator", "member"):
            if name in cast and not _is_one_of(cast[name], self._world.people):
                return f"{name}: there is no person {cast[name]}"
        if "group" in cast and not _is_one_of(cast["group"], self._world.groups):
            return f"there is no group {cast['group']}"
        if not isinstance(cast.get("story", []), list):
            return "story must be a list of steps"
        if not _are_likes(cast.get("likes", {})):
            return "likes must be figures from 1 to 5 by lines of questions"
        return None


def _are_likes(likes: Any) -> bool:
    figures = likes.values() if isinstance(likes, dict) else (None,)
    return all(isinstance(one, int | float) and SCORES[0] <= one <= SCORES[-1] for one in figures)


def _guard(hosts: frozenset[str]) -> Any:
    """Refuse what does not come from this machine's own page or programs; headers for what is let through."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(("/bot", "/file/bot")):
            return await handler(request)
        if not _is_ours(request, hosts):
            return web.json_response({"error": "this page answers its own machine only"}, status=403)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(HEADERS)
            raise
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return guard


def _is_ours(request: web.Request, hosts: frozenset[str]) -> bool:
    """Whether the Host header names this machine, and the Origin, if there is one, is this page's own."""
    name, _, port = request.host.rpartition(":") if not request.host.endswith("]") else (request.host, "", "")
    if not name:
        name, port = port, ""
    address, bound, *_ = request.get_extra_info("sockname")
    if name.lower() not in {*hosts, address} or (port or "80") != str(bound):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"http://{request.host}"


def _is_one_of(number: Any, known: Mapping[int, object]) -> bool:
    return isinstance(number, int) and number in known


async def _body(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request; what is none has an unknown name, and is refused for it."""
    try:
        body = json.loads(await request.read() or b"{}") if (request.content_length or 0) <= CAST_BYTES else None
    except (ValueError, RecursionError):
        body = None
    return body if isinstance(body, dict) else {"no JSON object": True}


def _refused(why: str) -> web.Response:
    return web.json_response({"error": why}, status=400)
