from conversations.commands import GoOnWith, LeaveDialogue
from conversations.engine import Flow
from conversations.facts import GoOnFacts
from conversations.prompts import YES, GoOn


def go_on(facts: GoOnFacts) -> Flow:
    """A person who comes back, or comes for something else, goes on with what they began or leaves it."""
    answer = yield GoOn(elsewhere=facts.elsewhere)
    return GoOnWith() if answer == YES else LeaveDialogue()
