"""Cards read from XLSForm files: Markdown tables or workbooks."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from files.card_faults import card_faults, language_of
from files.faults import FaultyFileError, SheetFault
from files.sheets import Sheet, read_sheets
from scorecard.card import Card, Criterion, Service, Words

_SHIPPED = Path(__file__).resolve().parents[1] / "cards"
_SHEETS = ("survey", "choices", "settings")


def read_card(path: Path) -> Card:
    """The card in a .md or .xlsx file. Raises FaultyFileError with every fault found."""
    sheets = [replace(sheet, name=sheet.name.lower()) for sheet in read_sheets(path, (".xlsx", ".md"))]
    faults = card_faults(sheets)
    if faults:
        raise FaultyFileError(faults)
    return _card(_form(sheets))


def check_card(path: Path) -> tuple[SheetFault, ...]:
    """Everything that keeps a file from being a card; empty when `read_card` would read it."""
    try:
        read_card(path)
    except FaultyFileError as error:
        return error.faults
    return ()


def shipped_cards() -> tuple[Card, ...]:
    """The cards that come with the program, by key."""
    return tuple(read_card(path) for path in sorted(_SHIPPED.glob("*.md")))


def _form(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """The form as pyxform understands it; what pyxform refuses is a fault of the row that it names."""
    from pyxform.errors import PyXFormError  # a third of a second, seldom needed
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    card = {sheet.name: sheet for sheet in sheets if sheet.name in _SHEETS}
    workbook: dict[str, Any] = {"sheet_names": list(card)}
    for name, sheet in card.items():
        workbook[name] = [dict(row.cells) for row in sheet.rows]
        workbook[f"{name}_header"] = [dict.fromkeys(sheet.columns)]
    try:
        form: dict[str, Any] = workbook_to_json(get_xlsform(workbook), warnings=[])
    except PyXFormError as error:
        raise FaultyFileError([_pyxform_fault(str(error), card)]) from error
    return form


def _pyxform_fault(message: str, card: dict[str, Sheet]) -> SheetFault:
    """Where pyxform's fault is: it counts rows from 2, and names the sheet only where it isn't the survey."""
    sheet = card[next((name for name in _SHEETS if f"'{name}' sheet" in message), "survey")]
    row = re.search(r"\[row : (\d+)\]", message)
    number = sheet.rows[int(row[1]) - 2].number if row else None
    return SheetFault(sheet.name, number, "", " ".join(message.split()))


def _card(form: dict[str, Any]) -> Card:
    return Card(
        service=Service(form["id_string"]),
        version=form["version"],
        title=_words(form["title"]),
        criteria=tuple(
            Criterion(key=question["name"], label=_words(question["label"]), question=_words(question["hint"]))
            for question in form["children"]
            if question["type"] == "select one"  # pyxform adds a group of its own
        ),
    )


def _words(texts: dict[str, str]) -> Words:
    return {language_of(name): text for name, text in texts.items()}
