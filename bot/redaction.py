"""What may be told of a fault or a text that nobody foresaw: never the token, nor what people said."""

import re
from pathlib import Path
from types import TracebackType

_TOKEN = re.compile(r"[0-9]{1,16}(?::|%3A)[A-Za-z0-9_-]{10,}", re.IGNORECASE)
_HOUSE = Path(__file__).resolve().parents[1]
_PLACES = 6


def without_tokens(text: str) -> str:
    """The text, with "<token>" for whatever looks like a bot's token."""
    return _TOKEN.sub("<token>", text)


def one_line(text: str) -> str:
    """The text on one line, with a replacement character for each sign that is none to be printed."""
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)


def class_of(fault: BaseException) -> str:
    """The class of a fault, with those of what caused it; of a group, with those of what is in it."""
    if isinstance(fault, BaseExceptionGroup):
        return f"{type(fault).__name__}({', '.join(map(class_of, fault.exceptions))})"
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return type(fault).__name__ + (f" from {type(cause).__name__}" if cause else "")


def place_of(fault: BaseException) -> str:
    """Where in the program a fault came from, the nearest to it last: "bot/run.py:12 run > …"; no values."""
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    return " > ".join(_places(fault.__traceback__)[-_PLACES:])


def code_at(file: str, line: int) -> str:
    """A line of code, by a path that says nothing of the machine."""
    path = Path(file)
    if "site-packages" in path.parts:
        path = Path(*path.parts[path.parts.index("site-packages") + 1 :])
    elif path.is_relative_to(_HOUSE):
        path = path.relative_to(_HOUSE)
    elif path.is_absolute():
        path = Path(path.name)
    return f"{path}:{line}"


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code_at(code.co_filename, trace.tb_lineno)} {code.co_name}")
        trace = trace.tb_next
    return places
