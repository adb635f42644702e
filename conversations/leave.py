from conversations.commands import LeaveDialogue
from conversations.engine import Flow
from conversations.prompts import Leave


def leave(_: None) -> Flow:
    """A person leaves what they began."""
    yield Leave()
    return LeaveDialogue()
