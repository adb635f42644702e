"""The cells of an Excel workbook as text. Slow to import: openpyxl comes with it."""

# ruff: noqa: SLF001 - openpyxl has no other way to see which rows a file has, and which cells hold formulas
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import WorkSheetParser  # type: ignore[import-untyped]

from files.cells import EXCEL_ROWS, MAX_COLUMNS, Formula, Fraction, Grid, RefusedError, grid_of

_MAX_UNPACKED = 20_000_000
_MAX_SHEETS = 30
_STRICT = b"purl.oclc.org/ooxml"
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ONLY_NEEDED = "keep only the tables that are needed, and delete the empty rows below them"


def read_workbook(data: bytes) -> list[tuple[str, Grid]]:
    """The sheets of a workbook in its order, by name. Raises RefusedError, or anything where it is damaged."""
    if data.startswith(_OLD):
        raise RefusedError("it has a password, or is an old .xls under another name: save it without, as .xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
            raise RefusedError(f"the workbook unpacks to more than 20 MB: {_ONLY_NEEDED}")
        if any(_STRICT in archive.read(name) for name in archive.namelist() if name.endswith("workbook.xml")):
            raise RefusedError('it is a "Strict Open XML Spreadsheet", which is not read: save it as "Excel Workbook"')
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and drawings, which are not looked at
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            if len(book.worksheets) > _MAX_SHEETS:
                raise RefusedError(f"the workbook has more than {_MAX_SHEETS} sheets: keep only those that are needed")
            return [(sheet.title, grid_of(_rows(sheet))) for sheet in book.worksheets]
        finally:
            book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row that the file has, by its number. openpyxl's own way makes up all those between, to the last one."""
    book = sheet.parent
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        last = 0
        for number, cells in parser.parse():
            if number > EXCEL_ROWS:
                break
            values = {cell["column"]: cell["value"] for cell in cells if cell["value"] is not None}
            if values and number > last:
                width = min(max(values), MAX_COLUMNS + 1)
                yield number, [values.get(column) for column in range(1, width + 1)]
                last = number


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Tells a formula without a result from an empty cell, a number that may have lost a zero from a text."""

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        if any(len(cell) for cell in row):
            parsed: tuple[int, list[dict[str, Any]]] = super().parse_row(row)
            return parsed
        self.row_counter: int = int(row.get("r") or self.row_counter + 1)
        return self.row_counter, []  # styles alone, of which people drag a hundred thousand rows down

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        value = cell["value"]
        if value is None and element.get("t") != "str" and element.find("{*}f") is not None:
            cell["value"] = Formula("=")
        elif isinstance(value, float) and not value.is_integer():
            cell["value"] = Fraction(value)
        return cell
