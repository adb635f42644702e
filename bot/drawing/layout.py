"""A drawn message: its text, its buttons, and what a button sends back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conversations.engine import BACK
from conversations.entries import LEAVE, Answer, Entry, Lead, to_button
from conversations.prompts import ASIDE, LANGUAGE
from digests.poster import Picture
from wording.catalogue import Wording, language_name, languages

YES_SIGN = "✅"
BACK_SIGN = "⬅"
LEAVE_SIGN = "✖"
SKIP_SIGN = "⏭"
OFF_SIGN, ON_SIGN = "☐", "☑"
ADD_SIGN = "➕"
SETTINGS_SIGN = "⚙"
PLAN_SIGN = "🗓"
FIND_SIGN = "🔎"
NEXT_SIGN = "➡"


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `value`: for a dialogue; `entry`: where it leads, in `language` from then on; `url`: a link."""

    text: str
    value: str | None = None
    entry: Entry | None = None
    language: str | None = None
    url: str | None = None
    style: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send: its name, and how it is made (which takes a while: in a thread)."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message to send: HTML, rows of buttons; `protected` messages can't be forwarded or saved.

    pictures, document: what stands above the text, which is then the caption (pictures take a while to put
    together, too); title: the first line, which stands there while a picture is on its way; otherwise: the text where
    they can't be drawn or sent.
    """

    text: str
    rows: tuple[Row, ...] = ()
    protected: bool = True
    pictures: Callable[[], Sequence[Picture]] | None = None
    document: Document | None = None
    title: str = ""
    otherwise: str = ""


def signed(sign: str, text: str) -> str:
    return f"{sign} {text}"


def yes(text: str, value: str) -> Button:
    return Button(f"{YES_SIGN} {text}", value=value, style="success")


def in_columns(buttons: list[Button], columns: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[i : i + columns]) for i in range(0, len(buttons), columns))


def ways_out(say: Wording, *, back: bool, leave: bool = True, translated: bool = True) -> Row:
    """The last row of every prompt: back, the other languages, leave.

    translated: with the other languages; who scores chooses theirs on the first screen, or by /language.
    """
    row = [Button(signed(BACK_SIGN, say.plain("Back")), value=BACK)] if back else []
    if translated:
        row += [Button(language_name(other), value=LANGUAGE + other) for other in languages() if other != say.language]
    if leave:
        row.append(Button(signed(LEAVE_SIGN, say.plain("Leave")), value=ASIDE + LEAVE))
    return tuple(row)


def other_languages(say: Wording, entry: Entry) -> Row:
    """The last row of a notice: the same in the other languages."""
    return tuple(
        Button(language_name(other), entry=entry, language=other) for other in languages() if other != say.language
    )


def to_pages(page: int, say: Wording, to: Callable[[int], Entry], *, more: bool) -> Row:
    """To the page before and the one after, where there are such."""
    pages = [*([(BACK_SIGN, page - 1)] if page else []), *([(NEXT_SIGN, page + 1)] if more else [])]
    return tuple(Button(signed(sign, say.plain("Page {number}", number=one + 1)), entry=to(one)) for sign, one in pages)


def raw_rows(drawn: Drawn, dialogue: str = "", turn: int = 0) -> list[list[dict[str, str]]]:
    """The buttons as Telegram's `inline_keyboard`; `dialogue` and `turn` are those of a question."""
    return [[_raw(button, dialogue, turn) for button in row] for row in drawn.rows if row]


def _raw(button: Button, dialogue: str, turn: int) -> dict[str, str]:
    raw = {"text": button.text}
    if button.style is not None:
        raw["style"] = button.style
    if button.url is not None:
        raw["url"] = button.url
    else:
        sent = Lead(button.entry, button.language) if button.entry else Answer(dialogue, turn, button.value or "")
        raw["callback_data"] = to_button(sent)
    return raw


def not_made(say: Wording) -> str:
    """What stands in the place of a file that can't be made."""
    return say("Sorry, this can’t be made at the moment. Please try again later.")
