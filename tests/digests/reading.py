"""Reads exports back, each with a program that knows nothing of ours: rows as column to text, None for nothing."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from digests.export import Format

Row = dict[str, Any]


def read(content: bytes, format_: Format) -> list[Row]:
    """The rows of an export's data, with the same values whatever the format."""
    if format_ is Format.JSON:
        body = json.loads(content)
        names = [column["name"] for column in body["columns"]]
        return [dict(zip(names, map(_value, row), strict=True)) for row in body["rows"]]
    if format_ is Format.XLSX:
        heads, *lines = book(content)["Data"].iter_rows(values_only=True)
        return [dict(zip(heads, map(_value, line), strict=True)) for line in lines]
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [dict(zip(heads, map(_value, line), strict=True)) for line in lines[format_ is Format.HXL :]]


def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _value(cell: Any) -> str | None:
    """A value as text: what a cell shows, without its type."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return f"{cell:g}" if isinstance(cell, int | float) else cell
