"""Exports of many sessions: few are in memory at a time, and a disk that is full is told as that."""

import gc
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from villages import digest

from digests.export import Format, write
from scorecard.digest import Digest


@pytest.mark.parametrize("format_", Format)
def test_digests_pass_one_by_one(format_):
    """However many there are, none is held after the next: written to the file as it comes, or to one that waits."""
    held = []

    def given() -> Iterator[Digest]:
        for session in range(1, 6):
            yield digest(20, session=session)
            held.append(sum(isinstance(thing, Digest) for thing in gc.get_objects()))

    write(given(), format_, io.BytesIO())
    assert held == [held[0]] * 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("format_", Format)
def test_a_full_disk_is_a_fault_of_the_disk(format_, tmp_path):
    """Whoever writes the file hears what the system said, whatever a library makes of it; nothing is left behind."""
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="No space left"):
        write([digest(40)], format_, full, tmp_path)
    assert list(tmp_path.iterdir()) == []
