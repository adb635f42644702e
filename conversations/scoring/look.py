"""The review: what was answered so far for one service."""

from dataclasses import dataclass

from conversations.commands import GoOnWith
from conversations.engine import Flow
from conversations.prompts import OneOf
from conversations.scoring.score import compared_key, repair_key, score_key
from scorecard.ballot import Compared
from scorecard.card import Criterion
from scorecard.place import ServicePoint

WISH = "+wish"
COMPARED = "+compared"
"""No criterion is called so."""


@dataclass(frozen=True, slots=True)
class LookFacts:
    """For `look`: what was answered so far about a service point, in card order.

    repair: what to repair first; wished, asked: whether that, and how it is beside last year, was answered, be it with
    nothing.
    """

    point: ServicePoint
    scores: tuple[tuple[Criterion, str], ...]
    repair: Criterion | None = None
    wished: bool = False
    compared: Compared | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(OneOf):
    """The review: what was answered so far for one service; a tap on a line asks it anew."""

    point: ServicePoint
    scores: tuple[tuple[Criterion, str], ...]
    repair: Criterion | None
    compared: Compared | None
    key: str = "look"


def look(facts: LookFacts) -> Flow:
    """A citizen reviews the answers about one service before sending them, and may have one asked anew."""
    point = facts.point
    keys = {criterion.key: score_key(point, criterion) for criterion, _ in facts.scores}
    keys |= {WISH: repair_key(point)} if facts.wished else {}
    keys |= {COMPARED: compared_key(point)} if facts.asked else {}
    chosen = yield Look(
        point=point, scores=facts.scores, repair=facts.repair, compared=facts.compared, options=tuple(keys)
    )
    return GoOnWith(change=keys[str(chosen)])
