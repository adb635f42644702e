"""Whoever has a role is sent the guide, to be printed."""

from datetime import timedelta

from conversations.arrival.guide import Guide, SendGuide
from conversations.arrival.hello import Help
from storage import outbox
from storage.access import acts_of
from storage.outbox import Post
from storage.people import Person
from storage.room import Doing, Done, Kind, Says
from storage.unit import Unit

GUIDE_SENT = Kind("guide")
AGAIN_AFTER = timedelta(minutes=1)


def help_for(unit: Unit, person: Person, besides: str) -> Help:
    """What somebody may do here; `besides` is not told: the command by which they ask."""
    everybody = tuple(name for name in unit.house.offered() if name != besides)
    return Help(everybody, unit.house.offered_besides(acts_of(unit, person.bot, person.id)))


def carry_guide(unit: Unit, doing: Doing, _: SendGuide) -> Done:
    """Send it, unless it was sent this moment."""
    outbox.put(unit, bot=doing.person.bot, chat=doing.person.id, kind=GUIDE_SENT, asked=True)
    return Done(help_for(unit, doing.person, "help"))


def _say_guide(_: Unit, __: Post) -> Guide:
    return Guide()


SAYS_GUIDE = Says(_say_guide, again_after=AGAIN_AFTER)
