from collections.abc import Iterator

import pytest
from effort import DATABASES
from made import host, hosted
from servers import Files

RULES = {"test_access", "test_audit", "test_entries"}
"""Rules of ours over all entries and commands, in which a database has no part: `make deep` tries the second one."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before those that are deep are left out."""
    for item in items:
        on = getattr(item, "callspec", None)
        if on is not None and on.params.get("database") == "postgresql" and item.path.stem in RULES:
            item.add_marker(pytest.mark.deep)


@pytest.fixture(scope="module", autouse=True, params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every test of what is kept runs on both databases."""
    with hosted(Files() if request.param == "sqlite" else request.getfixturevalue("server")):
        yield request.param


@pytest.fixture(autouse=True)
def _lent(database: str) -> Iterator[None]:  # noqa: ARG001 - where that is
    """What a test kept is emptied, where making it anew takes longer."""
    with host().lent():
        yield
