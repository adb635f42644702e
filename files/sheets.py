"""Tables out of a file that somebody else wrote (.xlsx, .csv, Markdown): plain text in, or one clear fault.

Nothing is trusted: size, what a zip unpacks to, numbers of sheets, rows and columns are all bounded.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from files.faults import FaultyFileError, SheetFault, shown

MAX_BYTES = 2_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 60

_MAX_UNPACKED = 20_000_000
_MAX_SHEETS = 20
_MAX_CELL = 2_000
_EXCEL_ROWS = 1_048_576

_Grid = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that says something: its number in the file, and its cells that aren't empty, by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its headings (in the row `header`), its rows, and what is wrong with its shape."""

    name: str
    header: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[SheetFault, ...]


def read_sheets(path: Path, suffixes: Collection[str]) -> tuple[Sheet, ...]:
    """The file's tables that aren't empty; runs of spaces and line breaks in a cell become one space.

    Raises FaultyFileError when the file is of another kind, too large, or not what its name says it is.
    """
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        raise _unreadable(path, f"this kind of file is not read: save it as {' or '.join(suffixes)}")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is no file name"
        raise _unreadable(path, f"the file can't be opened ({reason}): check its name") from error
    if len(data) > MAX_BYTES:
        raise _unreadable(path, "the file is larger than 2 MB: keep only the tables that are needed")
    try:
        grids = _READERS[suffix](path.name, data)
    except _TooLargeError as error:
        raise _unreadable(path, f"{error}: keep only the tables that are needed") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "the text is not UTF-8: save the file again as UTF-8") from error
    # Junk makes openpyxl, zipfile, zlib, expat and csv fail in more ways than can be listed.
    except Exception as error:
        raise _unreadable(path, f"the file is damaged or no {suffix} file: save it again") from error
    return tuple(_sheet(name, grid) for name, grid in grids if grid)


class _TooLargeError(Exception):
    pass


def _unreadable(path: Path, message: str) -> FaultyFileError:
    return FaultyFileError([SheetFault(path.name, None, "", message)])


def _read_xlsx(_file: str, data: bytes) -> Iterable[tuple[str, _Grid]]:
    import openpyxl  # type: ignore[import-untyped]  # slow to import, seldom needed

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
            raise _TooLargeError("the workbook unpacks to more than 20 MB")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and drawings, which are not looked at
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            if len(book.worksheets) > _MAX_SHEETS:
                raise _TooLargeError(f"the workbook has more than {_MAX_SHEETS} sheets")
            return [(sheet.title, _grid(_xlsx_rows(sheet))) for sheet in book.worksheets]
        finally:
            book.close()


def _xlsx_rows(sheet: Any) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)
    return islice(rows, _EXCEL_ROWS)


def _read_csv(file: str, data: bytes) -> Iterable[tuple[str, _Grid]]:
    text = data.decode("utf-8-sig")
    headings = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=headings.count)
    return [(file, _grid(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))]


def _read_markdown(_file: str, data: bytes) -> Iterable[tuple[str, _Grid]]:
    """XLSForm's Markdown: the first column names a sheet that starts there; lines of dashes say nothing."""
    grids: list[tuple[str, _Grid]] = []
    for number, line in enumerate(data.decode("utf-8-sig").split("\n"), start=1):
        table_line = re.match(r"\s*\|(.*)\|", line)
        if table_line is None or re.fullmatch(r"[\s|:-]*-[\s|:-]*", table_line[1]):
            continue
        first, *cells = (_text(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", table_line[1]))
        if first:
            grids.append((first, []))
        if grids and any(cells):
            grids[-1][1].append((number, cells))
    if len(grids) > _MAX_SHEETS:
        raise _TooLargeError(f"the file has more than {_MAX_SHEETS} tables")
    return grids


_READERS = {".xlsx": _read_xlsx, ".csv": _read_csv, ".md": _read_markdown}


def _grid(rows: Iterable[Iterable[Any]]) -> _Grid:
    grid: _Grid = []
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if any(cells):
            grid.append((number, cells))
        if len(grid) > MAX_ROWS:
            raise _TooLargeError(f"a sheet has more than {MAX_ROWS} rows")
    return grid


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Excel keeps every number as a fraction
    return " ".join(str(value)[:_MAX_CELL].split())


def _sheet(name: str, grid: _Grid) -> Sheet:
    header, headings = grid[0]
    faults = [
        SheetFault(name, header, heading, "this heading stands twice: keep one of the two columns")
        for position, heading in enumerate(headings)
        if heading and heading in headings[:position]
    ]
    if any(len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]) for _, cells in grid):
        faults.append(SheetFault(name, None, "", f"more than {MAX_COLUMNS} columns: take out those not needed"))
    rows = []
    for number, cells in grid[1:]:
        named = dict(zip(headings, cells, strict=False))
        homeless = [cell for place, cell in enumerate(cells) if cell and not "".join(headings[place : place + 1])]
        if homeless:
            faults.append(
                SheetFault(
                    name,
                    number,
                    "",
                    f'"{shown(homeless[0])}" has no heading above it: name or empty its column',
                )
            )
        rows.append(Row(number, {heading: cell for heading, cell in named.items() if heading and cell}))
    return Sheet(name, header, tuple(filter(None, headings)), tuple(rows), tuple(faults))
