"""Reply markup as a bot sends it → the keyboard that stands under the message."""

from typing import Any

from sandbox.refusals import bad_request, not_implemented

Keyboard = list[list[dict[str, Any]]]

STYLES = {"danger", "success", "primary"}
BUTTONS_IN_ROW = 8
BUTTONS = 100
DATA_BYTES = 64

_BESIDE = {"text", "style", "icon_custom_emoji_id"}


def inline_keyboard(markup: dict[str, Any] | None) -> Keyboard | None:
    """The rows of an inline keyboard, None without one. Raises RefusedError."""
    if markup is None or "remove_keyboard" in markup:
        return None
    if "inline_keyboard" not in markup:
        raise not_implemented("keyboards other than inline ones")
    rows: Keyboard = [row for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check(button)
    return rows or None


def _check(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text of the button must be non-empty")
    actions = button.keys() - _BESIDE
    if not actions:
        raise bad_request("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be specified")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL")
