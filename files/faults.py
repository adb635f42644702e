"""What is wrong in a file of tables that somebody else wrote, said so that they can put it right."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = 40
_JOINERS = "\u200b\u200c\u200d"


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing that is wrong: where it is, and what to do about it.

    row: as the program that opens the file counts, from 1 (in a Markdown file, its line), or None where no
    single row is at fault; column: its heading, or "".
    """

    sheet: str
    row: int | None
    column: str
    message: str

    def __str__(self) -> str:
        where = [shown(self.sheet)]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {shown(self.column)}")
        line = f"{', '.join(where)}: {self.message}"
        return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)


class FaultyFileError(Exception):
    """A file that can't be taken as it is, with every fault that was found in it."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        self.faults = tuple(faults)
        more = f" (and {len(self.faults) - 1} more)" if len(self.faults) > 1 else ""
        super().__init__(f"{self.faults[0]}{more}")


def shown(text: str) -> str:
    """A text out of somebody's file, short enough to stand in a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def fault_in_text(text: str, most: int) -> str | None:
    """What keeps a text of at most so many characters from being shown to people, or None."""
    if not text:
        return "is empty: write the text"
    if len(text) > most:
        return f"has {len(text)} characters: shorten it to {most} or fewer"
    for sign in text:
        if sign not in _JOINERS and unicodedata.category(sign)[0] == "C":
            return f"holds the invisible character U+{ord(sign):04X}: take it out"
    return None
