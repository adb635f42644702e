"""Bots that exist before their first call."""

import re
from typing import Any

from sandbox.control.given import ControlError, Given

FIELDS = frozenset({"id", "username", "first_name"})


def add_bot(given: Given) -> dict[str, Any]:
    """The bot with this id, the digits that its token begins with, named as is wished."""
    number, username, name = given.needed_number("id"), given.text("username"), given.text("first_name")
    if number <= 0:
        raise ControlError("id must be what the token begins with")
    if username is not None and not re.fullmatch(r"[A-Za-z]\w{3,31}", username, re.ASCII):
        raise ControlError("username must be 4 to 32 of A–Z a–z 0–9 _")
    others = (bot.username.lower() for bot in given.world.bots.values() if bot.id != number)
    if username and username.lower() in others:
        raise ControlError(f"there is a bot @{username} already")
    bot = given.world.bot(number)
    if username:
        bot.username = bot.user["username"] = username
    if name:
        bot.first_name = bot.user["first_name"] = name
    given.world.journal.world_changed()
    return {"id": bot.id, "username": bot.username, "first_name": bot.first_name}
