"""A pot is put on the table, and poured."""

import json

from sample_room.conversations.tea.make_tea import NO_SCORING, ComeForTea, MakeTea, TeaFacts
from sample_room.conversations.tea.pour_tea import CLEARED_AWAY, PourTea
from sample_room.storage.tea.pots import Pot, pot_of, pots, ready

from conversations.refusals import Why
from storage import outbox
from storage.chats import groups_of
from storage.database import upsert
from storage.outbox import Post
from storage.people import Dialogue, Person
from storage.room import Doing, Done, Kind
from storage.session import Held, by_id
from storage.unit import OvertakenError, Unit

READY = Kind("tea ready")

_P = pots.c


def load_tea(unit: Unit, dialogue: Dialogue) -> TeaFacts | Why:
    """The session that tea is made for, while people come to it."""
    held = by_id(unit, dialogue.about["session"])
    if held is None or held.bot != dialogue.bot or not held.session.accepts_ballots(unit.now):
        return NO_SCORING
    return TeaFacts(held.session)


def carry_make(unit: Unit, doing: Doing, command: MakeTea) -> Done | Why:
    """Put a pot on the table, or make a fresh one in it, and let the commune's groups know."""
    held: Held = doing.subject
    values = {
        "leaf": command.leaf,
        "beside": json.dumps(command.beside),
        "word": command.word,
        "made_by": doing.person.id,
        "made_at": unit.now,
        "cups": 0,
        "told_cold": False,
    }
    upsert(unit.db, pots, {"session": command.session, "turn": 0, **values}, {"turn": _P.turn + 1, **values})
    for chat in groups_of(unit, held.bot, held.session.commune):
        outbox.put(unit, bot=held.bot, chat=chat, kind=READY, subject=held.subject)
    return _shown(unit, doing.person, command.session)


def carry_pour(unit: Unit, doing: Doing, command: PourTea) -> Done | Why:
    """Pour a cup. The turn rises with it, so that the same button pours no other."""
    pot: Pot = doing.subject
    if pot.cleared:
        return CLEARED_AWAY
    as_read = (_P.session == pot.session) & (_P.turn == pot.turn)
    if not unit.db.execute(pots.update().where(as_read).values(cups=_P.cups + 1, turn=_P.turn + 1)).rowcount:
        raise OvertakenError
    return _shown(unit, doing.person, command.session)


def say_ready(unit: Unit, post: Post) -> ComeForTea | None:
    """What a group hears, as long as there is tea."""
    pot = pot_of(unit, Person(post.bot, post.chat, unit.language, None), str(post.session))
    return None if isinstance(pot, Why) or pot.cleared else ComeForTea(pot.leaf, pot.beside, pot.word)


def _shown(unit: Unit, person: Person, session: int) -> Done | Why:
    pot = pot_of(unit, person, str(session))
    return pot if isinstance(pot, Why) else Done(ready(pot))
