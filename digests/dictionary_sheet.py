"""The workbook's data dictionary: what every column means, and why some stay empty."""

from collections.abc import Callable, Sequence
from math import ceil

from digests.cells import Formats, Sheet
from digests.columns import COLUMNS
from digests.phrases import satisfied
from digests.report_sheet import REPORT, Said
from digests.rows import EN, KM
from digests.summary_sheet import MOST_CHARTS
from scorecard.ballot import Age, Gender
from scorecard.disclosure import ShareWord
from scorecard.tally import EVERYBODY

_WIDTHS = (26, 22, 30, 60, 60)
_LINE = 20
"""The height of one line of Khmer in points: not every program makes room for wrapped text by itself."""


def dictionary_sheet(sheet: Sheet, look: Formats) -> None:
    """Fill the sheet: notes, the columns of the data, their words, and the columns of the report."""
    sheet.set_columns(_WIDTHS, [look.wrapped] * len(_WIDTHS))
    for title, lines in _PARTS:
        sheet.put([f"{title(KM)} · {title(EN)}"], look.title, height=27)
        sheet.put(("", "", "HXL" if lines is _columns else "", "ខ្មែរ", "English"), look.head)
        for cells in lines():
            most = max(ceil(len(text) / width) for text, width in zip(cells, _WIDTHS, strict=True))
            sheet.put(cells, height=_LINE * most)
        sheet.skip()


def _notes() -> Sequence[tuple[str, ...]]:
    notes: tuple[Said, ...] = (
        lambda say: say.plain(
            "Every figure is the one that poster and message show. What too few people said is left out, "
            "so that nobody can be singled out."
        ),
        lambda say: say.plain(
            "A share is told in three words: few (less than 40 of 100), about half, most (more than 60). "
            "From about 20 people on almost none and almost all (15 of 100 at most) are told as well, "
            "from 40 on tens from 20 to 80."
        ),
        lambda say: say.plain(
            "Some codes of places begin with 0: when you open a .csv file, read those columns as text."
        ),
        lambda say: say.plain(
            "In .csv files an apostrophe stands before a name that a spreadsheet would take for a formula."
        ),
        lambda say: say.plain(
            "The summary has a chart for each of its first {most} services; the others have bars in their cells.",
            most=MOST_CHARTS,
        ),
    )
    return [("", "", "", note(KM), note(EN)) for note in notes]


def _columns() -> Sequence[tuple[str, ...]]:
    return [(c.name, c.kind.value, c.tag, c.about(KM), c.about(EN)) for c in COLUMNS]


def _values() -> Sequence[tuple[str, ...]]:
    groups: tuple[tuple[str, Said], ...] = (
        (EVERYBODY, lambda say: say.plain("everybody who scored")),
        (Gender.WOMAN, lambda say: say.plain("Woman")),
        (Gender.MAN, lambda say: say.plain("Man")),
        (Gender.OTHER, lambda say: say.plain("Other gender")),
        (Age.YOUTH, lambda say: say.plain("15 to 30 years")),
        (Age.OLDER, lambda say: say.plain("31 or older")),
    )
    shares = [(word.value, "satisfied_word", "", satisfied(word, KM), satisfied(word, EN)) for word in ShareWord]
    return [*((str(key), "group", "", said(KM), said(EN)) for key, said in groups), *shares]


def _report() -> Sequence[tuple[str, ...]]:
    return [(column.heading(KM), column.heading(EN), "", column.about(KM), column.about(EN)) for column in REPORT]


_PARTS: tuple[tuple[Said, Callable[[], Sequence[tuple[str, ...]]]], ...] = (
    (lambda say: say.plain("Read this first"), _notes),
    (lambda say: say.plain("Columns of the sheet Data and of the other formats"), _columns),
    (lambda say: say.plain("Words in them"), _values),
    (lambda say: say.plain("Columns of the sheet Report"), _report),
)
