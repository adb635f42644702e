"""How prompts and notices look: text and buttons in the person's language, for either Telegram library to send."""

from bot.drawing.layout import Button, Drawn
from bot.drawing.reply import Drawer

__all__ = ["Button", "Drawer", "Drawn"]
