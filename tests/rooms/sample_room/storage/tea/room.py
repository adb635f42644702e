"""What tea brings to the house."""

from typing import Any

from sample_room.conversations.tea.make_tea import MAKE_TEA, NO_SCORING, TEA, MakeTea, make_tea, recipe
from sample_room.conversations.tea.pour_tea import CLEARED_AWAY, POUR, PourTea
from sample_room.storage.tea.clear_away import CLEARED, COLD, GONE_COLD, WASHED, say_cold
from sample_room.storage.tea.make_tea import READY, carry_make, carry_pour, load_tea, say_ready
from sample_room.storage.tea.pots import Pot, pot_of, ready

from conversations.refusals import Why
from scorecard.role import Act
from storage.access import communes_of
from storage.people import Dialogue, Person
from storage.room import Aside, Begin, Carries, ChatCommand, Do, Leads, Room, Says, Show, Talk, Way
from storage.session import of_command, open_in
from storage.unit import Unit


def _make(unit: Unit, person: Person) -> Way:
    there = open_in(unit, person.bot, communes_of(unit, person.bot, person.id, Act.SEE))
    return Begin(make_tea, {"session": there[-1].session.id}) if there else NO_SCORING


def _tea(_: Unit, __: Person, pot: Pot) -> Way:
    return CLEARED_AWAY if pot.cleared else Show(ready(pot))


def _pour(_: Unit, __: Person, pot: Pot) -> Way:
    return Do(PourTea(pot.session), then=TEA(pot.session))


def _of_pouring(unit: Unit, person: Person, command: PourTea) -> Pot | Why:
    return pot_of(unit, person, str(command.session))


def _facts_of_recipe(_: Dialogue, __: Any) -> tuple[()]:
    return ()


TEA_COMMAND = ChatCommand("tea", MAKE_TEA)

ROOM = Room(
    name="tea",
    folders=("sample_room.conversations.tea", "sample_room.storage.tea"),
    flows=(Talk(make_tea, load_tea),),
    asides=(Aside(recipe, _facts_of_recipe),),
    entries={
        MAKE_TEA: Leads(_make, Act.HAND_OUT),
        TEA: Leads(_tea, Act.HAND_OUT, pot_of),
        POUR: Leads(_pour, Act.HAND_OUT, pot_of, turned=True),
    },
    commands={
        MakeTea: Carries(carry_make, Act.HAND_OUT, of_command),
        PourTea: Carries(carry_pour, Act.HAND_OUT, _of_pouring),
    },
    due=(GONE_COLD,),
    posts={
        READY: Says(say_ready, group=True),
        COLD: Says(say_cold),
    },
    chat=(TEA_COMMAND,),
    at_closing=(CLEARED,),
    erases=(WASHED,),
)
