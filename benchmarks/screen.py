"""The one screen that the bare bots show: a question as Samleng drew it."""

import json
from itertools import count
from pathlib import Path
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

FILE = "screen.json"


class Screen:
    """Text and buttons of a recorded call. Each drawing carries a new number, or it would be no change."""

    def __init__(self, folder: Path) -> None:
        recorded: dict[str, Any] = json.loads((folder / FILE).read_text())
        self.text: str = recorded["text"]
        self._rows = recorded["reply_markup"]["inline_keyboard"]
        self._numbers = count(1)

    def keyboard(self) -> InlineKeyboardMarkup:
        number = f"{next(self._numbers):06}"
        return InlineKeyboardMarkup(
            inline_keyboard=[
                [
                    InlineKeyboardButton(text=key["text"], callback_data=number + key["callback_data"][len(number) :])
                    for key in row
                ]
                for row in self._rows
            ]
        )
