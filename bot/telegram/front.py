"""The front of the desk: one update comes in, its unit of work is run, and what came of it is shown."""

from dataclasses import replace

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.telegram.desk import Desk
from bot.telegram.read import Received, UnreadableError, read
from conversations.notices import AskPrivately, ChooseCommune, GroupLanguage, GroupLinked, Notice, Sorry, Why
from storage.chats import GroupUpdate, ask_language, choose_language, left, migrated, summary
from storage.enter import enter
from storage.groups.link_group import ask_to_link
from storage.people import set_blocked
from storage.reply import Arrival, Event, GroupTap, Heard, InGroup, Membership, Migrated, Reply, Tap
from storage.take_answer import take_answer
from storage.take_message import hear
from wording.catalogue import FIRST_LANGUAGE, languages

log = structlog.get_logger("receptionist")

SENDING = frozenset({"poster", "wall", "data", "pack", "preview"})
"""Entries that have something sent."""

SENT_AGAIN_AFTER = 10
"""Seconds in which the same is not sent to the same person again, however often they tap."""

QUIET_SECONDS = 30
"""A group gets the same kind of answer at most this often, whoever asks."""


def receive(desk: Desk, update: object) -> Received | None:
    """What an update says; None if it does not concern us. One that can't be read is counted, and passed over."""
    try:
        return read(update, desk.me)
    except UnreadableError as fault:
        desk.unreadable[fault.kind] += 1
        log.error("update not understood, passed over", kind=fault.kind, count=desk.unreadable.total())
        return None


async def serve(desk: Desk, received: Received) -> None:
    """Do what an update asks for, and show what came of it. Raises only where the database is out of reach."""
    try:
        await _serve(desk, received)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:  # noqa: BLE001 - one update must not stop the others
        log.error("update failed", kind=received.kind, error=type(fault).__name__)
        _apologise(desk, received)


async def _serve(desk: Desk, received: Received) -> None:
    event = received.event
    rarely = _rarely(received)
    if event is None or (rarely is not None and desk.is_quiet(*rarely[:2])):
        _answer(desk, received, None)
        return
    outcome = await _run(desk, event)
    if rarely is not None:
        desk.hush(*rarely)
    _answer(desk, received, outcome if isinstance(outcome, Reply) else None)
    match event, outcome:
        case (Tap() | Arrival() | Heard(), Reply()):
            desk.screens.show(event.person, outcome)
        case (_, Reply() | None):
            pass
        case (GroupTap(), notice):
            desk.screens.tell(event.chat, notice, screen=event.screen)
        case (InGroup() | Membership(), notice):
            _tell(desk, event.chat, notice)


async def _run(desk: Desk, event: Event) -> Reply | Notice | None:  # noqa: C901 - one case a kind of event
    """The one place where an event meets its unit of work."""
    run, bot = desk.store.run, desk.bot
    match event:
        case Tap():
            return await run(take_answer, event, frozenset(languages()))
        case Arrival():
            return await run(enter, event)
        case Heard():
            return await run(hear, event)
        case InGroup(command="link") | Membership(private=False, was_here=False, here=True):
            asked = GroupUpdate(bot, event.chat, event.update_id)
            return await run(ask_to_link, asked, event.person, event.title)
        case InGroup(command="summary"):
            return await run(summary, GroupUpdate(bot, event.chat, event.update_id))
        case InGroup(command="language"):
            return await run(ask_language, GroupUpdate(bot, event.chat, event.update_id), event.person)
        case InGroup():
            return AskPrivately()
        case GroupTap():
            return await run(choose_language, bot, event.chat, event.person, event.language)
        case Membership(private=True):
            await run(set_blocked, bot, event.chat, blocked=not event.here)
        case Membership(here=False):
            await run(left, bot, event.chat)
        case Migrated():
            await run(migrated, bot, event.chat, event.to)
    return None


def _rarely(received: Received) -> tuple[int, object, float] | None:
    """Of what does not come again at once: the chat, what it is about, and for how many seconds."""
    match received.event:
        case Arrival(person=person, entry=entry) if received.query and entry.partition(":")[0] in SENDING:
            return person, entry, SENT_AGAIN_AFTER
        case InGroup(chat=chat, command="summary"):
            return chat, "summary", QUIET_SECONDS
        case _:
            return None


def _answer(desk: Desk, received: Received, reply: Reply | None) -> None:
    if received.query is not None:
        desk.screens.answer(received.query, reply)


def _tell(desk: Desk, chat: int, notice: Notice) -> None:
    """Say something in a group, but not the same kind of thing again and again."""
    about = type(notice)
    if not isinstance(notice, GroupLinked | ChooseCommune | GroupLanguage):
        if desk.is_quiet(chat, about):
            return
        desk.hush(chat, about, QUIET_SECONDS)
    desk.screens.tell(chat, notice)


def _apologise(desk: Desk, received: Received) -> None:
    """Nobody is left without a word, even by a fault that nobody foresaw."""
    language = received.spoken if received.spoken in languages() else FIRST_LANGUAGE
    sorry = Reply(language, Sorry(Why.TROUBLE), note=Why.TROUBLE)
    _answer(desk, received, sorry)
    if received.query is None and isinstance(received.event, Arrival | Heard):
        desk.screens.show(received.person, replace(sorry, note=None))
