"""The workbook's summary: for each session and service what came out, with a chart, made to be printed."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from conversations.facts import AtPoint
from conversations.notices import Digest
from digests.cells import FONT, Formats, both, in_both, put, put_row
from digests.columns import Cell, Kind
from digests.phrases import satisfied, wanted
from digests.rows import EN, KM, fit, name_of, released
from scorecard.card import SCALE, Criterion
from scorecard.change import Direction, change
from scorecard.disclosure import Figure, Release
from scorecard.highlights import highlights
from wording.catalogue import Wording
from wording.names import location_name, words
from wording.numerals import day

MOST_CHARTS = 60
"""More would make a workbook that phones and old machines open slowly; bars in the cells stay."""

_WIDTHS = (30, 30, 14, 38, 24, 34, 13, 13, 13)
_MEDIAN = 2
_CHART_COLUMN = 10
_CHART_WIDTH = 470
_HEAD_ROW = 1
_POINTS_TO_PIXELS = 4 / 3
_BLOCK_ROW, _CRITERION_ROW = 21, 40
"""Heights in points, for one line and for two lines of Khmer."""


def summary_sheet(book: Workbook, sheet: Worksheet, look: Formats, digests: Sequence[Digest]) -> None:
    """Fill the sheet: a block for each session and service point."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(_CHART_COLUMN - 1, _CHART_COLUMN - 1, 2)
    put(sheet, 0, 0, f"{_title(KM)} · {_title(EN)}", look.title)
    put_row(sheet, _HEAD_ROW, map(in_both, _HEADINGS), look.head)
    sheet.set_row(0, 27)
    sheet.set_row(_HEAD_ROW, 42)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    row, charts = _HEAD_ROW + 1, 0
    for digest in digests:
        for point, release in released(digest):
            first = _heading(sheet, look, row, digest, point, release)
            end = _criteria(sheet, look, first, digest, point, release)
            if release.ranked and charts < MOST_CHARTS:
                charts += 1
                height = (first - row) * _BLOCK_ROW + (end - first) * _CRITERION_ROW
                place = {"object_position": 2, "description": name_of(point, EN)}
                sheet.insert_chart(row, _CHART_COLUMN, _chart(book, first, end - 1, height), place)
            row = end + 1
    bars = {"type": "data_bar", "bar_color": "#7FA7D0", "min_type": "num", "min_value": 0, "max_type": "num"}
    sheet.conditional_format(_HEAD_ROW + 1, _MEDIAN, max(row, _HEAD_ROW + 1), _MEDIAN, {**bars, "max_value": SCALE[-1]})


def _title(say: Wording) -> str:
    return say.plain("What people said of their services")


_HEADINGS = (
    lambda say: say.plain("Criterion (Khmer)"),
    lambda say: say.plain("Criterion (English)"),
    lambda say: say.plain("Median, 1 to 5"),
    lambda say: say.plain("Satisfied (4 or 5)"),
    lambda say: say.plain("To keep or to improve"),
    lambda say: say.plain("Wanted first"),
    lambda say: say.plain("Last median"),
    lambda say: say.plain("Last round"),
    lambda say: say.plain("Change since"),
)


def _heading(sheet: Worksheet, look: Formats, row: int, digest: Digest, point: AtPoint, release: Release) -> int:
    """Where and when this was, and how many took part; the row below it."""
    for offset, say in enumerate((KM, EN)):
        line = f"{name_of(point, say)} · {fit(location_name(digest.at.location, say))}"
        put_row(sheet, row + offset, [line, *[None] * (len(_WIDTHS) - 1)], look.block)
    put_row(
        sheet, row + 2, [" · ".join(_when(digest, say) for say in (KM, EN)), *[None] * (len(_WIDTHS) - 1)], look.block
    )
    put(sheet, row + 2, 5, f"{_ballots(KM)} · {_ballots(EN)}", look.block)
    put(sheet, row + 2, 6, release.ballots, look.block_figure)
    for offset in range(3):
        sheet.set_row(row + offset, _BLOCK_ROW)
    return row + 3


def _when(digest: Digest, say: Wording) -> str:
    closed = day(digest.at.closes_at, say.language)
    if digest.villages:
        return say.plain("{villages} villages together, round {round}", villages=digest.villages, round=digest.at.round)
    return say.plain("Round {round}, closed on {day}", round=digest.at.round, day=closed)


def _ballots(say: Wording) -> str:
    return say.plain("Ballots")


def _criteria(sheet: Worksheet, look: Formats, row: int, digest: Digest, point: AtPoint, release: Release) -> int:
    """A row for each criterion; the row below them."""
    before = digest.last(point.id)
    for criterion in point.criteria:
        last = before.release.figure(criterion.key) if before is not None else None
        figure = release.figure(criterion.key)
        put_row(sheet, row, [fit(words(criterion.label, language)) for language in ("km", "en")], look.wrapped)
        put(sheet, row, _MEDIAN, figure.median if figure else None, look.of[Kind.MEDIAN])
        put(sheet, row, 3, _satisfied(release, criterion), look.wrapped)
        put(sheet, row, 4, _highlight(release, criterion), look.wrapped)
        put(sheet, row, 5, _wanted(release, criterion), look.wrapped)
        put(sheet, row, 6, last.median if last else None, look.of[Kind.MEDIAN])
        put(sheet, row, 7, fit(before.round) if before and last else None, look.wrapped)
        put(sheet, row, 8, _change(figure, last), look.wrapped)
        sheet.set_row(row, _CRITERION_ROW)
        row += 1
    return row


def _satisfied(release: Release, criterion: Criterion) -> Cell:
    figure = release.figure(criterion.key)
    if figure is None:
        return in_both(lambda say: say.plain("Too few answers to show."))
    merged = bool(release.merges)
    return both(satisfied(figure.satisfied, KM, merged=merged), satisfied(figure.satisfied, EN, merged=merged))


def _highlight(release: Release, criterion: Criterion) -> Cell:
    told = highlights(release)
    if any(figure.criterion == criterion.key for figure in told.strengths):
        return in_both(lambda say: say.plain("To keep"))
    if any(figure.criterion == criterion.key for figure in told.improve):
        return in_both(lambda say: say.plain("To improve"))
    return None


def _wanted(release: Release, criterion: Criterion) -> Cell:
    wish = next((wish for wish in release.wishes if wish.criterion == criterion.key), None)
    merged = bool(release.merges)
    return both(wanted(wish.share, KM, merged=merged), wanted(wish.share, EN, merged=merged)) if wish else None


def _change(figure: Figure | None, last: Figure | None) -> Cell:
    changed = change(figure, last) if figure is not None else None
    match changed.direction if changed is not None else None:
        case Direction.UP:
            return in_both(lambda say: say.plain("▲ better"))
        case Direction.DOWN:
            return in_both(lambda say: say.plain("▼ worse"))
        case Direction.SAME:
            return in_both(lambda say: say.plain("→ the same"))
        case None:
            return None


def _chart(book: Workbook, first: int, last: int, height: float) -> Any:
    """A bar for each criterion's median, in the order of the rows."""
    chart = book.add_chart({"type": "bar"})
    font = {"name": FONT, "size": 9}
    chart.add_series(
        {
            "categories": ["Summary", first, 0, last, 0],
            "values": ["Summary", first, _MEDIAN, last, _MEDIAN],
            "fill": {"color": "#3D6FA5"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.0", "font": font},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_x_axis({"min": SCALE[0], "max": SCALE[-1], "major_unit": 1, "num_format": "0", "num_font": font})
    chart.set_y_axis({"reverse": True, "crossing": "max", "num_font": font})
    chart.set_size({"width": _CHART_WIDTH, "height": max(180, height * _POINTS_TO_PIXELS)})
    return chart
