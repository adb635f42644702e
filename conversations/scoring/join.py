from conversations.commands import Follow
from conversations.engine import Flow
from conversations.facts import JoinFacts
from conversations.prompts import UsedServices, Welcome, WhichPoint
from scorecard.card import Service


def join(facts: JoinFacts) -> Flow:
    """A citizen comes in by a link or code and says which services they used."""
    yield Welcome(session=facts.session)
    kinds = tuple(dict.fromkeys(point.service for point in facts.session.points))
    used = tuple(kind.value for kind in kinds)
    if len(kinds) > 1:
        chosen = yield UsedServices(session=facts.session, options=used)
        used = tuple(chosen)
    points = []
    for kind in map(Service, used):
        candidates = tuple(point for point in facts.session.points if point.service is kind)
        if len(candidates) == 1:
            points.append(candidates[0].id)
        else:
            ids = tuple(str(point.id) for point in candidates)
            one = yield WhichPoint(key=f"which.{kind}", options=ids, service=kind, points=candidates)
            points.append(int(str(one)))
    return Follow("score", tuple(points), facts.seat)
