import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import effort  # noqa: F401 - how much is tried, where a test says nothing of it
import pytest
from budget import Budget
from house import House
from servers import Server, serving
from waiting import CEILING

from sandbox import Sandbox
from sandbox.people import People


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Budget())


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
async def telegram() -> AsyncIterator[Sandbox]:
    """The stand-in for Telegram's servers."""
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def people(telegram: Sandbox) -> AsyncIterator[People]:
    async with People(telegram.url, patience=CEILING) as people:
        yield people


@pytest.fixture
async def house(telegram: Sandbox, tmp_path: Path) -> AsyncIterator[House]:
    """A bot that runs with both roles on a database of its own."""
    async with House(telegram.url, tmp_path) as house:
        yield house
