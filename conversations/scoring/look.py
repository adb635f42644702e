from conversations.commands import GoOnWith
from conversations.engine import Flow
from conversations.facts import LookFacts
from conversations.prompts import Look


def look(facts: LookFacts) -> Flow:
    """A citizen reviews the scores of one service before sending them, and may have one asked anew."""
    about = f"{facts.point.service}{facts.point.id}"
    options = tuple(criterion.key for criterion, _ in facts.scores)
    key = yield Look(point=facts.point, scores=facts.scores, repair=facts.repair, options=options)
    return GoOnWith(change=f"{about}.{key}")
