"""Cells of a workbook: typed, never a formula, in a font that shapes Khmer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from digests.columns import Cell, Kind
from digests.rows import EN, KM
from wording.catalogue import Wording

FONT = "Khmer OS Battambang"
"""The font of Cambodia's offices; the reader's machine supplies it."""

LONGEST = 32_767
"""What a cell holds at most, as Excel counts: in UTF-16."""

NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.WHOLE: "0",
    Kind.MEDIAN: "0.0",
    Kind.PERCENT: '0"%"',
    Kind.DAY: "yyyy-mm-dd",
    Kind.YES_NO: "General",
}
"""Text stays text where somebody edits its cell; a per cent is shown as it was told, 40 as 40%."""


@dataclass(frozen=True, slots=True)
class Formats:
    """The looks of cells in one workbook."""

    title: Format
    head: Format
    block: Format
    block_figure: Format
    wrapped: Format
    month: Format
    of: dict[Kind, Format]


def formats(book: Workbook) -> Formats:
    """Add the formats to a workbook."""

    def made(**look: Any) -> Format:
        return book.add_format({"font_name": FONT, "valign": "vcenter", "num_format": "@", **look})

    return Formats(
        title=made(bold=True, font_size=14),
        head=made(bold=True, text_wrap=True, bg_color="#E3E9EF", bottom=1),
        block=made(bold=True, bg_color="#F2F5F8"),
        block_figure=made(bold=True, bg_color="#F2F5F8", num_format="0", align="left"),
        wrapped=made(text_wrap=True),
        month=made(num_format="mm/yyyy"),
        of={kind: made(num_format=number) for kind, number in NUMBER_FORMATS.items()},
    )


def put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format | None = None) -> None:
    """Write one cell as what it is; without a look it takes its column's."""
    match cell:
        case None | "":
            if look is not None:
                sheet.write_blank(row, column, None, look)
        case str():
            sheet.write_string(row, column, shortened(cell), look)
        case bool():
            sheet.write_boolean(row, column, cell, look)
        case int() | float():
            sheet.write_number(row, column, cell, look)
        case date():
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001 - a day


def put_row(sheet: Worksheet, row: int, cells: Iterable[Cell], look: Format | None = None) -> None:
    """Write cells side by side, from the first column on."""
    for column, cell in enumerate(cells):
        put(sheet, row, column, cell, look)


def both(km: str, en: str) -> str:
    """Khmer, and English beneath."""
    return f"{km}\n{en}"


def in_both(said: Callable[[Wording], str]) -> str:
    """What a message says in Khmer, and in English beneath."""
    return both(said(KM), said(EN))


def shortened(text: str) -> str:
    """As much of a text as a cell holds."""
    if len(text) <= LONGEST // 2:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", errors="ignore")
