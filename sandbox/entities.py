"""Texts as they arrive: what a bot formats, and what Telegram finds in what a person types."""

import re

from sandbox.markup import Entity, parse_html, units
from sandbox.refusals import bad_request, not_implemented

MAX_TEXT = 4096
MAX_CAPTION = 1024

_COMMAND = re.compile(r"(?<![\w/<>@])/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32}))?(?![\w/<>])")
_COMMAND_OR_MENTION = re.compile(rf"{_COMMAND.pattern}|(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{{3,31}}(?!\w)")


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Text as a bot sends it; plain text without blanks at its ends, and entities. Raises RefusedError."""
    text, found = _parsed(text, parse_mode, entities)
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, found


def formatted_caption(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """As `formatted`, for what stands under media: it may be empty."""
    text, found = _parsed(text, parse_mode, entities)
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text, found


def _parsed(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    mode = (parse_mode or "").lower()
    found = entities or []
    if mode == "html":
        text, found = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        raise not_implemented(f"the parse mode {parse_mode}")
    elif mode:
        raise bad_request("unsupported parse_mode")
    elif any(entity["offset"] < 0 or entity["length"] < 1 for entity in found):
        raise bad_request("entity offset or length is wrong")
    return _without_blank_ends(text, found)


def commands_and_mentions(text: str) -> list[Entity]:
    """Text as a person types it; the entities that Telegram finds in it by itself."""
    return [
        {
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
            "type": "bot_command" if match.group().startswith("/") else "mention",
        }
        for match in _COMMAND_OR_MENTION.finditer(text)
    ]


def command_for(text: str) -> tuple[str, str | None] | None:
    """The command that a text begins with and the bot it names; None without one."""
    match = _COMMAND.match(text)
    return (match.group(1), match.group(2)) if match else None


def _without_blank_ends(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.strip()
    if not entities:
        return stripped, []
    before = units(text[: len(text) - len(text.lstrip())])
    size = units(stripped)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - before, 0)
        end = min(entity["offset"] + entity["length"] - before, size)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return stripped, moved
