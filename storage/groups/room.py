"""What groups bring to the house."""

from conversations.groups.in_group import GROUP_LANGUAGE, ChooseGroupLanguage
from conversations.groups.link_group import LINK, LINKED, JustLinked, LinkGroup, LinkHere, link_group
from scorecard.role import Act
from storage.access import Openly, Somewhere
from storage.groups import group_language
from storage.groups import link_group as linking
from storage.people import Person
from storage.places import location
from storage.room import Begin, Carries, Leads, Room, Says, Show, Talk, Way
from storage.unit import Unit


def _of_commune(_: Unit, person: Person, code: str) -> Somewhere:
    return Somewhere(person.bot, code)


def _of_linking(_: Unit, person: Person, command: LinkGroup | LinkHere) -> Somewhere:
    return Somewhere(person.bot, command.commune)


def _link(_: Unit, __: Person, payload: str) -> Way:
    return Begin(link_group, {"payload": payload})


def _linked(unit: Unit, _: Person, commune: Somewhere) -> Way:
    return Show(JustLinked(location(unit, commune.place)))


ROOM = Room(
    name="groups",
    folders=("conversations.groups", "storage.groups"),
    flows=(Talk(link_group, linking.load_link),),
    entries={
        LINK: Leads(_link, Openly.ANYBODY, more=1),
        LINKED: Leads(_linked, Act.LINK, _of_commune),
    },
    in_groups={GROUP_LANGUAGE: group_language.chosen},
    commands={
        LinkGroup: Carries(linking.carry_link, Act.LINK, _of_linking),
        LinkHere: Carries(linking.carry_link_here, Act.LINK, _of_linking),
        ChooseGroupLanguage: Carries(group_language.carry_language, Act.CHOOSE_LANGUAGE, group_language.of_choosing),
    },
    takes=(linking.ADDED, linking.MOVED, group_language.SPOKEN_TO),
    posts={linking.LINKED: Says(linking.say_linked, group=True, passing=False)},
    chat=(linking.LINK_COMMAND, group_language.LANGUAGE_COMMAND),
    erases=(linking.WAITING,),
)
