"""What Bot API the stand-in speaks: the content of `bot-api.json`, which `sandbox.trim` makes."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FACTS_FILE = Path(__file__).with_name("bot-api.json")

Table = dict[str, tuple[str, bool]]
"""Name of a parameter or field → its type as the Bot API's pages write it, and whether it is required."""


@dataclass(frozen=True)
class Facts:
    """Methods the stand-in has, parameters it lacks, the types reached, what comes back, and the methods it lacks."""

    methods: dict[str, Table]
    absent_parameters: frozenset[str]
    types: dict[str, Table]
    unions: dict[str, list[str]]
    returns: dict[str, list[str]]
    returned_types: dict[str, Table]
    returned_unions: dict[str, list[str]]
    version: str
    other_methods: frozenset[str]


@cache
def facts() -> Facts:
    """Read once."""
    data: dict[str, Any] = json.loads(FACTS_FILE.read_text(encoding="utf-8"))
    return Facts(
        methods={name: _table(table) for name, table in data["methods"].items()},
        absent_parameters=frozenset(data["absent_parameters"]),
        types={name: _table(table) for name, table in data["types"].items()},
        unions=data["unions"],
        returns=data["returns"],
        returned_types={name: _table(table) for name, table in data["returned_types"].items()},
        returned_unions=data["returned_unions"],
        version=data["version"],
        other_methods=frozenset(data["other_methods"]),
    )


def _table(rows: dict[str, list[Any]]) -> Table:
    return {name: (kind, required) for name, (kind, required) in rows.items()}
