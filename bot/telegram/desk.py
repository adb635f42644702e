"""The desk: everything that is needed to serve the people of one bot, whoever it speaks with."""

import time
from collections import Counter
from dataclasses import dataclass, field

from bot.drawing import Drawer
from bot.telegram.read import Me
from bot.telegram.screens import Screens
from storage.store import Store


@dataclass
class Desk:
    """`quiet`: until when a chat has heard enough of something; `unreadable`: the updates passed over, by kind."""

    bot: int
    store: Store
    drawer: Drawer
    screens: Screens
    quiet: dict[tuple[int, object], float] = field(default_factory=dict)
    unreadable: Counter[str] = field(default_factory=Counter)

    @property
    def me(self) -> Me:
        return Me(self.bot, self.drawer.bot_name)

    def is_quiet(self, chat: int, about: object) -> bool:
        """Whether a chat has heard of something just now."""
        return self.quiet.get((chat, about), 0) > time.monotonic()

    def hush(self, chat: int, about: object, seconds: float) -> None:
        """Let a chat hear no more of something for so long."""
        now = time.monotonic()
        self.quiet = {key: until for key, until in self.quiet.items() if until > now}
        self.quiet[chat, about] = now + seconds
