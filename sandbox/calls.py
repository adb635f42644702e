"""The log of Bot API calls: what was called with what, and how it went."""

from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

KEPT = 5000


@dataclass(frozen=True)
class Call:
    """One call. `error` is None where it went well."""

    number: int
    bot: int
    method: str
    parameters: dict[str, Any]
    error: str | None


class CallLog:
    """The newest calls, and how many of each method there were in all."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._number = 0
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()

    def add(self, bot: int, method: str, parameters: dict[str, Any], error: str | None) -> int:
        """The call's number."""
        self._number += 1
        self.counts[method] += 1
        if error is not None:
            self.errors[method] += 1
        self._calls.append(Call(self._number, bot, method, parameters, error))
        return self._number

    def numbered(self, numbers: list[int]) -> list[Call]:
        """Those of these numbers that are kept."""
        newer = self.since(numbers[0] - 1) if numbers else []
        return [call for call in newer if call.number in set(numbers)]

    def since(self, number: int) -> list[Call]:
        """Those with a higher number, oldest first."""
        newer = min(self._number - number, len(self._calls))
        return list(self._calls)[-newer:] if newer > 0 else []
