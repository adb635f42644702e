"""The review: what was answered so far for one service."""

from dataclasses import dataclass

from conversations.commands import GoOnWith
from conversations.engine import Flow
from conversations.prompts import OneOf
from conversations.scoring.score import score_key
from scorecard.card import Criterion
from scorecard.place import ServicePoint


@dataclass(frozen=True, slots=True)
class LookFacts:
    """For `look`: what was answered so far about a service point, in card order, and what to repair first."""

    point: ServicePoint
    scores: tuple[tuple[Criterion, str], ...]
    repair: Criterion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(OneOf):
    """The review: what was answered so far for one service; a tap on a line asks it anew."""

    point: ServicePoint
    scores: tuple[tuple[Criterion, str], ...]
    repair: Criterion | None
    key: str = "look"


def look(facts: LookFacts) -> Flow:
    """A citizen reviews the scores of one service before sending them, and may have one asked anew."""
    keys = {criterion.key: score_key(facts.point, criterion) for criterion, _ in facts.scores}
    chosen = yield Look(point=facts.point, scores=facts.scores, repair=facts.repair, options=tuple(keys))
    return GoOnWith(change=keys[str(chosen)])
