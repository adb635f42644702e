from conversations.commands import RenamePoint
from conversations.engine import Flow
from conversations.facts import RenameFacts
from conversations.prompts import RightName, WhichName


def rename_point(facts: RenameFacts) -> Flow:
    """A facilitator puts right how a service point is written, in a digest that may stand in groups already."""
    by_id = {str(point.id): point for point in facts.points}
    one = len(by_id) == 1
    id_ = next(iter(by_id)) if one else str((yield WhichName(points=facts.points, options=tuple(by_id))))
    point = by_id[id_]
    name = yield RightName(key=f"name{point.id}", point=point)
    return RenamePoint(facts.session, point.id, str(name))
