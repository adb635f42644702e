"""Entries: where a button outside a dialogue, a link or a command leads; and what a button sends back, either way.

Everything that comes back as text is read here and nowhere else.
"""

import re
from dataclasses import dataclass

from scorecard.payload import Payload, find_payload, payload_kind, seen

MOST_BUTTON_BYTES = 64
MOST_START = 64
MOST_FIGURES = 9
"""Of a turn: as many as fit into the column of any database."""


_NAME = re.compile(r"[a-z][a-z_]*[a-z]")
_ARGUMENT = re.compile(r"[A-Za-z0-9_-]+")
_START = re.compile(r"(?:[A-Za-z0-9_]|-[-_])+")
_LINK = re.compile(r"(?:t(?:elegram)?\.me/|domain=)(\w+)[?&]start=([A-Za-z0-9_-]+)")
_PAYLOADS = {Payload.SESSION: "join", Payload.INVITATION: "invitation", Payload.GROUP: "link"}
"""The entry that each kind of payload leads to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Its name, and what it is about: numbers, codes, payloads.

    turn: of a button that does something, the turn of what it is about; an older one does nothing any more.
    """

    name: str
    about: tuple[str, ...] = ()
    turn: int | None = None


class EntryName(str):
    """The name of an entry; called with what it is about, it makes one."""

    __slots__ = ()

    def __call__(self, *about: object, turn: int | None = None) -> Entry:
        return Entry(str(self), tuple(map(str, about)), turn)


HELLO = EntryName("hello")
HERE = EntryName("here")
ENDED = EntryName("ended")
OVER = EntryName("over")
LEFT = EntryName("left")
STOPPED = EntryName("stopped")
CALLED_OFF = EntryName("called_off")
REFUSED = EntryName("refused")
"""Where people are led who are led nowhere else."""

PRIVACY = EntryName("privacy")
LEAVE = EntryName("leave")
"""Where every room's screens lead; over a dialogue, these are what lies over it."""

OPEN = EntryName("open")
SESSION = EntryName("session")
SESSIONS = EntryName("sessions")
"""Where rooms lead that know nothing of sessions."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a button of a dialogue sends: `d:dialogue:turn:value`."""

    dialogue: str
    turn: int
    value: str


@dataclass(frozen=True, slots=True)
class Lead:
    """What any other button sends: `e:entry`, or `l:language:entry` where it chooses a language too."""

    entry: Entry
    language: str | None = None


def to_text(entry: Entry) -> str:
    """An entry as text: `name:about:…`, with `~turn` at its end if it has one."""
    turn = "" if entry.turn is None else f"~{entry.turn}"
    return ":".join((entry.name, *entry.about)) + turn


def from_text(text: str) -> Entry | None:
    """The entry that `to_text` wrote; None for what it can't have written."""
    whole, _, turn = text.partition("~")
    name, *about = whole.split(":")
    if not _NAME.fullmatch(name) or not all(map(_ARGUMENT.fullmatch, about)) or bool(turn) != ("~" in text):
        return None
    if turn and _whole_number(turn) is None:
        return None
    return Entry(name, tuple(about), _whole_number(turn))


def to_button(sent: Answer | Lead) -> str:
    """What a button carries, at most 64 bytes of it."""
    match sent:
        case Answer(dialogue, turn, value):
            data = f"d:{dialogue}:{turn}:{value}"
        case Lead(entry, None):
            data = f"e:{to_text(entry)}"
        case Lead(entry, language):
            data = f"l:{language}:{to_text(entry)}"
    if len(data.encode()) > MOST_BUTTON_BYTES:
        raise ValueError(f"more than a button can carry: {data}")
    return data


def from_button(data: str) -> Answer | Lead | None:
    """What `to_button` wrote; None for what it can't have written, such as a button of long ago."""
    if len(data.encode(errors="replace")) > MOST_BUTTON_BYTES:
        return None
    kind, _, rest = data.partition(":")
    first, _, second = rest.partition(":")
    if kind == "d":
        turn, sign, value = second.partition(":")
        number = _whole_number(turn)
        return Answer(first, number, value) if sign and number is not None and _ARGUMENT.fullmatch(first) else None
    entry = from_text({"e": rest, "l": second}.get(kind, ""))
    if entry is None:
        return None
    return Lead(entry, first if kind == "l" else None)


def to_start(entry: Entry) -> str:
    """An entry as the payload of a link, at most 64 signs of A–Z a–z 0–9 _ -."""
    kind = payload_kind(entry.about[0]) if len(entry.about) == 1 else None
    if kind is not None and _PAYLOADS[kind] == entry.name:
        return entry.about[0]
    payload = "--".join(part.replace("-", "-_") for part in (entry.name, *entry.about))
    if entry.turn is not None or len(payload) > MOST_START:
        raise ValueError(f"no link can carry this: {entry}")
    return payload


def from_start(payload: str) -> Entry | None:
    """The entry that a link leads to; None for a payload that is none of ours."""
    if kind := payload_kind(payload):
        return Entry(_PAYLOADS[kind], (payload,))
    if len(payload) > MOST_START or not _START.fullmatch(payload):
        return None
    return from_text(re.sub("--|-_", lambda pair: ":" if pair[0] == "--" else "-", payload))


def from_line(text: str, bot: str) -> Entry | None:
    """The entry that a link to this bot leads to, or a payload of ours, anywhere in what somebody wrote; else None."""
    for name, payload in _LINK.findall(seen(text)):
        if name.lower() == bot.lower() and (entry := from_start(payload)) is not None:
            return entry
    payload = find_payload(text)
    return None if payload is None else from_start(payload)


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_FIGURES else None
