"""The desk: everything that is needed to serve the people of one bot, whoever it speaks with."""

import time
from dataclasses import dataclass, field
from functools import cached_property

from bot.drawing.drawer import Drawer
from bot.telegram.read import Me
from bot.telegram.screens import Screens
from bot.vitals import Vitals
from storage.store import Store


@dataclass
class Desk:
    """`quiet`: until when a chat has heard enough of something."""

    bot: int
    store: Store
    drawer: Drawer
    screens: Screens
    quiet: dict[tuple[int, object], float] = field(default_factory=dict)
    vitals: Vitals = field(default_factory=Vitals)

    @cached_property
    def me(self) -> Me:
        chat = self.store.house.chat
        private = {one.name: one.entry for one in chat if one.entry is not None}
        return Me(self.bot, self.drawer.bot.name, private, frozenset(one.name for one in chat if one.take is not None))

    def is_quiet(self, chat: int, about: object) -> bool:
        """Whether a chat has heard of something just now."""
        return self.quiet.get((chat, about), 0) > time.monotonic()

    def hush(self, chat: int, about: object, seconds: float) -> None:
        """Let a chat hear no more of something for so long."""
        now = time.monotonic()
        self.quiet = {key: until for key, until in self.quiet.items() if until > now}
        self.quiet[chat, about] = now + seconds
