"""Lists of planned sessions: read as they were meant, or each fault named by its row, with what to do."""

from datetime import UTC, datetime, timedelta

import pytest
from xlsxwriter import Workbook

from files.faults import FaultyFileError
from files.places import shipped_places, villages_of
from files.plans import read_plans
from scorecard.card import Service
from scorecard.session import Closing

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEAD = ["commune", "village", "services", "day", "opens", "closes", "facilitator"]
VILLAGE = villages_of("021001")[0]
GOOD = ["021001", "", "", "2026-12-01", "8:00", "", "Dara"]


def read(tmp_path, *rows, head=HEAD):
    with Workbook(tmp_path / "plans.xlsx") as book:
        sheet = book.add_worksheet("Plans")
        for number, row in enumerate([head, *rows]):
            sheet.write_row(number, 0, row)
    return read_plans(tmp_path / "plans.xlsx", shipped_places(), NOW)


def changed(**cells):
    return [cells.get(column, value) for column, value in zip(HEAD, GOOD, strict=True)]


def test_as_it_was_meant(tmp_path):
    """Khmer figures, a name for a village, services by kind, and what is left empty as it is as a rule."""
    one, other = read(
        tmp_path,
        changed(village=VILLAGE.en.upper(), services="hc, ca", opens="៨", closes="Evening"),
        changed(day="2026-12-02 00:00:00", opens="14:00:00"),
    )
    assert (one.place, one.services) == (VILLAGE.code, (Service.HEALTH_CENTRE, Service.COMMUNE_OFFICE))
    assert (one.opens_at, one.closing) == (datetime(2026, 12, 1, 1, tzinfo=UTC), Closing.TODAY)
    assert (other.place, other.services, other.closing) == ("021001", (), Closing.THREE_HOURS)
    assert other.opens_at - one.opens_at == timedelta(hours=30)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("commune", "999999"),
        ("village", "Nowhere"),
        ("services", "hospital"),
        ("day", "soon"),
        ("day", "2025-12-01"),
        ("day", "2027-12-01"),
        ("opens", "3:00"),
        ("opens", "8:30"),
        ("opens", "whenever"),
        ("closes", "never"),
        ("facilitator", ""),
    ],
)
def test_each_fault_is_named_by_its_row(tmp_path, column, value):
    """Also beside a row that is right: all or nothing is taken."""
    with pytest.raises(FaultyFileError) as raised:
        read(tmp_path, changed(day="2026-12-05"), changed(**{column: value}))
    (fault,) = raised.value.faults
    assert (fault.row, fault.column) == (3, column)


def test_the_past_and_what_stands_twice(tmp_path):
    """An hour of today that is over; the same place twice on one day; no rows; no such columns."""
    for rows, row in (([changed(day="2026-11-24", opens="9")], 2), ([GOOD, changed(opens="10:00")], 3)):
        with pytest.raises(FaultyFileError) as raised:
            read(tmp_path, *rows)
        assert [fault.row for fault in raised.value.faults] == [row]
    with pytest.raises(FaultyFileError):
        read(tmp_path)
    with pytest.raises(FaultyFileError) as raised:
        read(tmp_path, ["021001", "Dara"], head=["commune", "facilitator"])
    assert {fault.column for fault in raised.value.faults} == {"day", "opens"}
