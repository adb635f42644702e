"""Writes down a transcript: what people did, what they then saw."""

import re
from itertools import count

from transcripts.chats import Event, Shown
from transcripts.screen_checks import plain

INDENT = " " * 4

_PAYLOAD = re.compile(r"\b([sig])-[A-Za-z0-9_-]{22}")
_STANDS_FOR = {"s": "LINK", "i": "INVITATION", "g": "GROUP"}


class Transcript:
    """The lines so far. Links are named in the order in which they appear: `s-LINK`, `s-LINK2`."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._named: dict[str, str] = {}

    def remark(self, text: str) -> None:
        self._lines.append(text)

    def did(self, text: str, events: list[Event], names: dict[int, str], actor: int | None) -> None:
        """What somebody did, and what everybody saw happen: first they, then the others as `names` has them."""
        self._lines += ["", text]
        order = [actor, *names]
        for event in sorted(events, key=lambda event: order.index(event.chat)):
            whom = "" if event.chat == actor else f" to {names[event.chat]}"
            self._lines += [INDENT + line if line else "" for line in _seen(event, whom)]
        if not events:
            self._lines.append(INDENT + "(nothing is seen to change)")

    def text(self) -> str:
        return _PAYLOAD.sub(self._name, "\n".join(self._lines)) + "\n"

    def _name(self, match: re.Match[str]) -> str:
        payload, kind = match[0], match[1]
        if payload not in self._named:
            word = _STANDS_FOR[kind]
            taken = self._named.values()
            free = (f"{kind}-{word}{number if number > 1 else ''}" for number in count(1))
            self._named[payload] = next(name for name in free if name not in taken)
        return self._named[payload]


def _seen(event: Event, whom: str) -> list[str]:
    if event.what == "toast":
        return [f"Bot{whom}, over the screen: {event.toast}"]
    if event.what == "removed":
        return [f"Bot{whom} takes message {event.number} away"]
    assert event.shown is not None
    free = event.chat > 0 and not event.shown.protected
    how = ", rewritten" if event.what == "rewritten" else ", to be passed on" if free else ""
    return [
        f"Bot{whom}, message {event.number}{how}:",
        *(INDENT + line if line else "" for line in _read(event.shown)),
    ]


def _read(shown: Shown) -> list[str]:
    rows = [" ".join(map(button, row)) for row in shown.rows]
    return [*(f"({thing})" for thing in shown.above), *plain(shown.text).split("\n"), *rows]


def button(raw: dict[str, str]) -> str:
    return f"[{raw['text']} → {raw['url']}]" if "url" in raw else f"[{raw['text']}]"
