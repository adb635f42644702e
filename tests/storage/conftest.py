from collections.abc import Iterator

import pytest
from effort import DATABASES
from made import host, hosted
from servers import Files


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
