import gc
import io
import logging
import os
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import certificates  # noqa: F401 - read once
import effort  # noqa: F401 - how much is tried, where a test says nothing of it
import pytest
import structlog
from all_seen import AllSeen
from budget import Budget
from house import Clock, House
from servers import Server, serving
from waiting import CEILING

from bot.logs import set_up_logs
from sandbox import Sandbox
from sandbox.people import People


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Budget())
    config.pluginmanager.register(AllSeen())


def pytest_collection_finish() -> None:
    """What is imported stays: the collector need not walk it again and again."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What is left is looked through once: pytest does so five times."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def own_server() -> Iterator[Server]:
    """A PostgreSQL server that only these tests use."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A PostgreSQL server to make databases on: the one that SAMLENG_TEST_DATABASE_URL names, or one of one's own."""
    url = os.environ.get("SAMLENG_TEST_DATABASE_URL")
    if url:
        server = Server(url)
        yield server
        server.leave()
    else:
        yield request.getfixturevalue("own_server")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged at INFO, as the program logs it; everything that this set up is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    stream = io.StringIO()
    set_up_logs(stream=stream)
    structlog.configure(cache_logger_on_first_use=False)  # a logger kept from here would tell later tests nothing
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def clock() -> Clock:
    """The clock that the bot and the stand-in go by."""
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[Sandbox]:
    """The stand-in for Telegram's servers."""
    async with Sandbox(clock=lambda: clock().timestamp()) as sandbox:
        yield sandbox


@pytest.fixture
async def people(telegram: Sandbox) -> AsyncIterator[People]:
    async with People(telegram.url, patience=CEILING) as people:
        yield people


@pytest.fixture
async def house(telegram: Sandbox, tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """A bot that runs with both roles on a database of its own."""
    async with House(telegram.url, tmp_path, clock=clock) as house:
        yield house
