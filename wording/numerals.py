"""Numbers and moments as they are written. Babel writes Khmer with Latin digits; here they are Khmer ones."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
_KHMER = str.maketrans("0123456789.", "០១២៣៤៥៦៧៨៩,")
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_PARTS_OF_THE_DAY = ((4, "យប់"), (12, "ព្រឹក"), (13, "ថ្ងៃត្រង់"), (17, "រសៀល"), (19, "ល្ងាច"), (24, "យប់"))
"""What villages call the hours, and until which: night, morning, noon, afternoon, evening, and night again."""


def digits(number: float, language: str) -> str:
    """A number with at most one decimal, without a trailing zero: 3, 4.5, in Khmer ៣, ៤,៥."""
    text = f"{number:.1f}".removesuffix(".0")
    return text.translate(_KHMER) if language == "km" else text


def moment(at: datetime, language: str) -> str:
    """A moment in Cambodia, to the minute, with the day of the week and the month in words."""
    on = "'ថ្ងៃ'EEEE 'ទី'd 'ខែ'MMMM 'ម៉ោង'" if language == "km" else "EEEE d MMMM,"
    return _formatted(at, f"{on} {_time(at, language)}", language)


def short_moment(at: datetime, language: str) -> str:
    """The same in figures, for buttons: 27/11 16:05, in Khmer ២៧/១១ ៤:០៥ រសៀល."""
    return _formatted(at, f"d/M {_time(at, language)}", language)


def clock(at: datetime, language: str) -> str:
    """The time of the day in Cambodia: 16:05, in Khmer ៤:០៥ រសៀល."""
    return _formatted(at, _time(at, language), language)


def day(at: datetime, language: str) -> str:
    """A day in Cambodia, with the month in words."""
    return _formatted(at, "'ទី'd 'ខែ'MMMM 'ឆ្នាំ'y" if language == "km" else "d MMMM y", language)


def weekday(on: date, language: str) -> str:
    """A day not far away, with the day of the week and the month in words."""
    return _shown(format_date(on, "'ថ្ងៃ'EEEE 'ទី'd 'ខែ'MMMM" if language == "km" else "EEEE d MMMM", language), language)


def short_day(on: date, language: str) -> str:
    """The same for half a row of buttons."""
    return _shown(format_date(on, "EEE 'ទី'd MMMM" if language == "km" else "EEE d MMM", language), language)


def in_a_row(things: Sequence[str], language: str) -> str:
    """A list in one sentence: a, b and c. Khmer has no comma there, and no blank after its "and"."""
    if language == "km":
        return " និង".join(part for part in (" ".join(things[:-1]), things[-1]) if part)
    return format_list(things, style="standard", locale=language)


def _time(at: datetime, language: str) -> str:
    """The pattern of a time. In Khmer as villages say it: ៦ ល្ងាច, ៦:៣០ ល្ងាច; nobody there counts beyond twelve."""
    if language != "km":
        return "HH:mm"
    there = at.astimezone(PHNOM_PENH)
    part = next(part for until, part in _PARTS_OF_THE_DAY if there.hour < until)
    return f"{'h:mm' if there.minute else 'h'} '{part}'"


def _formatted(at: datetime, pattern: str, language: str) -> str:
    return _shown(format_datetime(at.astimezone(PHNOM_PENH), pattern, locale=language), language)


def _shown(text: str, language: str) -> str:
    text = text.replace("\u200b", "")
    return text.translate(_KHMER_DIGITS) if language == "km" else text
