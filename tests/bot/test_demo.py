"""The demo plays the whole path, and what its people think hangs together."""

import pytest
from test_cli import samleng

pytestmark = pytest.mark.usefixtures("log")


def test_every_step_of_the_demo_is_seen_to_work():
    """Two dozen people score services that were scored a year ago; the group hears what the door makes of it."""
    result = samleng("demo", "--headless", "--fast", "--citizens", "24", "--port", "0")
    assert result.exit_code == 0, result.output
    assert "Every step was seen to work." in result.output
    assert "a year ago" in result.output
