"""Prints at the end of a run how long each folder's tests took, beside what they may take. It fails nothing."""

from collections import Counter

import pytest

BUDGET = {
    "bot": 41,
    "conversations": 5,
    "digests": 154,
    "drawing": 3,
    "files": 15,
    "page": 100,
    "rooms": 15,
    "sandbox": 40,
    "scorecard": 60,
    "storage": 165,
    "telegram": 40,
    "test_crash.py": 90,
    "test_dependencies.py": 3,
    "test_operate.py": 3,
    "test_rules.py": 3,
    "test_transcripts.py": 60,
    "test_texts.py": 3,
    "wire": 345,
    "wording": 5,
}
"""Seconds of one worker, on two quiet cores: as many as make a run of six and a half minutes."""


class Budget:
    """Adds up what every test's report says of its time."""

    def __init__(self) -> None:
        self._spent: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._spent[report.nodeid.split("::")[0].split("/")[1]] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        told = (f"{name} {spent:.0f}/{BUDGET.get(name, 0)}" for name, spent in sorted(self._spent.items()))
        terminalreporter.write_line(f"seconds, of the budget's: {', '.join(told)}")
