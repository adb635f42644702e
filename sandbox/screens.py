"""What a phone shows, as values for a program that looks at it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Button:
    """A button under a message: it carries data for the bot, or a link."""

    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None


@dataclass(frozen=True)
class Screen:
    """One message as a phone shows it. `raw` has whatever else the stand-in says of it."""

    id: int
    text: str
    rows: tuple[tuple[Button, ...], ...]
    by_bot: bool
    edited: bool
    protected: bool
    pinned: bool
    raw: dict[str, Any]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    def find(self, start: str) -> Button | None:
        """The first button whose text begins so."""
        return next((button for button in self.buttons if button.text.startswith(start)), None)


@dataclass(frozen=True)
class Toast:
    """What flashed up after a tap."""

    seq: int
    text: str
    alert: bool


@dataclass(frozen=True)
class Phone:
    """All that a phone shows of one chat; `seq` and `shown` as the stand-in counts its changes."""

    seq: int
    shown: int
    messages: tuple[Screen, ...]
    toasts: tuple[Toast, ...]

    @property
    def screen(self) -> Screen | None:
        """The bot's newest message with buttons, or else its newest one."""
        of_bot = [message for message in reversed(self.messages) if message.by_bot]
        return next((message for message in of_bot if message.rows), of_bot[0] if of_bot else None)

    def after(self, message_id: int) -> Screen | None:
        """The screen for somebody who has just tapped this message: itself, or a newer one with buttons."""
        of_bot = [message for message in reversed(self.messages) if message.by_bot]
        for message in of_bot:
            if message.id == message_id or (message.rows and message.id > message_id):
                return message
        return of_bot[0] if of_bot else None


def phone(seen: dict[str, Any]) -> Phone:
    """What the control says a phone shows."""
    return Phone(
        seen["seq"],
        seen["shown"],
        tuple(_screen(message) for message in seen["messages"]),
        tuple(Toast(toast["seq"], toast["text"], toast["alert"]) for toast in seen["toasts"]),
    )


def _screen(message: dict[str, Any]) -> Screen:
    rows = (tuple(_button(button) for button in row) for row in message["buttons"])
    return Screen(
        message["id"],
        message["text"],
        tuple(rows),
        message["from"]["bot"],
        message["edited"],
        message["protected"],
        message["pinned"],
        message,
    )


def _button(button: dict[str, Any]) -> Button:
    return Button(button["text"], button.get("data"), button.get("url"), button.get("style"))
