"""A request to the stand-in's control, and its answer."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import ClientResponse, ClientSession, ClientTimeout, TCPConnector

_SECONDS = 90


class ControlRefusedError(Exception):
    """The stand-in can't do what was asked; its sentence says why."""


class Line:
    """Connections to the control of one stand-in, found at its URL; begins with the first request."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: ClientSession | None = None

    async def post(self, path: str, given: dict[str, Any]) -> dict[str, Any]:
        """What is None is left out. Raises ControlRefusedError."""
        async with self._open().post(f"{self._url}/_sandbox/{path}", json=_said(given)) as response:
            return await _answer(response)

    async def get(self, path: str, given: dict[str, Any]) -> dict[str, Any]:
        """As `post`."""
        async with self._open().get(f"{self._url}/_sandbox/{path}", params=_said(given)) as response:
            return await _answer(response)

    async def file(self, path: str) -> bytes:
        """What stands at a path of the stand-in."""
        async with self._open().get(f"{self._url}{path}") as response:
            return await response.read()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> ClientSession:
        if self._session is None:
            # Everybody may wait at the same time.
            self._session = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(_SECONDS))
        return self._session


def _said(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


async def _answer(response: ClientResponse) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await response.read())
    if response.status != HTTPStatus.OK:
        raise ControlRefusedError(answer["error"])
    return answer
