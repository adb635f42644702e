from conversations.commands import Follow
from conversations.engine import Flow
from conversations.facts import CorrectFacts
from conversations.prompts import CorrectWhich, WhichSeat


def correct(facts: CorrectFacts) -> Flow:
    """A citizen who has sent scores chooses which service to score anew, from empty."""
    seats = tuple(str(seat) for seat in facts.scored)
    seat = seats[0] if len(seats) == 1 else (yield WhichSeat(options=seats))
    points = tuple(str(point.id) for point in facts.session.points)
    point = yield CorrectWhich(session=facts.session, options=points)
    return Follow("score", (int(str(point)),), int(str(seat)), correcting=True)
