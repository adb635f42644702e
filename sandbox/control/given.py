"""What outside programs send to the control, read with one clear sentence for whatever does not fit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

from sandbox.world import Bot, Chat, Person, World

T = TypeVar("T")


class ControlError(Exception):
    """What was asked for can't be done."""


@dataclass(frozen=True)
class Given:
    """The values of one request; `world` finds what they name."""

    world: World
    values: Mapping[str, Any]

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str | None:
        value = self._typed(name, str, "a text")
        try:
            return value if value is None else value.encode().decode()
        except UnicodeEncodeError:
            raise ControlError(f"{name} must be encoded in UTF-8") from None

    def needed_text(self, name: str) -> str:
        return self._needed(name, self.text(name))

    def flag(self, name: str) -> bool:
        return bool(self._typed(name, bool, "true or false"))

    def number(self, name: str) -> int | None:
        """An integer, as such or as text."""
        value = self.values.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value):
            return int(value)
        raise ControlError(f"{name} must be an integer")

    def needed_number(self, name: str) -> int:
        return self._needed(name, self.number(name))

    def amount(self, name: str) -> float | None:
        """A number, as such or as text."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            number = float("nan") if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError):
            number = float("nan")
        if not isfinite(number):
            raise ControlError(f"{name} must be a number")
        return number

    def seconds(self, name: str) -> float:
        """0 if it is left out, 60 at most."""
        try:
            value = float(self.values.get(name) or 0)
        except (TypeError, ValueError):
            raise ControlError(f"{name} must be a number of seconds") from None
        if not 0 <= value < float("inf"):
            raise ControlError(f"{name} must be a number of seconds")
        return min(value, 60)

    def rights(self) -> dict[str, bool]:
        rights = self._typed("rights", dict, "an object of rights") or {}
        if not all(isinstance(value, bool) for value in rights.values()):
            raise ControlError("each of rights must be true or false")
        return rights

    def person(self, name: str = "person") -> Person:
        number = self.needed_number(name)
        person = self.world.people.get(number)
        if person is None:
            raise ControlError(f"{name}: there is no person {number}")
        return person

    def bot(self) -> Bot:
        """The bot named, or the first one."""
        wanted = self.values.get("bot")
        bots = self.world.bots
        if wanted is None:
            if not bots:
                raise ControlError("there is no bot yet: one exists from its first call of the Bot API")
            return next(iter(bots.values()))
        for bot in bots.values():
            if str(wanted).lstrip("@").lower() in {str(bot.id), bot.username.lower()}:
                return bot
        raise ControlError(f"bot: there is no bot {wanted!r}")

    def group(self, number: int | None) -> Chat:
        group = self.world.groups.get(number) if number is not None else None
        if group is None:
            raise ControlError(f"there is no group {number}")
        return group

    def chat(self, person: Person) -> Chat:
        """The chat named, which the person is in; or their private chat with the bot, if they have one."""
        number = self.number("chat")
        if number is None:
            chat = self.world.private.get((self.bot().id, person.id))
            if chat is None:
                raise ControlError(f"person {person.id} has not written to the bot yet")
            return chat
        group = self.group(number)
        member = group.members.get(person.id)
        if member is None or not member.present:
            raise ControlError(f"person {person.id} is not in the group {number}")
        return group

    def _typed(self, name: str, kind: type[T], described: str) -> T | None:
        value = self.values.get(name)
        if value is None or isinstance(value, kind):
            return value
        raise ControlError(f"{name} must be {described}")

    def _needed(self, name: str, value: T | None) -> T:
        if value is None:
            raise ControlError(f"{name} is needed")
        return value
