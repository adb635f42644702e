"""Cells of a workbook: typed, never a formula, in a font that shapes Khmer."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
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

_NO_DAY = date(1899, 12, 30)
"""What Excel counts days from."""


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


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter tells no types
    """A sheet that is filled by `put` alone, one row below the other; its rows wait in a file, not in memory.

    All around the rows is XlsxWriter's. Its own way holds every cell in memory or, where it does not, writes out
    every text wherever it stands; and either takes four times as long.
    """

    def __init__(self) -> None:
        super().__init__()
        self.next = 0
        self._looks: Sequence[Format] = ()
        self._placed: dict[Format | None, list[tuple[str, str]]] = {}
        self._kept: IO[str] | None = None

    def set_columns(self, widths: Iterable[float], looks: Sequence[Format]) -> None:
        """The widths of the columns, and the looks of cells that are put without one."""
        for position, (width, look) in enumerate(zip(widths, looks, strict=True)):
            self.set_column(position, position, width, look)
        self._looks = looks

    def put(self, cells: Sequence[Cell], look: Format | None = None, height: float | None = None) -> None:
        """Write the next row, each cell as what it is. With a look, empty cells have it too."""
        self.next += 1
        row = str(self.next)
        written = [f'<row r="{row}">' if height is None else f'<row r="{row}" ht="{height:g}" customHeight="1">']
        for (column, style), cell in zip(self._places(look, len(cells)), cells, strict=False):
            if cell is None or cell == "":
                if look is not None:
                    written.append(f"{column}{row}{style}/>")
            elif isinstance(cell, str):
                text = self.str_table._get_shared_string_index(_in_cell(cell))  # noqa: SLF001 - one table for all sheets
                written.append(f'{column}{row}{style} t="s"><v>{text}</v></c>')
            elif isinstance(cell, bool):
                written.append(f'{column}{row}{style} t="b"><v>{cell:d}</v></c>')
            elif isinstance(cell, date):
                written.append(f"{column}{row}{style}><v>{(cell - _NO_DAY).days}</v></c>")
            else:
                written.append(f"{column}{row}{style}><v>{cell:.16G}</v></c>")
        written.append("</row>")
        if self._kept is None:
            self._kept = TemporaryFile("w+", encoding="utf-8", newline="", dir=self.tmpdir)  # noqa: SIM115 - see drop
        self._kept.write("".join(written))
        self._check_dimensions(self.next - 1, 0)
        self._check_dimensions(self.next - 1, len(cells) - 1)

    def skip(self) -> None:
        """Leave a row empty."""
        self.next += 1

    def drop(self) -> None:
        """Let go of the rows."""
        if self._kept is not None:
            self._kept.close()

    def _places(self, look: Format | None, columns: int) -> list[tuple[str, str]]:
        """What stands before and after the row's number in the cells of a row with this look."""
        placed = self._placed.setdefault(look, [])
        for position in range(len(placed), columns):
            style = (look or self._looks[position])._get_xf_index()  # noqa: SLF001 - XlsxWriter's cells ask it too
            placed.append((f'<c r="{xl_col_to_name(position)}', f'" s="{style}"'))
        return placed

    def _write_sheet_data(self) -> None:
        """XlsxWriter calls this where a sheet's rows belong in its file."""
        self.fh.write("<sheetData>")
        if self._kept is not None:
            self._kept.seek(0)
            shutil.copyfileobj(self._kept, self.fh)
            self.drop()
        self.fh.write("</sheetData>")


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


@lru_cache(maxsize=4096)
def _in_cell(text: str) -> str:
    """A text as XlsxWriter is given it, which takes one between these tags for markup, and writes it as it is."""
    text = shortened(text)
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
