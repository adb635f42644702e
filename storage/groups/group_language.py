"""In which language a group reads, and what it is told when people speak to the bot there."""

from conversations.groups.in_group import AskPrivately, ChooseGroupLanguage, GroupLanguage
from scorecard.role import Act
from storage import tables
from storage.access import Somewhere, may
from storage.chats import BOTH, linked_to
from storage.people import Person
from storage.reply import GroupTap, InGroup
from storage.room import ChatCommand, Doing, Done, Takes
from storage.unit import Unit

_G = tables.group_chat.c


def of_group(unit: Unit, bot: int, chat: int) -> Somewhere:
    """The commune of a group; nobody may act there where it is not linked."""
    return Somewhere(bot, linked_to(unit, bot, chat) or "")


def of_choosing(unit: Unit, person: Person, command: ChooseGroupLanguage) -> Somewhere:
    """The group that a command names."""
    return of_group(unit, person.bot, command.chat)


def chosen(unit: Unit, tap: GroupTap) -> ChooseGroupLanguage | None:
    """What a tap on a language in a group means."""
    language = tap.entry.about[0] if len(tap.entry.about) == 1 else ""
    return ChooseGroupLanguage(tap.chat.id, language) if language in {*unit.languages, BOTH} else None


def carry_language(unit: Unit, doing: Doing, command: ChooseGroupLanguage) -> Done:
    """From now on the group reads in this language."""
    here = (_G.bot == doing.person.bot) & (_G.chat == command.chat)
    unit.db.execute(tables.group_chat.update().where(here).values(language=command.language))
    return Done(GroupLanguage(command.language))


def _ask_language(unit: Unit, asked: InGroup) -> GroupLanguage | AskPrivately:
    """Somebody asks for another language in a group: that is a matter for its facilitators."""
    group = of_group(unit, asked.bot, asked.chat.id)
    if asked.person == 0 and group.place:  # an administrator who writes as the group: their tap tells who it is
        return GroupLanguage()
    return GroupLanguage() if may(unit, asked.bot, asked.person, Act.CHOOSE_LANGUAGE, group) else AskPrivately()


def _spoken_to(_: Unit, __: Person, ___: InGroup) -> AskPrivately:
    return AskPrivately()


LANGUAGE_COMMAND = ChatCommand("language", take=_ask_language)
SPOKEN_TO = Takes(InGroup, _spoken_to)
