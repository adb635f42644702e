from conversations.commands import GoOnWith
from conversations.engine import Flow
from conversations.prompts import Privacy


def privacy(_: None) -> Flow:
    """A person reads how they are protected; the way out is back."""
    yield Privacy()
    return GoOnWith()
