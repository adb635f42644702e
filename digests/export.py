"""What was released, as a file for partners and the programme: a workbook, a table, HXL or JSON."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

from conversations.notices import Digest
from digests.columns import COLUMNS, Cell
from digests.rows import EN, KM, rows
from digests.workbook import workbook

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


def export(digests: Sequence[Digest], format: Format) -> bytes:  # noqa: A002 - the word for it
    """The digests' figures as a file. Takes its time where there are many: call it in a thread.

    Raises TooLongError where they are more than a workbook can hold.
    """
    match format:
        case Format.XLSX:
            return workbook(digests)
        case Format.CSV:
            return _table(digests, [[column.name for column in COLUMNS]])
        case Format.HXL:
            return _table(digests, [[column.name for column in COLUMNS], [column.tag for column in COLUMNS]])
        case Format.JSON:
            return _json(digests)


def file_name(digests: Sequence[Digest], format: Format) -> str:  # noqa: A002 - as above
    """What the file is called, in ASCII: the code of the smallest place that holds all, and the rounds."""
    within = ({digest.at.location.code[:level] for digest in digests} for level in _LEVELS)
    place = next((codes.pop() for codes in within if len(codes) == 1), "")
    rounds = sorted({digest.at.round for digest in digests})
    parts = ("samleng", place, rounds[0] if rounds else "", rounds[-1] if len(rounds) > 1 else "")
    return "-".join(filter(None, (re.sub("[^A-Za-z0-9]", "", part) for part in parts))) + format.suffix


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what may be one."""
    return _BEGINS_FORMULA.sub(r"\1'", text)


def _table(digests: Iterable[Digest], heads: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows(heads)
    writer.writerows([_in_table(cell) for cell in row.values()] for row in rows(digests))
    return (BOM + file.getvalue()).encode()


def _in_table(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case str():
            return harmless(cell)
        case date():
            return cell.isoformat()
        case int() | float():
            return f"{cell:g}" if isinstance(cell, float) else str(cell)


def _json(digests: Iterable[Digest]) -> bytes:
    body = {
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
        "rows": [list(row.values()) for row in rows(digests)],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode()
