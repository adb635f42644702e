"""What the door lets out is worked out by a process of its own: nobody who taps waits for it, not even for the
interpreter. It begins with the first tally, is shared by all stores of this process, and ends with it.

A unit of work asks `unit.released(cases)`. Where that is not known yet, the unit is rolled back, the cases are worked
out apart, and the unit runs again: it finds the releases if the cases are the same then, and else begins anew.
"""

import atexit
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

from scorecard.disclosure import Release, release
from scorecard.tally import Tally

Cases = Sequence[tuple[Tally, Sequence[Release]]]
"""Tallies, each with what was released before."""


class UnreleasedError(Exception):
    """A unit of work needs the releases of these cases, and then runs again. `by`: what it looked for them in."""

    def __init__(self, cases: Cases, by: "Released") -> None:
        super().__init__()
        self.cases = cases
        self.by = by


class Released:
    """The releases that a unit of work may find; any other is to be worked out first."""

    def __init__(self) -> None:
        self._known: list[tuple[Cases, tuple[Release, ...]]] = []

    def __call__(self, cases: Cases) -> tuple[Release, ...]:
        """The releases of these cases. Raises UnreleasedError."""
        for known, releases in self._known:
            if known == cases:
                return releases
        raise UnreleasedError(cases, self)

    def prepare(self, cases: Cases) -> None:
        """Work them out, so that they are found. Takes a while."""
        self._known.append((cases, _apart(cases)))


def release_each(cases: Cases) -> tuple[Release, ...]:
    """The releases of these cases, worked out here and now."""
    return tuple(release(tally, before) for tally, before in cases)


_one_at_a_time = threading.Lock()
_other: list[subprocess.Popen[bytes]] = []


def _apart(cases: Cases) -> tuple[Release, ...]:
    """The same, by the other process; here where that can't be had."""
    with _one_at_a_time:
        try:
            there = _other[0] if _other else _begin()
            assert there.stdin is not None
            assert there.stdout is not None
            _write(there.stdin, cases)
            releases: tuple[Release, ...] = pickle.load(there.stdout)  # noqa: S301 - what it says is ours
        except (OSError, EOFError, pickle.UnpicklingError):
            _end()
            return release_each(cases)
        return releases


def _begin() -> "subprocess.Popen[bytes]":
    """Begin the other process, which Ctrl-C does not reach: it ends when nothing more can come in."""
    command = [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"]
    pipe = subprocess.PIPE
    _other.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True))  # noqa: S603
    return _other[0]


@atexit.register
def _end() -> None:
    """Whatever it still does is in vain."""
    for there in _other:
        there.kill()
        with suppress(OSError):
            there.communicate()
    _other.clear()


def serve() -> None:
    """Work out what comes in by standard input until that ends."""
    while True:
        try:
            cases = pickle.load(sys.stdin.buffer)  # noqa: S301 - what the bot says is ours
        except EOFError:
            return
        _write(sys.stdout.buffer, release_each(cases))


def _write(pipe: IO[bytes], what: object) -> None:
    pickle.dump(what, pipe)
    pipe.flush()
