"""How much a run tries: a little (`make check`), enough (`make test`), or as much as there is time for."""

import os
from typing import Any

from hypothesis import settings

EFFORT = os.environ.get("SAMLENG_EFFORT", "test")
"""fast, test or deep."""

DATABASES = ("sqlite",) if EFFORT == "fast" else ("sqlite", "postgresql")
"""On which what is kept is tested."""

_TIMES = {"fast": 0.2, "test": 1, "deep": 10}


def examples(number: int, **more: Any) -> settings:
    """So many examples in `make test`: the same in every run. Ten times as many in `make deep`, always others."""
    return settings(
        max_examples=max(4, round(number * _TIMES[EFFORT])), derandomize=EFFORT != "deep", deadline=None, **more
    )


settings.register_profile(EFFORT, examples(100))
settings.load_profile(EFFORT)
