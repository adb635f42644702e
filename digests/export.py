"""What was released, as a file for partners and the programme: a workbook, a table, HXL or JSON."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from digests.columns import COLUMNS, Kind
from digests.rows import EN, KM, rows
from digests.workbook import workbook
from scorecard.digest import Digest

BOM = "\ufeff"
"""Tells Excel that a table is UTF-8."""

VERSION = 1

_LEVELS = (8, 6, 4, 2)

_BEGINS_FORMULA = re.compile(r"(^|;)(?=[\W_]*?[=+\-@\u2212\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet may read a formula: a cell's beginning, or after what it takes for the end of a cell."""


class Format(StrEnum):
    """The formats there are; `hxl` is the table with a row of hashtags."""

    XLSX = "xlsx"
    CSV = "csv"
    HXL = "hxl"
    JSON = "json"

    @property
    def suffix(self) -> str:
        return ".hxl.csv" if self is Format.HXL else f".{self.value}"


def export(digests: Iterable[Digest], format: Format) -> bytes:  # noqa: A002 - the word for it
    """The digests' figures as a file. Takes its time where there are many: call it in a thread.

    Raises TooLongError where they are more than a workbook can hold.
    """
    file = io.BytesIO()
    write(digests, format, file)
    return file.getvalue()


def write(
    digests: Iterable[Digest],
    format: Format,  # noqa: A002 - as above
    file: IO[bytes],
    folder: Path | None = None,
) -> None:
    """Write the digests' figures to a file, one digest after another: however many there are, few are in memory.

    folder: where a workbook may keep what is not written yet. Raises TooLongError, as `export` does.
    """
    names, tags = [column.name for column in COLUMNS], [column.tag for column in COLUMNS]
    match format:
        case Format.XLSX:
            workbook(digests, file, folder)
        case Format.CSV:
            _write_table(digests, [names], file)
        case Format.HXL:
            _write_table(digests, [names, tags], file)
        case Format.JSON:
            _write_json(digests, file)


def file_name(digests: Sequence[Digest], format: Format) -> str:  # noqa: A002 - as above
    """What the file is called, in ASCII: the code of the smallest place that holds all, and the rounds."""
    places, rounds = {digest.session.location.code for digest in digests}, {digest.session.round for digest in digests}
    return name_for(places, rounds, format)


def name_for(places: Collection[str], rounds: Collection[str], format: Format) -> str:  # noqa: A002 - as above
    """The same of places by their codes, and rounds."""
    within = ({code[:level] for code in places} for level in _LEVELS)
    place = next((codes.pop() for codes in within if len(codes) == 1), "")
    first, last = (min(rounds), max(rounds)) if rounds else ("", "")
    parts = ("samleng", place, first, last if last != first else "")
    return "-".join(filter(None, (re.sub("[^A-Za-z0-9]", "", part) for part in parts))) + format.suffix


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what may be one."""
    return _BEGINS_FORMULA.sub(r"\1'", text)


def _write_table(digests: Iterable[Digest], heads: Sequence[Sequence[str]], file: IO[bytes]) -> None:
    text = codecs.getwriter("utf-8")(file)
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(heads)
    shown = [_IN_TABLE[column.kind] for column in COLUMNS]
    for row in rows(digests):
        writer.writerow([cell if cell is None else show(cell) for show, cell in zip(shown, row.values(), strict=True)])


_IN_TABLE: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: harmless,
    Kind.WHOLE: str,
    Kind.MEDIAN: "{:g}".format,
    Kind.PERCENT: str,
    Kind.DAY: date.isoformat,
    Kind.YES_NO: lambda yes: str(yes).lower(),
}


def _write_json(digests: Iterable[Digest], file: IO[bytes]) -> None:
    """One object; its rows, which come last, are written as they come."""
    head = {
        "format": "samleng digests",
        "version": VERSION,
        "columns": [
            {
                "name": column.name,
                "kind": column.kind,
                "hxl": column.tag,
                "km": column.about(KM),
                "en": column.about(EN),
            }
            for column in COLUMNS
        ],
        "rows": [],
    }
    written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode
    file.write(written(head).removesuffix("]}").encode())
    for position, row in enumerate(rows(digests)):
        file.write(f"{',' if position else ''}{written(list(row.values()))}".encode())
    file.write(b"]}")
