"""What a session is of is put right, as long as nobody has sent anything."""

from conversations.refusals import NOT_YOURS, Why
from conversations.sessions.close_session import ALREADY_CLOSED
from conversations.sessions.live import PutRight
from conversations.sessions.put_right import SENT_ALREADY, WAS_PUT_RIGHT, PutRightFacts, PutSessionRight
from scorecard.card import OVERALL
from scorecard.role import Act
from scorecard.session import rounds_to_choose
from storage import outbox, tables
from storage.access import Somewhere, may
from storage.outbox import Post
from storage.people import Dialogue
from storage.places import location, villages
from storage.room import Doing, Done, Kind
from storage.session import Held, again, by_id, change, location_to_json
from storage.sessions.groups_told import open_for, told
from storage.sessions.open_session import ask_of, points_of
from storage.sessions.turnout import anything_sent, opened
from storage.unit import Unit

PUT_RIGHT_TOLD = Kind("put right")

_P = tables.session_point.c


def load_put_right(unit: Unit, dialogue: Dialogue) -> PutRightFacts | Why:
    """A session as it is, and what it may be of instead."""
    held = by_id(unit, int(dialogue.about["session"]))
    if held is None or not may(unit, dialogue.bot, dialogue.person, Act.CORRECT, held):
        return NOT_YOURS
    if (why := _why_not(unit, held)) is not None:
        return why
    commune = location(unit, held.session.commune)
    known = points_of(unit, held.session.commune)
    return PutRightFacts(held.session, commune, villages(unit, commune.code), known, rounds_to_choose(unit.now))


def carry_put_right(unit: Unit, doing: Doing, command: PutSessionRight) -> Done | Why:
    """Let it be so, unless a ballot came meanwhile; groups that were told hear it. Link and code stay."""
    held: Held = doing.subject
    if (why := _why_not(unit, held)) is not None:
        return why
    if not may(unit, held.bot, doing.person.id, Act.CORRECT, Somewhere(held.bot, command.place)):
        return NOT_YOURS
    place = location(unit, command.place)
    change(
        unit,
        held,
        place=command.place,
        location=location_to_json(place),
        round=command.round,
        turnout="[]",
        turn=held.turn + 1,
    )
    criteria = {
        point.service: tuple(one.key for one in point.criteria if one.key != OVERALL) for point in held.session.points
    }
    unit.db.execute(tables.session_point.delete().where(_P.session == held.session.id))
    ask_of(unit, held.session.id, command.points, criteria)
    now = again(unit, held.session.id)
    for chat in sorted(told(unit, now)):
        outbox.put(unit, bot=now.bot, chat=chat, kind=PUT_RIGHT_TOLD, subject=now.subject, key=str(now.turn))
    return Done(opened(unit, now), note=WAS_PUT_RIGHT)


def say_put_right(unit: Unit, post: Post) -> PutRight | None:
    """How a session is now, for who was told of it."""
    held = open_for(unit, post)
    return None if held is None else PutRight(held.session, held.payload)


def _why_not(unit: Unit, held: Held) -> Why | None:
    if not held.session.goes_on(unit.sure_now):
        return ALREADY_CLOSED
    return SENT_ALREADY if anything_sent(unit, held) else None
