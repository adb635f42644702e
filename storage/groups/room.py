"""What groups bring to the house."""

from conversations.groups.how_to_link import HOW_TO_LINK, HowToLink
from conversations.groups.in_group import GROUP_LANGUAGE, ChooseGroupLanguage
from conversations.groups.link_group import (
    ASK_TO_LINK,
    HAND_OVER,
    LINK,
    LINK_HERE,
    LINKED,
    AskToLink,
    HandOver,
    JustLinked,
    LinkGroup,
    LinkHere,
    link_group,
)
from conversations.groups.unlink_group import UNLINK, UnlinkGroup
from scorecard.role import Act
from storage.access import Openly, Somewhere
from storage.groups import bot_added, group_language, unlink_group
from storage.groups import link_group as linking
from storage.people import Person
from storage.places import location
from storage.reply import GroupTap
from storage.room import Begin, Carries, ChatCommand, Leads, Room, Says, Show, Talk, Way
from storage.unit import Unit


def _of_commune(_: Unit, person: Person, code: str) -> Somewhere:
    return Somewhere(person.bot, code)


def _of_linking(_: Unit, person: Person, command: LinkGroup | LinkHere) -> Somewhere:
    return Somewhere(person.bot, command.commune)


def _of_nothing(_: Unit, __: Person, ___: AskToLink) -> None:
    """Whoever may link any group may ask."""


def _link(_: Unit, __: Person, payload: str) -> Way:
    return Begin(link_group, {"payload": payload})


def _linked(unit: Unit, _: Person, commune: Somewhere) -> Way:
    return Show(JustLinked(location(unit, commune.place)))


def _how_to_link(_: Unit, __: Person) -> Way:
    return Show(HowToLink())


LINK_PRIVATELY = ChatCommand("link", HOW_TO_LINK, offered=False)


# What taps in groups mean


def _asks_to_link(_: Unit, tap: GroupTap) -> AskToLink | None:
    return None if tap.entry.about else AskToLink(tap.chat)


def _links_here(_: Unit, tap: GroupTap) -> LinkHere | None:
    return LinkHere(tap.chat, tap.entry.about[0]) if len(tap.entry.about) == 1 else None


def _hands_over(_: Unit, tap: GroupTap) -> HandOver | None:
    if len(tap.entry.about) != 1:
        return None
    return HandOver(tap.chat, tap.entry.about[0], tap.administers)


def _unlinks(_: Unit, tap: GroupTap) -> UnlinkGroup | None:
    return None if tap.entry.about else UnlinkGroup(tap.chat.id, tap.administers)


ROOM = Room(
    name="groups",
    folders=("conversations.groups", "storage.groups"),
    flows=(Talk(link_group, linking.load_link),),
    entries={
        LINK: Leads(_link, Openly.ANYBODY, more=1),
        LINKED: Leads(_linked, Act.LINK, _of_commune),
        HOW_TO_LINK: Leads(_how_to_link, Act.LINK),
    },
    in_groups={
        GROUP_LANGUAGE: group_language.chosen,
        ASK_TO_LINK: _asks_to_link,
        LINK_HERE: _links_here,
        HAND_OVER: _hands_over,
        UNLINK: _unlinks,
    },
    commands={
        AskToLink: Carries(linking.carry_ask, Act.LINK, _of_nothing),
        LinkGroup: Carries(linking.carry_link, Act.LINK, _of_linking),
        LinkHere: Carries(linking.carry_link_here, Act.LINK, _of_linking),
        HandOver: Carries(linking.carry_hand_over, Openly.HOLDER, linking.of_handing_over),
        UnlinkGroup: Carries(unlink_group.carry_unlink, Openly.HOLDER, unlink_group.of_unlinking),
        ChooseGroupLanguage: Carries(group_language.carry_language, Act.CHOOSE_LANGUAGE, group_language.of_choosing),
    },
    takes=(bot_added.BOT_ADDED, linking.MOVED, group_language.SPOKEN_TO),
    posts={
        bot_added.ADDED: Says(bot_added.say_added, group=True),
        linking.ASKED: Says(linking.say_asked, group=True),
        linking.LINKED: Says(linking.say_linked, group=True, passing=False),
    },
    chat=(linking.LINK_COMMAND, LINK_PRIVATELY, unlink_group.UNLINK_COMMAND, group_language.LANGUAGE_COMMAND),
    erases=(linking.WAITING,),
    forgets=(linking.WAITS,),
)
