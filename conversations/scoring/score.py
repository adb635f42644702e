from conversations.commands import CastBallot, Follow
from conversations.engine import Flow
from conversations.facts import ScoreFacts
from conversations.prompts import DONT_KNOW, SKIP, Faces, FirstRepair, Send
from scorecard import ballot


def score(facts: ScoreFacts) -> Flow:
    """A citizen scores one service point and sends it."""
    point = facts.point
    about = f"{point.service}{point.id}"
    scores = {}
    for number, criterion in enumerate(point.criteria, start=1):
        face = yield Faces(
            key=f"{about}.{criterion.key}", session=facts.session, point=point, criterion=criterion, number=number
        )
        scores[criterion.key] = ballot.DONT_KNOW if face == DONT_KNOW else int(str(face))
    asked = tuple(criterion.key for criterion in point.criteria)
    repair = yield FirstRepair(key=f"{about}!repair", point=point, options=(*asked, SKIP))
    yield Send(key=f"{about}!send", point=point)
    return CastBallot(
        session=facts.session.id,
        point=point.id,
        seat=facts.seat,
        scores=scores,
        repair=None if repair == SKIP else str(repair),
        then=_then(facts),
    )


def _then(facts: ScoreFacts) -> Follow | None:
    if facts.rest:
        return Follow("score", facts.rest, facts.seat, facts.correcting)
    return None if facts.correcting else Follow("about_you", seat=facts.seat)
