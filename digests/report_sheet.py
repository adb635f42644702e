"""The workbook's report: the columns of the scorecard report that ISAF partners know, filled as far as may be."""

from collections.abc import Callable
from dataclasses import dataclass

from digests.cells import Formats, Sheet, in_both
from digests.columns import Cell, Kind
from digests.rows import KM, closed_on, fit, name_of, released
from scorecard.card import Criterion
from scorecard.digest import Digest
from scorecard.disclosure import Figure, Release
from scorecard.place import ServicePoint
from wording.catalogue import Wording
from wording.names import service_name, words

Said = Callable[[Wording], str]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What one line of the report is about: a criterion of one service point in one session.

    first: whether it is the first line of its scorecard, which alone tells how many took part; provider: the service
    point's name.
    """

    number: int
    first: bool
    digest: Digest
    point: ServicePoint
    provider: str
    release: Release
    criterion: Criterion
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of the report: its heading, what it says of a line, and what is to be known about it."""

    heading: Said
    of: Callable[[ReportRow], Cell]
    about: Said
    kind: Kind = Kind.TEXT
    width: int = 14


class ReportSheet:
    """A line for each criterion of each service point."""

    def __init__(self, sheet: Sheet, look: Formats) -> None:
        self._sheet = sheet
        looks = [look.month if column.kind is Kind.DAY else look.of[column.kind] for column in REPORT]
        sheet.set_columns([column.width for column in REPORT], looks)
        sheet.put([in_both(column.heading) for column in REPORT], look.head, height=100)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def add(self, digest: Digest) -> None:
        """Put the lines of a session."""
        for point, release in released(digest):
            provider = name_of(point, KM)
            for position, criterion in enumerate(point.criteria):
                figure = release.figure(criterion.key)
                number = self._sheet.next
                line = ReportRow(number, position == 0, digest, point, provider, release, criterion, figure)
                self._sheet.put([column.of(line) for column in REPORT])


def _median(line: ReportRow) -> Cell:
    return None if line.figure is None else line.figure.median


def _nothing(_: ReportRow) -> Cell:
    return None


def _participants(line: ReportRow) -> Cell:
    """Those whom the facilitator counted; else those who scored."""
    if not line.first:
        return None
    present = line.digest.present
    return line.release.ballots if present is None else present.total


def _present(group: str) -> Callable[[ReportRow], Cell]:
    """How many of a group the facilitator counted, as far as it may be told."""

    def cell(line: ReportRow) -> Cell:
        present = line.digest.present
        if present is None or not line.first:
            return None
        return KM.plain("fewer than 8") if present.is_few(group) else present.told(group)

    return cell


def _participants_from(say: Wording) -> str:
    return say.plain(
        "filled once for each scorecard, in its first line: how many were there as the facilitator counted them, else "
        "how many scored; empty for fewer than may be told"
    )


def _counted_there(say: Wording) -> str:
    return say.plain("how many were there, where the facilitator counted them; in the first line of each scorecard")


def _counted_and_guarded(say: Wording) -> str:
    return say.plain(
        "how many were there, where the facilitator counted them; fewer than 8, none included, are not told apart"
    )


def _filled(say: Wording) -> str:
    return say.plain("filled")


def _not_told(say: Wording) -> str:
    return say.plain("empty: exact numbers are not told, so that nobody can be singled out")


def _not_asked(say: Wording) -> str:
    return say.plain("empty: Samleng knows nothing of this")


def _by_hand(say: Wording) -> str:
    return say.plain("empty: write in by hand what was agreed at the meeting")


REPORT: tuple[ReportColumn, ...] = (
    ReportColumn(lambda say: say.plain("No."), lambda line: line.number, _filled, Kind.WHOLE, 6),
    ReportColumn(
        lambda say: say.plain("Scorecard ID"), lambda line: f"{line.digest.session.id}-{line.point.id}", _filled
    ),
    ReportColumn(lambda say: say.plain("Status"), lambda _: KM.plain("Completed"), _filled, width=16),
    ReportColumn(
        lambda say: say.plain("Province"), lambda line: fit(line.digest.session.location.province.km), _filled
    ),
    ReportColumn(
        lambda say: say.plain("District"), lambda line: fit(line.digest.session.location.district.km), _filled
    ),
    ReportColumn(lambda say: say.plain("Commune"), lambda line: fit(line.digest.session.location.commune.km), _filled),
    ReportColumn(lambda say: say.plain("Local organisation"), _nothing, _not_asked, width=16),
    ReportColumn(lambda say: say.plain("Running mode"), lambda _: "Telegram", _filled),
    ReportColumn(lambda say: say.plain("Number of facilitators"), _nothing, _not_asked, Kind.WHOLE),
    ReportColumn(
        lambda say: say.plain("Participants"),
        _participants,
        _participants_from,
        Kind.WHOLE,
    ),
    ReportColumn(lambda say: say.plain("Male"), _nothing, _not_told, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Female"), _present("women"), _counted_there, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Youth (15-30)"), _present("youth"), _counted_there, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("ID-Poor card"), _present("id_poor"), _counted_and_guarded, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Ethnic minority"), _present("minority"), _counted_and_guarded, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Disability"), _present("disability"), _counted_and_guarded, Kind.WHOLE),
    ReportColumn(
        lambda say: say.plain("Type (1 = community, 2 = self-assessment)"), lambda _: 1, _filled, Kind.WHOLE, 16
    ),
    ReportColumn(
        lambda say: say.plain("Service"), lambda line: service_name(line.point.service, KM), _filled, width=20
    ),
    ReportColumn(lambda say: say.plain("Service provider"), lambda line: line.provider, _filled, width=28),
    ReportColumn(
        lambda say: say.plain("Criterion"),
        lambda line: fit(words(line.criterion.label, "km")),
        _filled,
        width=28,
    ),
    ReportColumn(lambda say: say.plain("Own criterion"), _nothing, _not_asked),
    ReportColumn(lambda say: say.plain("Raised by women"), _nothing, _not_asked, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Raised by youth"), _nothing, _not_asked, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Raised by ethnic minority"), _nothing, _not_asked, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Raised by ID-Poor card holders"), _nothing, _not_asked, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Raised by people with a disability"), _nothing, _not_asked, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("1 = very dissatisfied"), _nothing, _not_told, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("2 = dissatisfied"), _nothing, _not_told, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("3 = acceptable"), _nothing, _not_told, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("4 = satisfied"), _nothing, _not_told, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("5 = very satisfied"), _nothing, _not_told, Kind.WHOLE),
    ReportColumn(lambda say: say.plain("Median"), _median, _filled, Kind.MEDIAN),
    ReportColumn(lambda say: say.plain("Strengths"), _nothing, _by_hand, width=24),
    ReportColumn(lambda say: say.plain("Points to improve"), _nothing, _by_hand, width=24),
    ReportColumn(lambda say: say.plain("Suggested actions"), _nothing, _by_hand, width=24),
    ReportColumn(lambda say: say.plain("Selected actions"), _nothing, _by_hand, width=24),
    ReportColumn(
        lambda say: say.plain("Month and year of the meeting"),
        lambda line: closed_on(line.digest.session),
        _filled,
        Kind.DAY,
    ),
)
"""In the order of that report (read in the public code of the scorecard that ISAF partners use)."""
