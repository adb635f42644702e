"""Whoever has a role is sent the guide, to be printed."""

from datetime import timedelta

from conversations.arrival.guide import Guide, SendGuide
from conversations.arrival.hello import Help
from scorecard.role import Act
from scorecard.session import UNDER_WAY
from storage import outbox
from storage.access import acts_of, communes_of
from storage.outbox import Post
from storage.people import Person
from storage.room import Doing, Done, Kind, Says
from storage.session import listed_in
from storage.unit import Unit

GUIDE_SENT = Kind("guide")
AGAIN_AFTER = timedelta(minutes=1)


def help_for(unit: Unit, person: Person, besides: str) -> Help:
    """What somebody may do here, and what is under way; `besides` is not told: the command by which they ask."""
    everybody = tuple(name for name in unit.house.offered() if name != besides)
    listed = listed_in(unit, person.bot, communes_of(unit, person.bot, person.id, Act.SEE), 2)
    under_way = tuple(held.session for held in listed if held.session.state in UNDER_WAY)
    return Help(everybody, unit.house.offered_besides(acts_of(unit, person.bot, person.id)), under_way)


def carry_guide(unit: Unit, doing: Doing, _: SendGuide) -> Done:
    """Send it, unless it was sent this moment."""
    outbox.put(unit, bot=doing.person.bot, chat=doing.person.id, kind=GUIDE_SENT, asked=True)
    return Done(help_for(unit, doing.person, "help"))


def _say_guide(_: Unit, __: Post) -> Guide:
    return Guide()


SAYS_GUIDE = Says(_say_guide, again_after=AGAIN_AFTER)
