"""What can be wrong in a card, found before anybody is asked from it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from files.cells import Fraction
from files.faults import SheetFault, fault_in_text, shown
from files.sheets import Headings, Row, Sheet
from scorecard.card import MAX_CRITERIA, MAX_KEY, SCALE, Service
from scorecard.sign import Sign

MAX_LABEL = 40
MAX_QUESTION = 200
MAX_TITLE = 60

_ASKED = "select_one scale5"
_NOT_ASKED = {"select_one", "select_multiple", "integer", "text", "note"}
_NOT_USED = {"relevant": "conditions are not followed", "media::audio": "spoken questions are not played"}

_PLAIN_COLUMNS = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "settings": ("form_id", "version", "default_language"),
}
_SPOKEN_COLUMNS = {
    "survey": {"label": MAX_LABEL, "hint": MAX_QUESTION},
    "choices": {"label": MAX_LABEL},
    "settings": {"form_title": MAX_TITLE},
}
_SIGN = "sign"
"""A column of ours that a card may do without: what a criterion is about, as pictures draw it."""

_TITLE = "form_title"
"""Plain, as ODK and Kobo want it, it stands for the title in each language that has no column of its own."""

_ALSO = {
    "title": _TITLE,
    "set_form_title": _TITLE,
    "id_string": "form_id",
    "set_form_id": "form_id",
    "set_form_version": "version",
}
"""What XLSForm calls these columns as well."""

_LANGUAGES = {"km": "Khmer (km)", "en": "English (en)"}
"""Every card speaks these; a further language, once used, is used throughout."""

_SPOKEN = re.compile(r"([a-z_]+)::([^:()]{1,30} \(([a-z]{2,3})\))")
_KEY = re.compile(rf"[a-z][a-z0-9_]{{0,{MAX_KEY - 1}}}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")
_CLAUSE = r"\$\{[A-Za-z0-9_]+\} *(?:=|!=|<=|>=|<|>) *(?:-?[0-9]+(?:\.[0-9]+)?|'[^']*'|\"[^\"]*\")"
_CONDITION = re.compile(rf"{_CLAUSE}(?: +(?:and|or) +{_CLAUSE})*")
_KHMER_LETTER = re.compile("[\u1780-\u17b3]")


def _column(heading: str) -> str:
    """A heading as it is known here, however its spaces and capitals are written; itself if it is not known."""
    part, *rest = re.split(r"\s*::\s*", heading.strip())
    name = re.sub(r"\s+", "_", part.casefold())
    name = _ALSO.get(name, name)
    if name not in _KNOWN:
        return heading
    return "::".join([name, *(re.sub(r"\s*\(\s*(.*?)\s*\)$", r" (\1)", language) for language in rest)])


_KNOWN = frozenset(
    part for parts in (*_PLAIN_COLUMNS.values(), *_SPOKEN_COLUMNS.values()) for part in parts
) | frozenset([_SIGN, *(part for column in _NOT_USED for part in column.split("::")[:1])])
HEADINGS = Headings(
    frozenset(part for parts in _PLAIN_COLUMNS.values() for part in parts)
    | {f"{part}::{name}" for parts in _SPOKEN_COLUMNS.values() for part in parts for name in _LANGUAGES.values()},
    _column,
)
"""How the headings of a card are understood."""


def card_faults(sheets: Iterable[Sheet]) -> tuple[SheetFault, ...]:
    """Everything that keeps these sheets from being a card, from the first sheet's top to the last one's end."""
    order = list(_PLAIN_COLUMNS)
    return tuple(sorted(_faults(sheets), key=lambda fault: (order.index(fault.sheet.lower()), fault.row or 0)))


def language_of(name: str) -> str:
    """The language code in `Khmer (km)` or `label::Khmer (km)`."""
    return name.rpartition("(")[2].removesuffix(")")


def _faults(sheets: Iterable[Sheet]) -> Iterator[SheetFault]:
    card: dict[str, Sheet] = {}
    for sheet in sheets:
        if sheet.name not in _PLAIN_COLUMNS:
            continue  # a partner's own notes
        if sheet.name in card:
            yield SheetFault(sheet.name, sheet.header, "", "this sheet stands twice: keep one")
        card.setdefault(sheet.name, sheet)
    names = {**_LANGUAGES, **_languages(card.values())}
    for name in _PLAIN_COLUMNS:
        if name not in card:
            yield SheetFault(name, None, "", "this sheet is missing or empty: write survey, choices and settings")
            continue
        yield from card[name].faults
        yield from _column_faults(card[name], names)
        yield from _text_faults(card[name])
    if "survey" in card:
        yield from _survey_faults(card["survey"])
    if "choices" in card:
        yield from _choices_faults(card["choices"])
    if "settings" in card:
        yield from _settings_faults(card["settings"], names.values())


def _languages(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The languages used: code to the name it has most often."""
    used = Counter(
        (spoken[3], spoken[2])
        for sheet in sheets
        for spoken in map(_SPOKEN.fullmatch, sheet.columns)
        if spoken and spoken[1] in _SPOKEN_COLUMNS[sheet.name]
    )
    return {code: name for (code, name), _ in reversed(used.most_common())}


def _column_faults(sheet: Sheet, names: dict[str, str]) -> Iterator[SheetFault]:
    wanted = [*_PLAIN_COLUMNS[sheet.name]]
    wanted += [f"{part}::{name}" for part in _SPOKEN_COLUMNS[sheet.name] for name in names.values()]
    titled = _TITLE in sheet.columns
    for column in wanted:
        if column not in sheet.columns and not (titled and column.startswith(f"{_TITLE}::")):
            yield SheetFault(sheet.name, sheet.header, column, "this column is missing: add it, spelt just like this")
    for column in dict.fromkeys(sheet.columns):
        spoken = _SPOKEN.fullmatch(column)
        if column in wanted or _may_be_there(sheet.name, column):
            continue
        if spoken and f"{spoken[1]}::{names.get(spoken[3])}" in wanted:
            message = f'language {spoken[3]} has another name elsewhere: write "{names[spoken[3]]}" everywhere'
        elif column in _SPOKEN_COLUMNS[sheet.name]:
            message = f"which language is this? Write {column}::Khmer (km) or {column}::English (en)"
        else:
            message = f"unknown column: leave it out (known here: {', '.join(wanted)})"
        yield SheetFault(sheet.name, sheet.header, column, message)


def _may_be_there(sheet: str, column: str) -> bool:
    """Whether a column that a card does without is known in this sheet."""
    if sheet == "settings":
        return column == _TITLE
    return sheet == "survey" and (column == _SIGN or _not_used(column) is not None)


def _text_faults(sheet: Sheet) -> Iterator[SheetFault]:
    """Texts that are missing or can't be shown, and names that two criteria share."""
    for column in dict.fromkeys(sheet.columns):
        spoken = _SPOKEN.fullmatch(column)
        if spoken is None or spoken[1] not in _SPOKEN_COLUMNS[sheet.name]:
            continue
        seen: dict[str, int] = {}
        for row in sheet.rows:
            text = row.cells.get(column, "")
            fault = fault_in_text(text, _SPOKEN_COLUMNS[sheet.name][spoken[1]])
            if fault:
                yield SheetFault(sheet.name, row.number, column, f"this text {fault}")
            elif spoken[3] == "km" and not _KHMER_LETTER.search(text):
                yield SheetFault(sheet.name, row.number, column, "no Khmer letter in it: write this text in Khmer")
            elif text in seen:
                yield SheetFault(
                    sheet.name,
                    row.number,
                    column,
                    f"the same text as in row {seen[text]}: write one that differs",
                )
            seen.setdefault(text, row.number)


def _survey_faults(sheet: Sheet) -> Iterator[SheetFault]:
    keys: dict[str, int] = {}
    for row in sheet.rows:
        yield from _type_faults(sheet.name, row)
        key = row.cells.get("name", "")
        if not _KEY.fullmatch(key):
            wish = f"small letters a-z, digits and _, a letter first, at most {MAX_KEY}"
            yield SheetFault(sheet.name, row.number, "name", f'"{shown(key)}" can\'t be a key: write {wish}')
        elif key in keys:
            yield SheetFault(
                sheet.name,
                row.number,
                "name",
                f'"{key}" is already the key of row {keys[key]}: write another',
            )
        keys.setdefault(key, row.number)
        sign = row.cells.get(_SIGN, "")
        if sign and sign not in {*Sign}:
            message = f'"{shown(sign)}" is no sign: leave it empty, or write one of {", ".join(Sign)}'
            yield SheetFault(sheet.name, row.number, _SIGN, message)
        for column, cell in row.cells.items():
            not_used = _not_used(column)
            if column == "relevant" and not _CONDITION.fullmatch(cell):
                message = "not a condition: leave it out, or write ${key} OP value, joined by and/or"
                yield SheetFault(sheet.name, row.number, column, message)
            elif not_used:
                yield SheetFault(sheet.name, row.number, column, f"{not_used} yet: leave this cell empty")
    if not sheet.rows:
        yield SheetFault(sheet.name, sheet.header, "", f"no criteria: write 1 to {MAX_CRITERIA} rows of {_ASKED}")
    for row in sheet.rows[MAX_CRITERIA : MAX_CRITERIA + 1]:
        yield SheetFault(
            sheet.name,
            row.number,
            "",
            f"more than {MAX_CRITERIA} criteria: take out this row and those below",
        )


def _type_faults(sheet: str, row: Row) -> Iterator[SheetFault]:
    kind = row.cells.get("type", "")
    if kind == _ASKED:
        return
    if not kind:
        message = f"empty: write {_ASKED}"
    elif kind.split()[0] in _NOT_ASKED:
        message = f"{shown(kind)} is not asked yet, only {_ASKED} is: leave this row out"
    else:
        message = f'"{shown(kind)}" is unknown: write {_ASKED}'
    yield SheetFault(sheet, row.number, "type", message)


def _not_used(column: str) -> str | None:
    """Why a column that the format knows does nothing yet."""
    return next((why for part, why in _NOT_USED.items() if column == part or column.startswith(f"{part}::")), None)


def _choices_faults(sheet: Sheet) -> Iterator[SheetFault]:
    scale = [str(score) for score in SCALE]
    seen: dict[str, int] = {}
    for row in sheet.rows:
        name = row.cells.get("name", "")
        if row.cells.get("list_name") != "scale5":
            yield SheetFault(sheet.name, row.number, "list_name", "only the list scale5 is used: leave this row out")
            continue
        if name not in scale:
            message = f'"{shown(name)}" is no score: scale5 has just {", ".join(scale)}'
            yield SheetFault(sheet.name, row.number, "name", message)
        elif name in seen:
            message = f"score {name} already stands in row {seen[name]}: keep one"
            yield SheetFault(sheet.name, row.number, "name", message)
        seen.setdefault(name, row.number)
    missing = [score for score in scale if score not in seen]
    if missing:
        message = f"scale5 has no {', '.join(missing)}: write one row for each score"
        yield SheetFault(sheet.name, None, "name", message)


def _settings_faults(sheet: Sheet, languages: Iterable[str]) -> Iterator[SheetFault]:
    if not sheet.rows:
        yield SheetFault(sheet.name, sheet.header, "", "empty: write one row below the headings")
    for row in sheet.rows[1:]:
        yield SheetFault(sheet.name, row.number, "", "only one row of settings is used: leave this one out")
    for row in sheet.rows[:1]:
        form_id = row.cells.get("form_id", "")
        if form_id not in {service.value for service in Service}:
            known = "ca (commune office), hc (health centre) or ps (primary school)"
            yield SheetFault(sheet.name, row.number, "form_id", f'"{shown(form_id)}" is no service: write {known}')
        fault = fault_in_text(row.cells.get(_TITLE, ""), MAX_TITLE)
        if fault and _TITLE in sheet.columns:
            yield SheetFault(sheet.name, row.number, _TITLE, f"this text {fault}")
        version = row.cells.get("version", "")
        if isinstance(version, Fraction):
            message = f"a number, in which {version} and {version}0 are the same: write it as text"
            yield SheetFault(sheet.name, row.number, "version", message)
        elif not _VERSION.fullmatch(version):
            wish = "up to 20 letters, digits, dots and dashes, such as 2026.1"
            yield SheetFault(sheet.name, row.number, "version", f'"{shown(version)}" is no version: write {wish}')
        default = row.cells.get("default_language", "")
        if default not in languages:
            wish = " or ".join(languages)
            message = f'"{shown(default)}" is no language of this card: write {wish}'
            yield SheetFault(sheet.name, row.number, "default_language", message)
