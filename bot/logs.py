"""Logs: one line for each event, on stderr; for people on a terminal, as JSON otherwise.

What a library says is told by its sentence without the values in it, and a fault by its class and place: a
message may hold an address with the token, or what somebody said.
"""

import logging
import os
import re
import sys
import threading
import warnings
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.redaction import class_of, code_at, place_of, without_tokens
from bot.vitals import count_event

QUIET = ("aiogram", "aiohttp", "alembic", "asyncio", "httpcore", "httpx", "telegram", "uvloop")
"""Libraries that tell of every call, with its address or its text, or of nothing new, below WARNING."""

_MOST = 120
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0-9.]*[a-zA-Z]|\{[^{}]*\}")


def set_up_logs(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """From here on every log, warning and uncaught exception becomes one line on the stream (stderr)."""
    stream = stream or sys.stderr
    ours: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _fault_without_text,
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*ours, _sentence_without_values],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(stream),
                _one_line_without_tokens,
            ],
            use_get_message=False,
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.raiseExceptions = False  # it would print what could not be logged
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each sweep that a longer one overlaps
    structlog.configure(
        processors=[count_event, *ours, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    _log_what_nobody_catches()


def _renderer(stream: TextIO) -> Processor:
    if not stream.isatty():
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors="NO_COLOR" not in os.environ)


def _fault_without_text(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """An exception, wherever it stands in the event, becomes its class, and the place that it came from."""
    about = event.pop("exc_info", None)
    event.pop("stack_info", None)
    fault = about if isinstance(about, BaseException) else sys.exc_info()[1] if about else None
    if isinstance(about, tuple):
        fault = about[1]
    for name, value in list(event.items()):
        if isinstance(value, BaseException):
            event[name] = class_of(value)
    if fault is not None:
        event.update(fault=class_of(fault), at=place_of(fault))
    return event


def _sentence_without_values(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The first line of what a library logs, before the values are put into it."""
    sentence = str(event["event"]).partition("\n")[0][:_MOST]
    event["event"] = _PLACEHOLDER.sub("…", sentence)
    return event


def _one_line_without_tokens(_logger: Any, _method: str, line: Any) -> str:
    return without_tokens(" ".join(str(line).splitlines()))


def _log_what_nobody_catches() -> None:
    """Exceptions that reach the top of the program or of a thread, and warnings, as events too."""
    log = structlog.get_logger("samleng")

    def uncaught(_kind: Any, fault: BaseException, _trace: Any) -> None:
        if not isinstance(fault, KeyboardInterrupt):
            log.error("nobody caught a fault", exc_info=fault)

    def uncaught_in_thread(about: threading.ExceptHookArgs) -> None:
        if about.exc_value is not None:
            log.error("nobody caught a fault", thread=about.thread and about.thread.name, exc_info=about.exc_value)

    def uncaught_in_passing(about: Any) -> None:
        log.error("nobody caught a fault", exc_info=about.exc_value)

    def warned(
        message: Warning | str,  # noqa: ARG001
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG001
        line: str | None = None,  # noqa: ARG001
    ) -> None:
        log.warning("a library warns", category=category.__name__, at=code_at(filename, lineno))

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = uncaught_in_passing
    warnings.showwarning = warned
