"""The workbook for partners: a summary to print, all data, the report that ISAF partners know, a data dictionary."""

import io
from collections.abc import Sequence
from datetime import UTC

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from conversations.notices import Digest
from digests.cells import FONT, Formats, formats, put_row
from digests.columns import COLUMNS, Column, Kind
from digests.dictionary_sheet import dictionary_sheet
from digests.report_sheet import report_sheet
from digests.rows import EN, KM, rows
from digests.summary_sheet import summary_sheet

MOST_ROWS = 1_048_575
"""What a sheet holds beside its header."""

_WIDTHS = {Kind.TEXT: 12, Kind.WHOLE: 9, Kind.MEDIAN: 9, Kind.PERCENT: 9, Kind.DAY: 12, Kind.YES_NO: 9}
_NAME_WIDTH = 28


class TooLongError(Exception):
    """The digests have more rows than a sheet can hold."""


def workbook(digests: Sequence[Digest]) -> bytes:
    """An .xlsx file; the same digests make the same bytes. Raises TooLongError."""
    file = io.BytesIO()
    never_read_into = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(file, {**never_read_into, "default_format_properties": {"font_name": FONT, "font_size": 11}})
    if digests:
        newest = max(digest.at.closes_at for digest in digests)
        book.set_properties({"created": newest.astimezone(UTC).replace(tzinfo=None)})
    look = formats(book)
    sheets = [book.add_worksheet(name) for name in ("Summary", "Data", "Report", "Dictionary")]
    summary_sheet(book, sheets[0], look, digests)
    _data_sheet(sheets[1], look, digests)
    report_sheet(sheets[2], look, digests)
    dictionary_sheet(sheets[3], look)
    for sheet in sheets:
        _set_up_print(sheet)
    book.close()
    return file.getvalue()


def _data_sheet(sheet: Worksheet, look: Formats, digests: Sequence[Digest]) -> None:
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, _width(column), look.of[column.kind])
    put_row(sheet, 0, [column.name for column in COLUMNS], look.head)
    last = 0
    for last, row in enumerate(rows(digests), start=1):
        if last > MOST_ROWS:
            raise TooLongError
        put_row(sheet, last, row.values())
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def _width(column: Column) -> int:
    """Names need room; a heading shall be legible beside its filter's button."""
    is_name = column.name.endswith(("_km", "_en"))
    return max(_NAME_WIDTH if is_name else _WIDTHS[column.kind], len(column.name) + 4)


def _set_up_print(sheet: Worksheet) -> None:
    """A4 across, as wide as the page, with title, sheet and page numbers."""
    title = " · ".join(say.plain("Community scorecard") for say in (KM, EN))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.set_header(f'&L&"{FONT},Bold"{title}&R&A')
    sheet.set_footer(f'&L&"{FONT},Regular"Samleng&R&P / &N')
