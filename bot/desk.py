"""The desk: everything the receptionist needs for one bot, whoever it speaks with."""

from dataclasses import dataclass, field

from aiogram import Bot

from bot.drawing import Drawer
from bot.screens import Screens
from storage.store import Store


@dataclass
class Desk:
    """`quiet`: until when a group has heard enough of something."""

    bot: Bot
    store: Store
    drawer: Drawer
    screens: Screens
    quiet: dict[tuple[int, type], float] = field(default_factory=dict)
