"""The chats as people see them: what the bot sent, rewrote and took away, in place of Telegram's."""

from collections import Counter
from dataclasses import dataclass, field

from bot.drawing import Drawn
from bot.drawing.layout import raw_rows
from storage.reply import Question

Rows = list[list[dict[str, str]]]


@dataclass
class Message:
    """One message of the bot. `before`: the buttons it had before it was last rewritten."""

    drawn: Drawn
    rows: Rows
    before: Rows = field(default_factory=list)
    removed: bool = False


@dataclass(frozen=True)
class Event:
    """Something that somebody sees happen. what: `new`, `rewritten`, `removed` or `toast`."""

    chat: int
    what: str
    number: int = 0
    drawn: Drawn | None = None
    toast: str = ""


class Chats:
    """Every chat's messages by their number, and what happened since it was last asked."""

    def __init__(self) -> None:
        self._messages: dict[tuple[int, int], Message] = {}
        self._counted: Counter[int] = Counter()
        self._events: list[Event] = []

    def message(self, chat: int, number: int) -> Message:
        return self._messages[chat, number]

    def newest(self, chat: int) -> int:
        """The number of the last message that is still there and has buttons."""
        return max(
            n for (c, n), message in self._messages.items() if c == chat and message.rows and not message.removed
        )

    def send(self, chat: int, drawn: Drawn, question: Question | None = None) -> int:
        self._counted[chat] += 1
        number = self._counted[chat]
        self._messages[chat, number] = Message(drawn, rows_of(drawn, question))
        self._events.append(Event(chat, "new", number, drawn))
        return number

    def edit(self, chat: int, number: int, drawn: Drawn, question: Question | None = None) -> bool:
        """Whether the message was there to be rewritten. To rewrite it with what it says already shows nothing."""
        message = self._messages[chat, number]
        rows = rows_of(drawn, question)
        if message.removed:
            return False
        if (drawn.text, rows) != (message.drawn.text, message.rows):
            seen = (drawn.text, drawn.rows) != (message.drawn.text, message.drawn.rows)
            message.before, message.drawn, message.rows = message.rows, drawn, rows
            if seen:
                self._events.append(Event(chat, "rewritten", number, drawn))
        return True

    def remove(self, chat: int, number: int) -> None:
        message = self._messages[chat, number]
        if not message.removed:
            message.removed = True
            self._events.append(Event(chat, "removed", number))

    def toast(self, chat: int, text: str) -> None:
        self._events.append(Event(chat, "toast", toast=text))

    def happened(self) -> list[Event]:
        """What happened, as it looks when it is over: each message once, as it then is."""
        events, self._events = self._events, []
        new = {(event.chat, event.number) for event in events if event.what == "new"}
        last = {(event.chat, event.number): event for event in events if event.what != "toast"}
        seen: list[Event] = []
        for event in events:
            key = (event.chat, event.number)
            if event.what == "toast":
                seen.append(event)
            elif last[key] is event and not (event.what == "removed" and key in new):
                seen.append(Event(event.chat, "new", event.number, event.drawn) if key in new else event)
        return seen


def rows_of(drawn: Drawn, question: Question | None) -> Rows:
    return raw_rows(drawn, question.dialogue, question.turn) if question is not None else raw_rows(drawn)
