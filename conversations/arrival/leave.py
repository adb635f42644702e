from conversations.commands import LeaveDialogue
from conversations.engine import Flow
from conversations.facts import LeaveFacts
from conversations.prompts import Leave


def leave(facts: LeaveFacts) -> Flow:
    """A person leaves what they began."""
    yield Leave(scoring=facts.scoring)
    return LeaveDialogue()
