"""How prompts and notices look: text and buttons in the person's language, for either Telegram library to send."""

from bot.drawing.drawer import Drawer
from bot.drawing.layout import Button, Drawn

__all__ = ["Button", "Drawer", "Drawn"]
