"""Whatever comes in is taken in here, one unit of work for each event."""

from collections.abc import Sequence

from conversations.chat import ChatKind
from conversations.commands import Follow
from conversations.notices import Notice
from conversations.refusals import FACILITATORS_ONLY, NOT_YOURS, Why
from storage.chats import left, migrated
from storage.enter import enter
from storage.people import Person, set_blocked, spoken_by
from storage.proceed import carry_out
from storage.refused import free
from storage.reply import (
    Arrival,
    Event,
    GroupReply,
    GroupTap,
    Heard,
    InGroup,
    Leaving,
    Membership,
    Migrated,
    Reply,
    Tap,
)
from storage.take_answer import take_answer
from storage.take_message import take_message
from storage.unit import Unit
from storage.updates import first_time


def take(unit: Unit, event: Event) -> Reply | GroupReply | Leaving | None:
    """What is seen after something happened; None where nothing is to be said."""
    match event:
        case Tap():
            return take_answer(unit, event)
        case Arrival():
            return enter(unit, event)
        case Heard():
            return take_message(unit, event)
        case InGroup():
            return _in_group(unit, event)
        case GroupTap():
            return _group_tapped(unit, event)
        case Membership():
            return _membership(unit, event)
        case Migrated(bot, chat, to):
            migrated(unit, bot, chat, to)
            _taken(unit, event)
            return None


def take_all(unit: Unit, events: Sequence[Event]) -> tuple[Reply | GroupReply | Leaving | None, ...]:
    """The same of several events, one after another, in one unit of work."""
    return tuple(take(unit, event) for event in events)


def _in_group(unit: Unit, event: InGroup) -> GroupReply | None:
    """A chat command of a room, or whatever a room makes of being spoken to."""
    if not first_time(unit, event.bot, event.update_id):
        return None
    free(unit, event.bot, event.chat.id)
    takes = [command.take for command in unit.house.chat if command.take is not None and command.name == event.command]
    if takes:
        return GroupReply(event.chat, takes[0](unit, event))
    notice = _taken(unit, event)
    return None if notice is None else GroupReply(event.chat, notice)


def _membership(unit: Unit, event: Membership) -> GroupReply | Leaving | None:
    if event.chat.kind is ChatKind.PRIVATE:
        set_blocked(unit, event.bot, event.chat.id, blocked=not event.here)
        return None
    if not event.here:
        left(unit, event.bot, event.chat.id)
        return None
    free(unit, event.bot, event.chat.id)
    if event.was_here or not first_time(unit, event.bot, event.update_id):
        return None
    notice = _taken(unit, event)
    if event.chat.kind is ChatKind.CHANNEL:
        spoken = spoken_by(unit, event.bot, event.person)
        return Leaving(event.chat.id, None if notice is None else Reply(spoken, notice))
    return None if notice is None else GroupReply(event.chat, notice)


def _taken(unit: Unit, event: InGroup | Membership | Migrated) -> Notice | None:
    """What the first room says that has an answer."""
    person = Person(event.bot, 0 if isinstance(event, Migrated) else event.person, unit.language, None)
    answers = (takes.take(unit, person, event) for takes in unit.house.takes if takes.what is type(event))
    return next((answer for answer in answers if answer is not None), None)


def _group_tapped(unit: Unit, event: GroupTap) -> GroupReply | None:
    """A button in a group: its command is carried out, or the person who tapped hears alone why not."""
    means = unit.house.in_groups.get(event.entry.name)
    command = None if means is None else means(unit, event)
    if command is None:
        return None
    spoken = spoken_by(unit, event.bot, event.person)
    done = carry_out(unit, Person(event.bot, event.person, spoken, None), command, event.screen)
    assert not isinstance(done, Follow)
    if isinstance(done, Why):
        # in a group nobody is sent to look for their own communes
        refused = FACILITATORS_ONLY if done == NOT_YOURS else done
        return GroupReply(event.chat, refused=refused, language=spoken)
    return GroupReply(event.chat, done.shows, event.screen)
