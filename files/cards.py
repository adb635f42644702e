"""Cards read from XLSForm files: Markdown tables or workbooks."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from files.card_faults import HEADINGS, card_faults, language_of
from files.faults import FaultyFileError, SheetFault
from files.sheets import Sheet, read_sheets
from scorecard.card import Card, Criterion, Service, Words

_SHIPPED = Path(__file__).resolve().parents[1] / "cards"
_SHEETS = ("survey", "choices", "settings")


def read_card(path: Path) -> Card:
    """The card in a .md or .xlsx file. Raises FaultyFileError with every fault found."""
    sheets = _sheets(path)
    faults = card_faults(sheets)
    if faults:
        raise FaultyFileError(faults)
    return _card(_form(sheets), next(sheet for sheet in sheets if sheet.name == "settings"))


def check_card(path: Path) -> tuple[SheetFault, ...]:
    """Everything that keeps a file from being a card; empty when `read_card` would read it."""
    try:
        read_card(path)
    except FaultyFileError as error:
        return error.faults
    return ()


def passed_over(path: Path) -> tuple[SheetFault, ...]:
    """What in a card's file is not read, or keeps other programs from reading it. Raises FaultyFileError."""
    sheets = _sheets(path)
    notes = [SheetFault(sheet.name, None, "", "passed over, it is no part of the card") for sheet in sheets]
    found = [note for note in notes if note.sheet not in _SHEETS]
    for sheet in sheets:
        for column in sheet.columns if sheet.name == "settings" else ():
            if column.startswith("form_title::"):
                message = "ODK and Kobo open no form with a title in several languages: a plain form_title is enough"
                found.append(SheetFault(sheet.name, sheet.header, column, message))
    return tuple(found)


def shipped_cards() -> tuple[Card, ...]:
    """The cards that come with the program, by key."""
    return tuple(read_card(path) for path in sorted(_SHIPPED.glob("*.md")))


def _sheets(path: Path) -> list[Sheet]:
    read = read_sheets(path, (".xlsx", ".md"), HEADINGS)
    return [replace(sheet, name=sheet.name.lower()) if sheet.name.lower() in _SHEETS else sheet for sheet in read]


def _form(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """The form as pyxform understands it; what pyxform refuses is a fault of the row that it names."""
    from pyxform.errors import PyXFormError  # a third of a second, seldom needed
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    card = {sheet.name: sheet for sheet in sheets if sheet.name in _SHEETS}
    workbook: dict[str, Any] = {"sheet_names": list(card)}
    for name, sheet in card.items():
        columns = [column for column in sheet.columns if not column.startswith("form_title")]
        workbook[name] = [
            {column: row.cells[column] for column in columns if column in row.cells} for row in sheet.rows
        ]
        workbook[f"{name}_header"] = [dict.fromkeys(columns)]
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


def _card(form: dict[str, Any], settings: Sheet) -> Card:
    criteria = tuple(
        Criterion(question["name"], _words(question["label"]), _words(question["hint"]), question.get("sign", ""))
        for question in form["children"]
        if question["type"] == "select one"  # pyxform adds a group of its own
    )
    titles = settings.rows[0].cells
    return Card(
        service=Service(form["id_string"]),
        version=form["version"],
        title={
            **dict.fromkeys(criteria[0].label, titles.get("form_title", "")),
            **_words({name: title for name, title in titles.items() if name.startswith("form_title::")}),
        },
        criteria=criteria,
    )


def _words(texts: dict[str, str]) -> Words:
    return {language_of(name): text for name, text in texts.items()}
