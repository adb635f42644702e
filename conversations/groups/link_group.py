from conversations.commands import LinkGroup
from conversations.engine import Flow
from conversations.facts import LinkFacts
from conversations.prompts import LinkTo


def link_group(facts: LinkFacts) -> Flow:
    """A facilitator of several communes says which one a group belongs to."""
    codes = tuple(location.code for location in facts.communes)
    commune = codes[0] if len(codes) == 1 else (yield LinkTo(title=facts.title, communes=facts.communes, options=codes))
    return LinkGroup(facts.payload, str(commune))
