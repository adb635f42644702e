"""The workbook for partners: a summary to print, all data, the report that ISAF partners know, a data dictionary."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from digests.cells import FONT, Formats, Sheet, formats
from digests.columns import COLUMNS, Column, Kind
from digests.dictionary_sheet import dictionary_sheet
from digests.report_sheet import ReportSheet
from digests.rows import EN, KM, rows
from digests.summary_sheet import SummarySheet
from scorecard.digest import Digest

MOST_ROWS = 1_048_575
"""What a sheet holds beside its header."""

_WIDTHS = {Kind.TEXT: 12, Kind.WHOLE: 9, Kind.MEDIAN: 9, Kind.PERCENT: 9, Kind.DAY: 12, Kind.YES_NO: 9}
_NAME_WIDTH = 28


class TooLongError(Exception):
    """The digests have more rows than a sheet can hold."""


def workbook(digests: Iterable[Digest], file: IO[bytes], folder: Path | None = None) -> None:
    """Write an .xlsx file; the same digests make the same bytes. Raises TooLongError.

    folder: where rows wait until all are there, instead of the system's folder for temporary files.
    """
    with TemporaryDirectory(prefix="samleng-", dir=folder) as waiting:
        never_read_into = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        usual = {"default_format_properties": {"font_name": FONT, "font_size": 11}}
        zipped = io.BytesIO()  # small beside its rows, and never full
        book = Workbook(zipped, {**never_read_into, **usual, "tmpdir": waiting})
        try:
            _fill(book, digests)
            _close(book)
        finally:
            for sheet in book.worksheets():
                sheet.drop()
    file.write(zipped.getbuffer())


def _close(book: Workbook) -> None:
    """Have the file made. What the system refuses is raised anew, so that nothing holds the zip that was begun.

    Whatever held it longer would have it closed when its file is gone, which Python complains of.
    """
    try:
        book.close()
    except FileCreateError as fault:
        refused = fault.args[0].args
    else:
        return
    raise OSError(*refused)


def _fill(book: Workbook, digests: Iterable[Digest]) -> None:
    look = formats(book)
    sheets = [book.add_worksheet(name, Sheet) for name in ("Summary", "Data", "Report", "Dictionary")]
    summary, data, report = (
        SummarySheet(book, sheets[0], look),
        DataSheet(sheets[1], look),
        ReportSheet(sheets[2], look),
    )
    dictionary_sheet(sheets[3], look)
    for sheet in sheets:
        _set_up_print(sheet)
    newest: datetime | None = None
    for digest in digests:
        newest = max(newest or digest.session.closes_at, digest.session.closes_at)
        for sheet in (summary, data, report):
            sheet.add(digest)
    if newest is not None:
        book.set_properties({"created": newest.astimezone(UTC).replace(tzinfo=None)})
    summary.finish()
    data.finish()


class DataSheet:
    """All data: a line for each row that every format has."""

    def __init__(self, sheet: Sheet, look: Formats) -> None:
        self._sheet = sheet
        sheet.set_columns(map(_width, COLUMNS), [look.of[column.kind] for column in COLUMNS])
        sheet.put([column.name for column in COLUMNS], look.head)
        sheet.freeze_panes(1, 0)

    def add(self, digest: Digest) -> None:
        """Put the rows of a session."""
        for row in rows([digest]):
            if self._sheet.next > MOST_ROWS:
                raise TooLongError
            self._sheet.put(tuple(row.values()))

    def finish(self) -> None:
        """Let the header filter all rows, and codes be text without a mark that they look like numbers."""
        self._sheet.autofilter(0, 0, self._sheet.next - 1, len(COLUMNS) - 1)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self._sheet.next}"})


def _width(column: Column) -> int:
    """Names need room; a heading shall be legible beside its filter's button."""
    is_name = column.name.endswith(("_km", "_en"))
    return max(_NAME_WIDTH if is_name else _WIDTHS[column.kind], len(column.name) + 4)


def _set_up_print(sheet: Sheet) -> None:
    """A4 across, as wide as the page, with title, sheet and page numbers."""
    title = " · ".join(say.plain("Community scorecard") for say in (KM, EN))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.set_header(f'&L&"{FONT},Bold"{title}&R&A')
    sheet.set_footer(f'&L&"{FONT},Regular"Samleng&R&P / &N')
