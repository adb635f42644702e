"""Workbooks as NCDD's gazetteer is downloaded: a title, an empty line, headings; codes are figures."""

from pathlib import Path

import openpyxl

HEADINGS = ["Type", "Code", "Name (Khmer)", "Name (Latin)", "Reference", "Official Note", "Note (by Checker)"]
TAKEO = [
    ["ស្រុក", 2106, "ព្រៃកប្បាស", "Prey Kabbas", "ប្រកាសលេខ ៤៩៣ ប្រ.ក", None, None],
    ["ឃុំ", 210601, "អង្កាញ់", "Angkanh", "ប្រកាសលេខ ៤៩៣ ប្រ.ក", None, None],
    ["ភូមិ", 21060101, 'ប្រសូត្រ "ក"', "Prasoutr Ka", "ប្រកាសលេខ ៤៩៣ ប្រ.ក", "កែឈ្មោះ", None],
    ["ភូមិ", 21060102, "១០មករា", "Dab Meakkakra", None, None, None],
    ["ក្រុង", 2108, "ក្រុងដូនកែវ", "Doun Kaev Municipality", None, None, None],
    ["ឃុំ", 210801, "សង្កាត់បារាយណ៍", "Baray Sangkat", None, None, None],
]


def written(path: Path, *rows: list[object], title: str = 'List of Gazetter Code for "Takeo"') -> Path:
    """A workbook with these rows below the headings, at a path."""
    book = openpyxl.Workbook()
    for row in ([title], [], HEADINGS, *rows):
        book.active.append(row)
    book.save(path)
    return path
