"""A call of the Bot API carried out: checked, limited, done. Where it came from, over HTTP or not, is no matter."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.checks import parameters_of
from sandbox.facts import facts
from sandbox.files import Upload
from sandbox.methods import METHODS
from sandbox.refusals import not_found, not_implemented, too_many
from sandbox.webhooks import Postman
from sandbox.world import Bot, World

MAX_TIMEOUT = 50
"""Seconds that Telegram lets a poll wait at most."""

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
_OTHERS = {name.lower(): name for name in facts().other_methods}
_SENDING = frozenset(name for name in METHODS if name.startswith("send")) - {"sendChatAction"}
_HOOKING = frozenset({"setWebhook", "deleteWebhook"})


class Executor:
    """Carries out calls for every bot."""

    def __init__(self, world: World, postman: Postman) -> None:
        self._world = world
        self._postman = postman

    def name(self, given: str) -> str:
        """The method as the Bot API writes it; Telegram takes it in any case. Raises RefusedError."""
        known = _NAMES.get(given.lower())
        if known is not None:
            return known
        other = _OTHERS.get(given.lower())
        raise not_found() if other is None else not_implemented(other)

    async def execute(self, bot: Bot, method: str, given: Mapping[str, Any]) -> str:
        """The result as JSON. Raises RefusedError."""
        parameters = parameters_of(method, given)
        if method == "getUpdates":
            return await _get_updates(bot, parameters)
        if method in _SENDING:
            return self._send(bot, method, parameters)
        result = METHODS[method](self._world, bot, parameters)
        if method in _HOOKING:
            self._postman.follow(bot)
        return to_json(result)

    def _send(self, bot: Bot, method: str, parameters: dict[str, Any]) -> str:
        """Carry out what sends a message, unless the bot has sent too many."""
        now, chat_id = self._world.clock(), parameters["chat_id"]
        group = chat_id if isinstance(chat_id, int) and chat_id < 0 else None
        if self._world.limits and (wait := bot.sends.wait(now, group)):
            raise too_many(wait)
        result = METHODS[method](self._world, bot, parameters)
        bot.sends.add(now, group)
        return to_json(result)


async def _get_updates(bot: Bot, given: dict[str, Any]) -> str:
    limit = min(max(given.get("limit", 100), 1), 100)
    timeout = min(max(given.get("timeout", 0), 0), MAX_TIMEOUT)
    if "allowed_updates" in given and bot.updates.hook is None:
        bot.updates.allowed = frozenset(given["allowed_updates"]) or None
    return await bot.updates.poll(given.get("offset"), limit, timeout)


def shown(given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as the log of calls keeps them: files without their bytes."""
    return {name: str(value) if isinstance(value, Upload) else value for name, value in given.items()}
