"""Prints at the end of a run how long each folder's tests took, beside what they may take. It fails nothing."""

from collections import Counter

import pytest

BUDGET = {
    "bot": 25,
    "conversations": 5,
    "digests": 110,
    "files": 15,
    "page": 70,
    "rooms": 25,
    "sandbox": 60,
    "scorecard": 60,
    "storage": 90,
    "telegram": 60,
    "test_crash.py": 75,
    "test_dependencies.py": 3,
    "test_operate.py": 3,
    "test_rules.py": 3,
    "test_transcripts.py": 60,
    "wire": 330,
}
"""Seconds of one worker, on two quiet cores: as many as make a run of six minutes."""


class Budget:
    """Adds up what every test's report says of its time."""

    def __init__(self) -> None:
        self._spent: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._spent[report.nodeid.split("::")[0].split("/")[1]] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        told = (f"{name} {spent:.0f}/{BUDGET.get(name, 0)}" for name, spent in sorted(self._spent.items()))
        terminalreporter.write_line(f"seconds, of the budget's: {', '.join(told)}")
