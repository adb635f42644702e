"""What a method is given."""

from collections.abc import Callable
from typing import Any

from sandbox.world import Bot, World

Parameters = dict[str, Any]
"""Checked already: names, types, and that what is required is there."""

Method = Callable[[World, Bot, Parameters], Any]
"""Gives the result, as the Bot API describes it; raises RefusedError."""
