"""The lists of commands that a bot registers, each for a scope and a language."""

import re
from typing import Any

from sandbox.methods.access import readable_chat
from sandbox.methods.method import Method, Parameters
from sandbox.refusals import bad_request
from sandbox.world import Bot, World

COMMANDS = 100
MAX_DESCRIPTION = 256


def set_my_commands(world: World, bot: Bot, given: Parameters) -> bool:
    key = _key(world, bot, given)
    if len(given["commands"]) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in given["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= MAX_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[key] = given["commands"]
    world.journal.world_changed()
    return True


def get_my_commands(world: World, bot: Bot, given: Parameters) -> list[dict[str, Any]]:
    return bot.commands.get(_key(world, bot, given), [])


def delete_my_commands(world: World, bot: Bot, given: Parameters) -> bool:
    bot.commands.pop(_key(world, bot, given), None)
    world.journal.world_changed()
    return True


def _key(world: World, bot: Bot, given: Parameters) -> tuple[Any, ...]:
    scope = given.get("scope", {"type": "default"})
    language = given.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    if "chat_id" in scope:
        readable_chat(world, bot, scope["chat_id"])
    return scope["type"], scope.get("chat_id"), scope.get("user_id"), language


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
