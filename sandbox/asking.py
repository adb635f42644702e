"""A request to the stand-in's control, and its answer."""

from typing import Any

import httpx


class ControlRefusedError(Exception):
    """The stand-in can't do what was asked; its sentence says why."""


async def post(client: httpx.AsyncClient, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """What is None is left out. Raises ControlRefusedError."""
    return _answer(await client.post(path, json=_said(given)))


async def get(client: httpx.AsyncClient, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """As `post`."""
    return _answer(await client.get(path, params=_said(given)))


def _said(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _answer(response: httpx.Response) -> dict[str, Any]:
    answer: dict[str, Any] = response.json()
    if response.status_code != httpx.codes.OK:
        raise ControlRefusedError(answer["error"])
    return answer
