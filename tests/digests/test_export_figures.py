"""Exports say what was released: the same in every format, in the text, and nothing else."""

import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import hxl
import pytest
from effort import examples
from hypothesis import given
from reading import Row, book, read
from villages import digest, digests

from digests.columns import COLUMNS, Kind
from digests.export import Format, export, file_name
from digests.phrases import satisfied
from digests.rows import rows
from digests.text import digest_text
from scorecard.card import OVERALL
from scorecard.change import change
from scorecard.digest import Digest
from scorecard.disclosure import Share, ShareWord, Words, stands_for
from scorecard.highlights import highlights
from scorecard.place import Place
from wording.catalogue import Wording
from wording.names import point_name

SOME = examples(15)
FIGURES = [c.name for c in COLUMNS if c.kind in {Kind.WHOLE, Kind.MEDIAN, Kind.PERCENT} or c.name.endswith("_word")]


def told(given_: Iterable[Digest]) -> Iterator[Row]:
    """What the rows must say, looked up in the releases."""
    for one in given_:
        for point in one.session.points:
            release = one.release(point.id)
            last = one.last(point.id)
            for criterion in point.criteria:
                groups = [f.group for f in release.figures if f.criterion == criterion.key]
                for group in groups or ["all"]:
                    row = dict.fromkeys(FIGURES)
                    row |= {"session": one.session.id, "point": point.id, "criterion": criterion.key, "group": group}
                    row["ballots"] = release.ballots
                    figure = release.figure(criterion.key, group)
                    before = last and last.release.figure(criterion.key, group)
                    row["too_few"] = "false" if figure else "true"
                    row["previous_median"] = before and before.median
                    row["previous_round"] = before and last.round
                    row["change"], row["compared"] = None, None
                    changed = change(release, last.release) if last and group == "all" else None
                    if changed and criterion.key in (OVERALL, *changed.criteria):
                        row["change"] = changed.verdict
                    if criterion.key == OVERALL and group == "all":
                        row["compared"] = release.compared
                        points = (changed and changed.points) or (None, None)
                        row["change_least"], row["change_most"] = points
                    if figure:
                        row["median"] = figure.median
                        row["satisfied_word"] = figure.word or figure.satisfied
                        row["satisfied_percent"] = figure.satisfied if figure.word else None
                    for rank, wish in enumerate(release.wishes, 1):
                        if group == "all" and wish.criterion == criterion.key:
                            row["wish_rank"] = rank
                            row["wanted_word"] = wish.share
                    yield {
                        name: f"{value:g}" if isinstance(value, int | float) else value and str(value)
                        for name, value in row.items()
                    }


@SOME
@given(digests())
def test_every_format_says_what_was_released(some: list[Digest]):
    """Row by row every figure is the release's, where there is none the cell is empty, and no row is missing."""
    expected = list(told(some))
    for format_ in Format:
        found = read(export(some, format_), format_)
        assert [{name: row[name] for name in expected[0]} for row in found] == expected, format_


@SOME
@given(digests())
def test_every_format_has_the_same_rows(some: list[Digest]):
    """Names, codes, days and flags don't differ between formats either."""
    expected = read(export(some, Format.JSON), Format.JSON)
    for format_ in (Format.CSV, Format.HXL, Format.XLSX):
        assert read(export(some, format_), format_) == expected, format_


@SOME
@given(digests())
def test_the_text_says_what_the_export_says(some: list[Digest]):
    """Medians, shares and what is to be kept or improved are the same in a group's message and in the file."""
    say = Wording("en")
    exported = read(export(some, Format.CSV), Format.CSV)
    for one in some:
        text = html.unescape(digest_text(one, ("en",)))
        for point in one.session.points:
            name = point_name(point.service, point.km, point.en, point.location, say)
            block = text.split(f"<b>{name}</b>")[1].split("\n\n")[0]
            lines = [row for row in exported if row["point"] == str(point.id) and row["group"] == "all"]
            by_label = {row["criterion_en"]: row for row in lines}
            shown = re.findall(r"^\S+ (.+): ([\d.]+) of 5, (.+?)(?: \((.+)\))?$", block, re.MULTILINE)
            overall = [found for found in shown if by_label.get(found[0], {}).get("criterion") == OVERALL]
            shown = [found for found in shown if found not in overall]
            assert len(overall) == sum(row["criterion"] == OVERALL and row["median"] is not None for row in lines)
            for _, median, share, _ in overall:
                assert (median, share) == (lines[-1]["median"], satisfied(_share(lines[-1], one), say))
            if same := [found for found in shown if found[0].endswith("points, all the same")]:
                (_, median, share, _) = same[0]
                known = [row for row in lines if row["median"] is not None and row["criterion"] != OVERALL]
                assert {(row["median"], satisfied(_share(row, one), say)) for row in known} == {(median, share)}
                assert same == shown
                shown = []
            for label, median, share, changed in shown:
                row = by_label[label]
                assert changed == _changed(row, say)
                assert (row["median"], satisfied(_share(row, one), say)) == (median, share)
                assert row["highlight"] == ("keep" if block.index(label) < _improve_at(block) else "improve")
            assert len(shown) == len([row for row in lines if row["highlight"]])
            if lines[0]["ballots"] is not None:
                how = "Answers" if lines[0]["villages"] else "People who scored"
                assert f"{how}: {lines[0]['ballots']}" in block


def _changed(row: Row, say: Wording) -> str:
    """What the text says of a criterion's change, where it has one."""
    if row["change"] == "better":
        return say.plain("more are satisfied than in {round}", round=row["previous_round"])
    return (
        say.plain("fewer are satisfied than in {round}", round=row["previous_round"])
        if row["change"] == "worse"
        else ""
    )


def _share(row: Row, one: Digest) -> Share:
    percent = row["satisfied_percent"]
    return ShareWord(row["satisfied_word"]) if percent is None or not one.in_tens else int(percent)


def _improve_at(block: str) -> int:
    return block.find("To improve:") if "To improve:" in block else len(block)


def test_highlights_are_the_digests():
    """What is flagged in the rows is what poster and text call strengths and points to improve."""
    one = digest(40, seed=3)
    release = one.releases[0]
    flagged = {
        (row["criterion"], row["highlight"])
        for row in rows([one])
        if row["point"] == release.point and row["highlight"] is not None
    }
    known = highlights(release, in_tens=one.in_tens)
    assert flagged == {(f.criterion, "keep") for f in known.strengths} | {
        (f.criterion, "improve") for f in known.improve
    }
    assert flagged


def test_rows_have_the_columns_in_their_order():
    """The one list of columns is the order of every row, and each tag stands once."""
    names = [column.name for column in COLUMNS]
    assert all(list(row) == names for row in rows([digest(40), digest(5)]))
    assert len({column.tag for column in COLUMNS}) == len(set(names)) == len(names)


def test_villages_put_together_say_so():
    """Rows of a whole commune repeat its villages' people: who adds them up must be able to see that."""
    merged, own = replace(digest(40), villages=3, each_of=(3,)), digest(40, session=2)
    lines = read(export([merged, own], Format.XLSX), Format.XLSX)
    assert {(line["session"], line["villages"]) for line in lines} == {("1", "3"), ("2", None)}
    summary = [row[0].value or "" for row in book(export([merged, own], Format.XLSX))["Summary"].iter_rows()]
    assert sum("3 villages together, round 2026" in text for text in summary) == len(merged.releases)


def test_a_word_and_tens_agree():
    """Where a share is told in tens, the word beside it is one that they can stand for: the door let out both."""
    seen = set()
    for row in read(export([digest(60, seed=s, session=s) for s in range(9)], Format.CSV), Format.CSV):
        assert (row["satisfied_word"] is None) is (row["too_few"] == "true")
        if row["satisfied_percent"] is not None:
            low, high = stands_for(ShareWord(row["satisfied_word"]), Words.FIVE)
            assert low - 5 <= int(row["satisfied_percent"]) <= high + 5
            seen.add(row["satisfied_percent"])
    assert len(seen) > 3


@pytest.fixture
def offline(monkeypatch):
    """Whatever asks another machine fails."""

    def no(*_, **__):
        raise AssertionError("asked another machine")

    monkeypatch.setattr("socket.socket.connect", no)
    monkeypatch.setattr("socket.getaddrinfo", no)


def hxl_faults(content: bytes) -> list[str]:
    faults: list[str] = []
    schema = hxl.schema(None, callback=lambda fault: faults.append(f"{fault.rule.severity}: {fault.message}"))
    valid = schema.validate(hxl.data(io.BytesIO(content)))
    assert valid is not bool(faults)
    return faults


@pytest.mark.usefixtures("offline")
def test_hxl_is_valid():
    """All hashtags are found, and libhxl's own schema finds nothing amiss, nor anything spelt differently."""
    content = export([digest(n, seed=n, session=n) for n in (5, 12, 20, 40, 60)], Format.HXL)
    data = hxl.data(io.BytesIO(content), hxl.InputOptions(encoding="utf-8-sig"))
    assert [column.display_tag for column in data.columns] == [column.tag for column in COLUMNS]
    assert [column.header for column in data.columns] == [column.name for column in COLUMNS]
    assert sum(1 for _ in data) > 100
    assert [fault for fault in hxl_faults(content) if not fault.startswith("info")] == []


@pytest.mark.usefixtures("offline")
def test_hxl_faults_would_be_found():
    """The validator is no rubber stamp: a median that is no number, and a day that is none, are told."""
    content = export([digest(40)], Format.HXL)
    assert hxl_faults(content.replace(b",false,", b",false,soon"))
    assert hxl_faults(content.replace(b",2026-11-25,", b",harvest,"))


@pytest.mark.parametrize(
    ("places", "rounds", "name"),
    [
        (["210601"], ["2026"], "samleng-210601-2026"),
        (["21060102", "21060102"], ["2026", "2024"], "samleng-21060102-2024-2026"),
        (["21060102", "210601"], ["2026"], "samleng-210601-2026"),
        (["210601", "210602"], ["2026"], "samleng-2106-2026"),
        (["210601", "220602"], ["2026"], "samleng-2026"),
        ([], [], "samleng"),
    ],
)
def test_file_names(places, rounds, name):
    """A file is named for the smallest place that holds everything, and its rounds."""
    some = [_at(place, rounds[i % len(rounds)]) for i, place in enumerate(places)]
    for format_, suffix in zip(Format, (".xlsx", ".csv", ".hxl.csv", ".json"), strict=True):
        assert file_name(some, format_) == name + suffix


def _at(code: str, round_: str) -> Digest:
    one = digest(5)
    place = one.session.location
    village = Place(code, "ក", "a") if len(code) == 8 else None
    location = replace(place, commune=Place(code[:6], "ក", "a"), village=village)
    return replace(one, session=replace(one.session, location=location, round=round_))


def test_nothing_to_export_is_an_empty_table():
    """No digest makes a header, not a fault."""
    for format_ in Format:
        assert read(export([], format_), format_) == []
