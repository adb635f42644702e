"""Logs: one line for each event, and never the token, an address or what somebody said."""

import io
import json
import logging
import subprocess
import sys

import httpx
import pytest
import structlog
from waiting import CEILING

from bot.logs import set_up_logs

TOKEN = "123456:" + "A" * 35
SAID = "ពេទ្យ said this"


def _fail():
    try:
        {}[SAID]
    except KeyError as cause:
        raise ValueError(SAID + TOKEN) from cause


class Terminal(io.StringIO):
    """A stream that people read."""

    def isatty(self) -> bool:
        return True


def test_an_event_is_one_line_of_json(log):
    """A program that gathers logs gets JSON, with time, level and values, one line each."""
    structlog.get_logger("bot.telegram.courier").info("post sent", attempts=2)
    structlog.get_logger("bot.telegram.courier").debug("never")
    (line,) = log.getvalue().splitlines()
    event = json.loads(line)
    assert event.pop("timestamp").endswith("Z")
    assert event == {"event": "post sent", "attempts": 2, "level": "info", "logger": "bot.telegram.courier"}


def test_people_get_it_to_read(log):
    """On a terminal the same event is a sentence, on one line."""
    screen = Terminal()
    set_up_logs(stream=screen)
    structlog.get_logger("bot.telegram.courier").info("post\nsent", attempts=2)
    (line,) = screen.getvalue().splitlines()
    assert "post sent" in line
    assert "{" not in line
    assert log.getvalue() == ""


def test_a_fault_is_told_by_class_and_place(log):
    """An exception's text, which may hold what people said, stays out; its class, cause and place are there."""
    try:
        _fail()
    except ValueError as fault:
        structlog.get_logger().exception("unit failed", error=fault)
        logging.getLogger("telegram.ext").exception("No error handlers are registered, %s", SAID)
    assert SAID not in log.getvalue()
    assert TOKEN not in log.getvalue()
    for line in log.getvalue().splitlines():
        event = json.loads(line)
        assert event["fault"] == "ValueError from KeyError"
        assert event["at"].startswith("tests/bot/test_logs.py:")
    assert event["event"] == "No error handlers are registered, …"


def test_libraries_keep_their_addresses_to_themselves(log):
    """What libraries tell at INFO, httpx the address with the token first of all, is not logged."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    with httpx.Client(transport=transport) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    for name in ("httpcore.connection", "aiogram.event", "telegram.Bot", "apscheduler.executors", "aiohttp.access"):
        logging.getLogger(name).info("https://host/bot%s %s", TOKEN, SAID)
        logging.getLogger(name).debug("https://host/bot%s %s", TOKEN, SAID)
    assert log.getvalue() == ""


def test_what_libraries_warn_of_comes_without_values(log):
    """A library's warning keeps its sentence; what was put into it, and its further lines, are left out."""
    logging.getLogger("aiogram.event").error("Cause exception while process update id=%d\n%s", 7, SAID)
    composed = f"Task exception was never retrieved\nfuture: <Task {SAID}>"
    logging.getLogger("asyncio").error(composed)
    first, second = map(json.loads, log.getvalue().splitlines())
    assert first["event"] == "Cause exception while process update id=…"
    assert second["event"] == "Task exception was never retrieved"
    assert SAID not in log.getvalue()


def test_the_last_defence_drops_tokens(log):
    """A token that got into an event against all rules is not written, in whatever form an address holds it."""
    composed = f"calling {TOKEN}"
    structlog.get_logger().info(composed, url=f"http://x/bot{TOKEN}/getMe", encoded=TOKEN.replace(":", "%3A"))
    assert log.getvalue().count("<token>") == 3
    assert "AAAA" not in log.getvalue()


@pytest.mark.parametrize(
    "fails",
    [
        "raise ValueError(said)",
        "import threading; threading.Thread(target=lambda: {}[said], name='storage').start()",
        "import warnings; warnings.warn(said)",
        (
            "import asyncio\nasync def f():\n  asyncio.ensure_future(g()); await asyncio.sleep(.01)\n"
            "async def g(): raise ValueError(said)\nasyncio.run(f())\nimport gc; gc.collect()"
        ),
        "class A:\n  def __del__(self): raise ValueError(said)\nA()",
    ],
)
def test_what_nobody_caught_is_one_line_too(fails):
    """A fault that ends the program, a thread or a task, and a warning, are events without their texts."""
    program = f"from bot.logs import set_up_logs\nset_up_logs()\nsaid = {SAID + TOKEN!r}\n{fails}"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=CEILING
    )
    (line,) = ended.stderr.splitlines()
    assert json.loads(line)["at" if "warn" not in fails else "category"]
    assert "said this" not in ended.stdout + ended.stderr
    assert "AAAA" not in ended.stdout + ended.stderr
