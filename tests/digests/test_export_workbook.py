"""The workbook: what a partner sees, read back with another library."""

import gc
import io
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from effort import examples
from hypothesis import given
from reading import book
from villages import digest, digests

from digests import workbook
from digests.columns import COLUMNS
from digests.export import Format, export, write
from digests.phrases import satisfied
from digests.report_sheet import REPORT
from digests.summary_sheet import MOST_CHARTS
from scorecard.card import OVERALL
from scorecard.change import change
from scorecard.digest import Digest
from scorecard.disclosure import Verdict
from wording.catalogue import Wording

SOME = examples(12)
KM, EN = Wording("km"), Wording("en")


def numbers(some: list[Digest]) -> set[float]:
    """Every number that a workbook may hold: released, an id, a place in a ranking, the report's own columns."""
    may: set[float] = {1}
    may |= set(range(1, 1 + sum(len(point.criteria) for one in some for point in one.session.points)))
    for one in some:
        may |= {one.session.id, *(point.id for point in one.session.points)}
        for release in (*one.releases, *(before.release for before in one.before)):
            may |= {release.ballots or 1, *range(1, 1 + len(release.wishes))}
            for figure in release.figures:
                may |= {figure.median} if figure.median else set()
                may |= {figure.satisfied} if isinstance(figure.satisfied, int) else set()
        for last in one.before:
            may |= set(change(one.release(last.release.point), last.release).points or ())
    return may


@SOME
@given(digests())
def test_no_sheet_holds_a_number_that_was_not_released(some: list[Digest]):
    """Whatever is a number on any sheet stands in a release, or names something; and nothing is a formula."""
    may = numbers(some)
    for sheet in book(export(some, Format.XLSX)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"n", "s", "b", "d"}, cell.coordinate
                if cell.data_type == "n" and cell.value is not None:
                    assert cell.value in may, (sheet.title, cell.coordinate)


SAID = {Verdict.BETTER: "▲ better", Verdict.WORSE: "▼ worse", Verdict.UNSURE: "can’t tell yet"}


@SOME
@given(digests())
def test_the_summary_says_what_was_released(some: list[Digest]):
    """Block by block: ballots, and for each criterion median, share in words and last round's median."""
    lines = [[cell.value for cell in row] for row in book(export(some, Format.XLSX))["Summary"].iter_rows(min_row=3)]
    found = iter(lines)
    for one in some:
        for point in one.session.points:
            release, last = one.release(point.id), one.last(point.id)
            next(found), next(found)
            assert next(found)[6] == release.ballots
            for criterion in point.criteria:
                km, en, median, share, _, _, before, round_, changed, *_ = next(found)
                figure = release.figure(criterion.key)
                old = last and last.release.figure(criterion.key)
                assert (km, en) == (criterion.label["km"], criterion.label["en"])
                assert median == (figure.median if figure else None)
                assert (before, round_) == ((old.median, last.round) if old else (None, None))
                since = last and change(release, last.release)
                told = since and (criterion.key == OVERALL or criterion.key in since.criteria)
                assert (changed and changed.split("\n")[1]) == (SAID[since.verdict] if told else None)
                said = satisfied(figure.said(in_tens=one.in_tens), EN) if figure else "Too few answers to show."
                assert share.split("\n")[1:] == [said]
            next(found, None)


@SOME
@given(digests())
def test_the_report_is_filled_as_far_as_the_door_allows(some: list[Digest]):
    """A line for each criterion; people counted once a scorecard; how many gave a score is empty; no groups."""
    heads, *lines = book(export(some, Format.XLSX))["Report"].iter_rows(values_only=True)
    place = {head.split("\n")[1]: i for i, head in enumerate(heads)}
    found = iter(lines)
    for one in some:
        for point in one.session.points:
            release = one.release(point.id)
            for position, criterion in enumerate(point.criteria):
                line = next(found)
                figure = release.figure(criterion.key)
                first = place["1 = very dissatisfied"]
                assert list(line[first : first + 5]) == [None] * 5
                assert line[place["Median"]] == (figure.median if figure else None)
                assert line[place["Participants"]] == (None if position else release.ballots)
                assert line[place["Scorecard ID"]] == f"{one.session.id}-{point.id}"
                assert {line[place[name]] for name in ("Male", "Female", "Youth (15-30)", "Disability")} == {None}
                assert line[place["Month and year of the meeting"]].date() == date(2026, 11, 25)
    assert next(found, None) is None


def test_the_report_has_the_columns_that_partners_know():
    """The order of the scorecard report in use, so that lines can be pasted below it."""
    heads = next(book(export([digest()], Format.XLSX))["Report"].iter_rows(max_row=1, values_only=True))
    assert [head.split("\n")[1] for head in heads] == [
        *("No.", "Scorecard ID", "Status", "Province", "District", "Commune", "Local organisation", "Running mode"),
        *("Number of facilitators", "Participants", "Male", "Female", "Youth (15-30)", "ID-Poor card"),
        *("Ethnic minority", "Disability", "Type (1 = community, 2 = self-assessment)", "Service", "Service provider"),
        *("Criterion", "Own criterion", "Raised by women", "Raised by youth", "Raised by ethnic minority"),
        *("Raised by ID-Poor card holders", "Raised by people with a disability", "1 = very dissatisfied"),
        *("2 = dissatisfied", "3 = acceptable", "4 = satisfied", "5 = very satisfied", "Median", "Strengths"),
        *("Points to improve", "Suggested actions", "Selected actions", "Month and year of the meeting"),
    ]
    assert heads[3].split("\n")[0] == "ខេត្ត/រាជធានី"


def test_the_data_can_be_worked_with():
    """The header stays in sight and filters; numbers, days and codes are what they are, in a font for Khmer."""
    sheet = book(export([digest(60, seed=0)], Format.XLSX))["Data"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    first = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (first["median"].number_format, first["median"].data_type) == ("0.0", "n")
    assert (first["closed_on"].number_format, first["closed_on"].is_date) == ("yyyy-mm-dd", True)
    assert first["satisfied_percent"].number_format == '0"%"'
    assert (first["commune_code"].value, first["commune_code"].number_format) == ("210601", "@")
    assert {cell.font.name for cell in (*sheet[1], *sheet[2])} == {"Khmer OS Battambang"}
    assert all(sheet.column_dimensions[cell.column_letter].width > len(cell.value) for cell in sheet[1][:9])


def test_the_summary_can_be_printed():
    """A4 across, as wide as a page, its heading on each page, with numbers on the pages and a chart per service."""
    sheet = book(export([digest(40)], Format.XLSX))["Summary"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.freeze_panes == "A3"
    assert "Khmer OS Battambang" in sheet.oddHeader.left.font
    assert sheet.oddFooter.right.text == "&P / &N"


def test_a_chart_shows_the_medians_on_the_scale():
    """Each chart's bars are its own block's medians, on an axis from 1 to 5; it knows them without the cells too."""
    content = export([digest(40), digest(5, session=2)], Format.XLSX)
    sheet = book(content)["Summary"]
    charts = sheet._charts
    assert len(charts) == 3
    for chart in charts:
        (series,) = chart.series
        assert (chart.barDir, chart.y_axis.scaling.min, chart.y_axis.scaling.max) == ("bar", 1, 5)
        labels, values = (ref.split("!")[1].replace("$", "") for ref in (series.cat.strRef.f, series.val.numRef.f))
        row = chart.anchor._from.row + 1
        assert sheet[labels.split(":")[0]].row == row + 3
        assert [cell.value for (cell,) in sheet[values]] == [cell.value for cell in sheet["C"][row + 2 : row + 8]]
        assert labels.replace("A", "C") == values
        medians = {place: cell.value for place, (cell,) in enumerate(sheet[values]) if cell.value is not None}
        assert {point.idx: point.v for point in series.val.numRef.numCache.pt} == medians
        assert [point.v for point in series.cat.strRef.strCache.pt] == [cell.value for (cell,) in sheet[labels]]


def test_a_chart_stands_beside_its_block():
    """It begins and ends with the rows that it is about, however high they are."""
    for chart in book(export([digest(40), digest(40, session=2)], Format.XLSX))["Summary"]._charts:
        begins, ends = chart.anchor._from.row, chart.anchor.to.row
        assert (begins - 2) % 10 == 0
        assert ends in {begins + 8, begins + 9}


def test_many_services_have_no_chart_each():
    """A programme's workbook stays one that an old machine can open."""
    sheet = book(export([digest(20, session=s) for s in range(1, 26)], Format.XLSX))["Summary"]
    assert len(sheet._charts) == MOST_CHARTS
    (bars,) = sheet.conditional_formatting
    assert bars.sqref.ranges


def test_the_dictionary_explains_every_column():
    """Every column of Data and Report is there in Khmer and English, with the tag and the kind that Data's has."""
    sheet = book(export([], Format.XLSX))["Dictionary"]
    lines = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    for column in COLUMNS:
        assert (column.name, column.kind.value, column.tag, column.about(KM), column.about(EN)) in lines
    for column in REPORT:
        assert (column.heading(KM), column.heading(EN), None, column.about(KM), column.about(EN)) in lines


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch, tmp_path):
    """What does not fit is never left out in silence, and what was written until then is gone."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 20)
    with pytest.raises(workbook.TooLongError):
        write([digest(40)], Format.XLSX, io.BytesIO(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_the_system_refuses_is_told_as_it_is(tmp_path):
    """A folder that is gone when the file is made: whoever asked hears of that, and of nothing left half done."""

    def given_() -> Iterator[Digest]:
        yield digest(40)
        (waiting,) = tmp_path.iterdir()
        shutil.rmtree(waiting)

    with pytest.raises(FileNotFoundError):
        write(given_(), Format.XLSX, io.BytesIO(), tmp_path)
    gc.collect()


def test_the_same_digests_make_the_same_bytes():
    """A file that is sent again needs no second look."""
    assert export([digest(40)], Format.XLSX) == export([digest(40)], Format.XLSX)
