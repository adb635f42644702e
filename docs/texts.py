"""All texts as a spreadsheet that a native speaker fills in, and what comes back into the catalogue: `make review`.

A row is one text: what stands there now, a cell for a better one, a cell that says that it is right. What has an answer
in neither stays as it is.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from openpyxl import load_workbook
from xlsxwriter import Workbook

from wording.catalogue import LOCALE

KHMER = LOCALE / "km" / "LC_MESSAGES" / "samleng.po"
HEADERS = ("In English", "In Khmer now", "Better", "It is right (x)", "Where it stands", "State")
ENGLISH, NOW, BETTER, RIGHT = range(4)
WIDTHS = (50, 60, 60, 12, 30, 24)
TO_REVIEW = "review: native speaker"
REVIEWED = "reviewed: "

_HELD = re.compile(r"\{\w*\}|</?[bi]>|/[a-z]+|https?://\S+")
"""What a text must have in every language, as often: places for values, tags, commands."""


class FaultError(Exception):
    """Something in a sheet can't be taken; each fault with its row."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of one text: a better one, or that it is right."""

    row: int
    english: str
    seen: str
    better: str


def write_sheet(path: Path, where: Mapping[str, str]) -> None:
    """Write all texts, those that are to be reviewed first; where: on which screens each stands."""
    texts = sorted(
        _texts(read_catalogue()), key=lambda text: (TO_REVIEW not in text.user_comments, where.get(_id(text), ""))
    )
    book = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("texts")
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, header, bold)
    for row, text in enumerate(texts, start=1):
        cells = (_id(text), str(text.string), "", "", where.get(_id(text), ""), "; ".join(text.user_comments))
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(texts), len(HEADERS) - 1)
    book.close()


def read_sheet(path: Path) -> list[Said]:
    """What was filled in. Raises FaultError where the sheet is another one."""
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        cells = book.worksheets[0].iter_rows(values_only=True)
        rows = [["" if cell is None else str(cell) for cell in row] for row in cells]
    if not rows or tuple(rows[0][: len(HEADERS)]) != HEADERS:
        raise FaultError(f"row 1: the headers are to be {', '.join(HEADERS)}")
    return [
        Said(number, row[ENGLISH], row[NOW], row[BETTER].strip())
        for number, row in enumerate(rows[1:], start=2)
        if row[BETTER].strip() or row[RIGHT].strip()
    ]


def take(catalogue: Catalog, said: Iterable[Said], who: str, on: date) -> int:
    """Take what was said into the catalogue, with who and when; how many texts that were.

    Raises FaultError, naming every row at fault, and changes nothing then.
    """
    texts = {_id(text): text for text in _texts(catalogue)}
    said = [*said]
    faults = [f"row {one.row}: {fault}" for one in said if (fault := _fault(texts.get(one.english), one))]
    if faults:
        raise FaultError("\n".join(faults))
    for one in said:
        text = texts[one.english]
        text.string = one.better or text.string
        others = [
            comment for comment in text.user_comments if comment != TO_REVIEW and not comment.startswith(REVIEWED)
        ]
        text.user_comments = [*others, f"{REVIEWED}{who}, {on.isoformat()}"]
    return len(said)


def read_catalogue() -> Catalog:
    with KHMER.open("rb") as file:
        return read_po(file, locale="km")


def write_catalogue(catalogue: Catalog) -> None:
    with KHMER.open("wb") as file:
        write_po(file, catalogue, width=110, ignore_obsolete=True)


def _fault(text: Message | None, said: Said) -> str | None:
    if text is None:
        return "there is no such text any more"
    if said.seen != text.string:
        return "the text has changed since the sheet was made"
    if said.better and sorted(_HELD.findall(said.better)) != sorted(_HELD.findall(said.english)):
        return f"must hold {' '.join(_HELD.findall(said.english)) or 'no {…}, tags or commands'}, as in English"
    return None


def _texts(catalogue: Catalog) -> list[Message]:
    return [text for text in catalogue if text.id]


def _id(text: Message) -> str:
    return str(text.id)


def main(path: str, who: str) -> None:
    """Take a filled in sheet into locale/km."""
    catalogue = read_catalogue()
    try:
        number = take(catalogue, read_sheet(Path(path)), who, date.today())  # noqa: DTZ011 - the reviewer's day
    except FaultError as fault:
        sys.exit(str(fault))
    write_catalogue(catalogue)
    print(f"{number} texts taken; the transcripts come next: make transcripts")  # noqa: T201 - a script


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(sys.argv[1:]):  # noqa: PLR2004
        sys.exit('make review FILE=sheet.xlsx WHO="who reviewed it"')
    main(*sys.argv[1:])
