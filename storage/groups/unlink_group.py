"""A group is taken away from its commune: by a facilitator there, or by an administrator of the group."""

from conversations.groups.unlink_group import ConfirmUnlink, Unlinked, UnlinkGroup
from storage import tables
from storage.access import HeldGroup
from storage.chats import linked_to
from storage.people import Person
from storage.places import location
from storage.reply import InGroup
from storage.room import ChatCommand, Doing, Done
from storage.unit import Unit

_G = tables.group_chat.c


def of_unlinking(unit: Unit, person: Person, command: UnlinkGroup) -> HeldGroup:
    """The commune of a group, and whether an administrator of the group acts."""
    return HeldGroup(person.bot, linked_to(unit, person.bot, command.chat) or "", command.administers)


def carry_unlink(unit: Unit, doing: Doing, command: UnlinkGroup) -> Done:
    """The group receives nothing any more, what is on its way to it neither."""
    here = (_G.bot == doing.person.bot) & (_G.chat == command.chat)
    unit.db.execute(tables.group_chat.delete().where(here))
    return Done(Unlinked())


def _ask(unit: Unit, asked: InGroup) -> ConfirmUnlink | Unlinked:
    """Whoever may is known by their tap."""
    commune = linked_to(unit, asked.bot, asked.chat.id)
    return Unlinked() if commune is None else ConfirmUnlink(location(unit, commune))


UNLINK_COMMAND = ChatCommand("unlink", take=_ask, offered=False)
