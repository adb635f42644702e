"""The workbook's summary: for each session and service what came out, with a chart, made to be printed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from digests.cells import FONT, Formats, Sheet, in_both
from digests.columns import Cell, Kind
from digests.phrases import satisfied, wanted
from digests.rows import EN, KM, fit, name_of, released
from scorecard.card import OVERALL, SCALE
from scorecard.change import change
from scorecard.digest import Digest
from scorecard.disclosure import Release, Share, ShareWord, Verdict
from scorecard.highlights import highlights
from scorecard.place import ServicePoint
from wording.catalogue import Wording
from wording.names import location_name, words
from wording.numerals import day

MOST_CHARTS = 60
"""More would make a workbook that phones and old machines open slowly; bars in the cells stay."""

_WIDTHS = (30, 30, 14, 38, 24, 34, 13, 13, 13)
_MEDIAN, _LAST_MEDIAN = 2, 6
_CHART_COLUMN = 10
_CHART_WIDTH = 470
_HEAD_ROW = 1
_POINTS_TO_PIXELS = 4 / 3
_BLOCK_ROW, _CRITERION_ROW = 21, 40
"""Heights in points, for one line and for two lines of Khmer."""

TableRow = tuple[Cell, ...]
"""A row of the summary, in the order of `_HEADINGS`."""


class SummarySheet:
    """A block for each session and service point."""

    def __init__(self, book: Workbook, sheet: Sheet, look: Formats) -> None:
        self._book, self._sheet, self._look = book, sheet, look
        self._charts = 0
        looks = [look.wrapped] * len(_WIDTHS)
        looks[_MEDIAN] = looks[_LAST_MEDIAN] = look.of[Kind.MEDIAN]
        sheet.set_columns(_WIDTHS, looks)
        sheet.set_column(_CHART_COLUMN - 1, _CHART_COLUMN - 1, 2)
        sheet.put([f"{_title(KM)} · {_title(EN)}"], look.title, height=27)
        sheet.put([in_both(heading) for heading in _HEADINGS], look.head, height=42)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.repeat_rows(_HEAD_ROW)

    def add(self, digest: Digest) -> None:
        """Put the blocks of a session."""
        where = [fit(location_name(digest.session.location, say)) for say in (KM, EN)]
        when = " · ".join(_when(digest, say) for say in (KM, EN))
        for point, release in released(digest):
            top = self._sheet.next
            for say, here in zip((KM, EN), where, strict=True):
                self._put_heading(self._look.block, f"{name_of(point, say)} · {here}")
            ballots = f"{_ballots(KM)} · {_ballots(EN)}"
            self._put_heading(self._look.block_figure, when, None, None, None, None, ballots, release.ballots)
            lines = list(_lines(digest, point, release))
            for line in lines:
                self._sheet.put(line, height=_CRITERION_ROW)
            if release.told and self._charts < MOST_CHARTS:
                self._put_chart(top, lines, name_of(point, EN))
            self._sheet.skip()

    def finish(self) -> None:
        """Draw bars into the cells of the medians."""
        bars = {"type": "data_bar", "bar_color": "#7FA7D0", "min_type": "num", "min_value": 0, "max_type": "num"}
        scaled = {**bars, "max_value": SCALE[-1]}
        first = _HEAD_ROW + 1
        self._sheet.conditional_format(first, _MEDIAN, max(self._sheet.next, first), _MEDIAN, scaled)

    def _put_chart(self, top: int, lines: Sequence[TableRow], about: str) -> None:
        """Stand a chart beside the block that begins in the row `top`."""
        self._charts += 1
        first = self._sheet.next - len(lines)
        for row in range(top, self._sheet.next):  # by these XlsxWriter knows where the chart ends
            self._sheet.set_row(row, _CRITERION_ROW if row >= first else _BLOCK_ROW)
        place = {"object_position": 2, "description": about}
        self._sheet.insert_chart(top, _CHART_COLUMN, _chart(self._book, first, lines), place)

    def _put_heading(self, look: Format, *cells: Cell) -> None:
        """A row above the criteria, as wide as they are."""
        self._sheet.put([*cells, *[None] * (len(_WIDTHS) - len(cells))], look, height=_BLOCK_ROW)


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


def _when(digest: Digest, say: Wording) -> str:
    closed = day(digest.session.closes_at, say.language)
    if digest.villages:
        return say.plain(
            "{villages} villages together, round {round}", villages=digest.villages, round=digest.session.round
        )
    return say.plain("Round {round}, closed on {day}", round=digest.session.round, day=closed)


def _ballots(say: Wording) -> str:
    return say.plain("People who scored")


def _lines(digest: Digest, point: ServicePoint, release: Release) -> Iterator[TableRow]:
    """A row for each criterion."""
    in_tens, merged, before = digest.in_tens, bool(release.merges), digest.last(point.id)
    told = highlights(release, in_tens=in_tens)
    changed = change(release, before.release) if before is not None else None
    keep, improve = ({figure.criterion for figure in some} for some in (told.strengths, told.improve))
    wishes = {wish.criterion: wish.share for wish in release.wishes}
    for criterion in point.criteria:
        key = criterion.key
        figure = release.figure(key)
        last = before.release.figure(key) if before is not None else None
        wish = wishes.get(key)
        yield (
            fit(words(criterion.label, "km")),
            fit(words(criterion.label, "en")),
            figure.median if figure else None,
            _satisfied(figure.said(in_tens=in_tens) if figure else None, merged=merged),
            _highlight(keep=key in keep, improve=key in improve),
            None if wish is None else _wanted(wish, merged=merged),
            last.median if last else None,
            fit(before.round) if before and last else None,
            _verdict(changed.verdict) if changed and key in (OVERALL, *changed.criteria) else None,
        )


@lru_cache
def _satisfied(share: Share | None, *, merged: bool) -> str:
    if share is None:
        return in_both(lambda say: say.plain("Too few answers to show."))
    return in_both(lambda say: satisfied(share, say, merged=merged))


@lru_cache
def _wanted(share: ShareWord, *, merged: bool) -> str:
    return in_both(lambda say: wanted(share, say, merged=merged))


@lru_cache
def _highlight(*, keep: bool, improve: bool) -> str | None:
    if keep:
        return in_both(lambda say: say.plain("To keep"))
    return in_both(lambda say: say.plain("To improve")) if improve else None


@lru_cache
def _verdict(verdict: Verdict) -> str:
    match verdict:
        case Verdict.BETTER:
            return in_both(lambda say: say.plain("▲ better"))
        case Verdict.WORSE:
            return in_both(lambda say: say.plain("▼ worse"))
        case Verdict.UNSURE:
            return in_both(lambda say: say.plain("can’t tell yet"))


def _chart(book: Workbook, first: int, lines: Sequence[TableRow]) -> Any:
    """A bar for each median of these lines, which stand in the sheet from the row `first` on."""
    chart = book.add_chart({"type": "bar"})
    font = {"name": FONT, "size": 9}
    last = first + len(lines) - 1
    chart.add_series(
        {
            "categories": ["Summary", first, 0, last, 0],
            "categories_data": [line[0] for line in lines],  # for programs that draw a chart without its cells
            "values": ["Summary", first, _MEDIAN, last, _MEDIAN],
            "values_data": [None if line[_MEDIAN] is None else f"{line[_MEDIAN]:g}" for line in lines],
            "fill": {"color": "#3D6FA5"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.0", "font": font},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_x_axis({"min": SCALE[0], "max": SCALE[-1], "major_unit": 1, "num_format": "0", "num_font": font})
    chart.set_y_axis({"reverse": True, "crossing": "max", "num_font": font})
    height = 3 * _BLOCK_ROW + len(lines) * _CRITERION_ROW
    chart.set_size({"width": _CHART_WIDTH, "height": max(180, height * _POINTS_TO_PIXELS)})
    return chart
