"""The demo plays the whole path, and what its people think hangs together."""

import os
import subprocess
import sys
from pathlib import Path

from waiting import CEILING

ROOT = Path(__file__).resolve().parents[2]


def test_every_step_of_the_demo_is_seen_to_work(tmp_path):
    """Two dozen people score services that were scored a year ago; the group hears what the door makes of it.

    In a process of its own, as it is run: it sets up its logs for as long as that lasts.
    """
    command = ("demo", "--headless", "--fast", "--citizens", "24", "--port", "0")
    played = subprocess.run(
        (sys.executable, "-c", "from bot.cli import main; main()", *command),
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=CEILING,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert "Every step was seen to work." in played.stdout
    for told in ("a year ago", "practises a whole meeting", "planned for the next day", "opened before its time"):
        assert told in played.stdout
