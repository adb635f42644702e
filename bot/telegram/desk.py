"""The desk: everything the receptionist needs for one bot, whoever it speaks with."""

import time
from dataclasses import dataclass, field

from aiogram import Bot

from bot.drawing import Drawer
from bot.telegram.screens import Screens
from storage.store import Store


@dataclass
class Desk:
    """`quiet`: until when a chat has heard enough of something."""

    bot: Bot
    store: Store
    drawer: Drawer
    screens: Screens
    quiet: dict[tuple[int, object], float] = field(default_factory=dict)

    def is_quiet(self, chat: int, about: object) -> bool:
        """Whether a chat has heard of something just now."""
        return self.quiet.get((chat, about), 0) > time.monotonic()

    def hush(self, chat: int, about: object, seconds: float) -> None:
        """Let a chat hear no more of something for so long."""
        now = time.monotonic()
        self.quiet = {key: until for key, until in self.quiet.items() if until > now}
        self.quiet[chat, about] = now + seconds
