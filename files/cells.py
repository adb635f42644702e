"""Cells as text, whatever kind of file they are from, and how much of them is read."""

from collections.abc import Iterable
from typing import Any

MAX_ROWS = 20_000
MAX_COLUMNS = 60
EXCEL_ROWS = 1_048_576

_MAX_CELL = 2_000

Grid = list[tuple[int, list[str]]]
"""The rows that say something, each with its number as the program that opens the file counts, from 1."""


class RefusedError(Exception):
    """A file that is not read, with what it is and what to do: "what: what to do"."""


class Formula(str):
    """A cell with a formula whose result is not in the file."""

    __slots__ = ()


class Fraction(str):
    """A cell that is kept as a number with a fraction: whether 2026.1 or 2026.10 was typed is not in the file."""

    __slots__ = ()


def grid_of(rows: Iterable[tuple[int, Iterable[Any]]]) -> Grid:
    """The rows that aren't empty, as text. Raises RefusedError where there are too many."""
    grid: Grid = []
    for number, row in rows:
        cells = [text_of(value) for value in row]
        if any(cells):
            grid.append((number, cells))
        if len(grid) > MAX_ROWS:
            raise RefusedError(f"a sheet has more than {MAX_ROWS} rows: keep only the tables that are needed")
    return grid


def text_of(value: Any) -> str:
    """A cell's text; runs of spaces and line breaks become one space."""
    if value is None:
        return ""
    if isinstance(value, Formula | Fraction):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Excel keeps every number as a fraction
    return " ".join(str(value)[:_MAX_CELL].split())
