"""Tables out of a file that somebody else wrote (.xlsx, .csv, Markdown): plain text in, or one clear fault.

Nothing is trusted: size, what a zip unpacks to, numbers of sheets, rows and columns are all bounded.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from files.cells import MAX_COLUMNS, Formula, Grid, RefusedError, grid_of, text_of
from files.faults import FaultyFileError, SheetFault, shown

MAX_BYTES = 2_000_000

_MAX_TABLES = 20
_LOOKED_AT = 20
_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


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


@dataclass(frozen=True, slots=True)
class Headings:
    """How headings are understood: the names that are known, and how what people write becomes one of them."""

    known: frozenset[str] = frozenset()
    read: Callable[[str], str] = str

    def found_in(self, cells: Iterable[str]) -> int:
        """How many of the known ones stand in a row."""
        return len(self.known.intersection(map(self.read, cells)))


AS_WRITTEN = Headings()


def read_sheets(path: Path, suffixes: Collection[str], headings: Headings = AS_WRITTEN) -> tuple[Sheet, ...]:
    """The file's tables that aren't empty; runs of spaces and line breaks in a cell become one space.

    The headings are the first row with at least two that are known; without such, the first row.

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
        grids = _READERS[suffix](path.name, data, headings)
    except RefusedError as error:
        raise _unreadable(path, str(error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "the text is not UTF-8: save the file again as UTF-8") from error
    # Junk makes openpyxl, zipfile, zlib, expat and csv fail in more ways than can be listed.
    except Exception as error:
        raise _unreadable(path, f"the file is damaged or no {suffix} file: save it again") from error
    return tuple(_sheet(name, grid, headings) for name, grid in grids if grid)


def _unreadable(path: Path, message: str) -> FaultyFileError:
    return FaultyFileError([SheetFault(path.name, None, "", message)])


def _read_xlsx(_file: str, data: bytes, _headings: Headings) -> Iterable[tuple[str, Grid]]:
    from files.workbook import read_workbook  # slow to import, seldom needed

    return read_workbook(data)


def _read_csv(file: str, data: bytes, headings: Headings) -> Iterable[tuple[str, Grid]]:
    """A CSV file, whichever sign it is separated by: the one that its first line names, as Excel does, or fits best."""
    text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    first, _, rest = text.partition("\n")
    named = _SEPARATOR_LINE.fullmatch(first)
    if named:  # a spreadsheet program does not count this line
        return [(file, _separated(rest, named[1]))]
    return [(file, _separated(text, max(_SEPARATORS, key=lambda sign: _fits(text, sign, headings))))]


def _fits(text: str, separator: str, headings: Headings) -> tuple[int, int]:
    """How many known headings it makes of a line near the top, and how often it stands in the first line."""
    lines = list(islice(filter(str.strip, text.splitlines()), _LOOKED_AT))
    found = (headings.found_in(map(text_of, cells)) for cells in csv.reader(lines, delimiter=separator))
    return max(found, default=0), lines[0].count(separator) if lines else 0


def _separated(text: str, separator: str) -> Grid:
    return grid_of(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1))


def _read_markdown(_file: str, data: bytes, _headings: Headings) -> Iterable[tuple[str, Grid]]:
    """XLSForm's Markdown: the first column names a sheet that starts there; lines of dashes say nothing."""
    grids: list[tuple[str, Grid]] = []
    for number, line in enumerate(data.decode("utf-8-sig").split("\n"), start=1):
        table_line = re.match(r"\s*\|(.*)\|", line)
        if table_line is None or re.fullmatch(r"[\s|:-]*-[\s|:-]*", table_line[1]):
            continue
        first, *cells = (text_of(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", table_line[1]))
        if first:
            grids.append((first, []))
        if grids and any(cells):
            grids[-1][1].append((number, cells))
    if len(grids) > _MAX_TABLES:
        raise RefusedError(f"the file has more than {_MAX_TABLES} tables: keep only those that are needed")
    return grids


_READERS = {".xlsx": _read_xlsx, ".csv": _read_csv, ".md": _read_markdown}


def _sheet(name: str, grid: Grid, headings: Headings) -> Sheet:
    start = _start(grid, headings)
    header = grid[start][0]
    columns = [headings.read(heading) for heading in grid[start][1]]
    faults = [
        SheetFault(name, header, column, "this heading stands twice: keep one of the two columns")
        for position, column in enumerate(columns)
        if column and column in columns[:position]
    ]
    if any(len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]) for _, cells in grid):
        faults.append(SheetFault(name, None, "", f"more than {MAX_COLUMNS} columns: take out those not needed"))
    rows = []
    for number, cells in grid[start + 1 :]:
        wrong = [*_homeless(name, number, cells, columns), *_unknown_results(name, number, cells, columns)]
        faults += wrong
        if not any(isinstance(cell, Formula) for cell in cells):
            named = dict(zip(columns, cells, strict=False))
            rows.append(Row(number, {column: cell for column, cell in named.items() if column and cell}))
    return Sheet(name, header, tuple(filter(None, columns)), tuple(rows), tuple(faults))


def _start(grid: Grid, headings: Headings) -> int:
    """Where the headings stand: a title, a note or an empty line may come before them."""
    found = (index for index, (_, cells) in enumerate(grid[:_LOOKED_AT]) if headings.found_in(cells) > 1)
    return next(found, 0)


def _homeless(name: str, number: int, cells: list[str], columns: list[str]) -> Iterable[SheetFault]:
    for place, cell in enumerate(cells):
        if cell and not "".join(columns[place : place + 1]):
            yield SheetFault(name, number, "", f'"{shown(cell)}" has no heading above it: name or empty its column')
            return


def _unknown_results(name: str, number: int, cells: list[str], columns: list[str]) -> Iterable[SheetFault]:
    for column, cell in zip(columns, cells, strict=False):
        if column and isinstance(cell, Formula):
            what = "a formula whose result is not in the file"
            yield SheetFault(name, number, column, f"{what}: save it in a spreadsheet program, or type the result")
