"""Fails a run in which all transcripts were played, and something that the bot can show was in none: `make screens` has
a page of all of it.
"""

import pytest
from transcripts.screen_checks import SEEN

from bot.drawing.rooms import DRAWS

LOOKS = {kind.__name__ for one in DRAWS for kind in (*one.prompts, *one.welcomes, *one.notices, *one.in_groups)}


class AllSeen:
    """Puts together what every worker has seen."""

    def __init__(self) -> None:
        self._played: set[str] = set()
        self._seen: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and "test_people_see_what_the_transcript_says[" in report.nodeid and report.passed:
            self._played.add(report.nodeid)

    def pytest_testnodedown(self, node: object) -> None:
        """A worker has ended, and says what it saw."""
        self._seen |= set(getattr(node, "workeroutput", {}).get("seen", ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["seen"] = sorted(SEEN)
            return
        missing = LOOKS - self._seen - SEEN
        if missing and len(self._played) == number_of_cases():
            reporter = session.config.pluginmanager.get_plugin("terminalreporter")
            reporter.write_line(f"no transcript shows: {', '.join(sorted(missing))}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def number_of_cases() -> int:
    from test_transcripts import CASES, LANGUAGES

    return len(CASES) * len(LANGUAGES)
