from collections.abc import Iterator

import pytest
from effort import DATABASES
from made import hosted
from servers import Files


@pytest.fixture(scope="module", autouse=True, params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every test of what is kept runs on both databases."""
    with hosted(Files() if request.param == "sqlite" else request.getfixturevalue("server")):
        yield request.param
