from conversations.commands import AcceptInvitation
from conversations.engine import Flow
from conversations.facts import InvitationFacts
from conversations.prompts import AcceptRole


def accept_invitation(facts: InvitationFacts) -> Flow:
    """A person who was invited becomes a facilitator."""
    yield AcceptRole(communes=facts.communes)
    return AcceptInvitation(facts.payload_hash)
