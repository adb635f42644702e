"""The front of the desk: one update comes in, its unit of work is run, and what came of it is shown."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.telegram.desk import Desk
from bot.telegram.read import Received, UnreadableError, read
from conversations.notices import Refusal
from conversations.refusals import NOT_ADMINISTRATOR, TROUBLE, Why
from storage.intake import take, take_all
from storage.reply import Arrival, GroupReply, GroupTap, Heard, InGroup, Leaving, Reply, Tap
from wording.catalogue import FIRST_LANGUAGE, languages

log = structlog.get_logger("receptionist")

QUIET_SECONDS = 30
"""A group gets the same kind of answer at most this often, whoever asks."""


def receive(desk: Desk, update: object) -> Received | None:
    """What an update says; None if it does not concern us. One that can't be read is counted, and passed over."""
    try:
        return read(update, desk.me)
    except UnreadableError as fault:
        desk.vitals.unreadable[fault.kind] += 1
        log.error("update not understood, passed over", kind=fault.kind, count=desk.vitals.unreadable.total())
        return None


async def serve_in_order(desk: Desk, line: Sequence[Received]) -> None:
    """Serve what one person did. What they wrote in one go is one unit of work, and answered once, by the last answer:
    so nobody makes others wait by writing much. Raises only where the database is out of reach.
    """
    for written, some in groupby(line, _is_written):
        several = list(some)
        if not written or len(several) == 1 or not await _serve_together(desk, several):
            for received in several:
                await serve(desk, received)


async def serve(desk: Desk, received: Received) -> None:
    """Do what an update asks for, and show what came of it. Raises only where the database is out of reach."""
    try:
        await _serve(desk, received)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:  # noqa: BLE001 - one update must not stop the others
        log.error("update failed", kind=received.kind, error=type(fault).__name__)
        _apologise(desk, received)


def _is_written(received: Received) -> bool:
    return received.query is None and isinstance(received.event, Arrival | Heard)


async def _serve_together(desk: Desk, written: Sequence[Received]) -> bool:
    """Whether it could be done: where something in it fails, each is to be served by itself."""
    events = [received.event for received in written if received.event is not None]
    try:
        outcomes = await desk.store.run(take_all, events)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001 - whichever of them it is fails again by itself
        return False
    for outcome in outcomes:
        assert isinstance(outcome, Reply)
        desk.screens.show(written[0].person, outcome)
    return True


async def _serve(desk: Desk, received: Received) -> None:
    event = received.event
    rarely = isinstance(event, InGroup) and event.command in _rare(desk)
    if event is None or (isinstance(event, InGroup) and rarely and desk.is_quiet(event.chat.id, event.command)):
        _answer(desk, received, None)
        return
    desk.vitals.taps += received.query is not None
    run = desk.store.run_first if isinstance(event, Tap) else desk.store.run
    outcome = await run(take, event)
    if isinstance(event, GroupTap) and isinstance(outcome, GroupReply) and outcome.refused == NOT_ADMINISTRATOR:
        outcome = await _if_administrator(desk, event) or outcome
    if isinstance(event, InGroup) and rarely:
        desk.hush(event.chat.id, event.command, QUIET_SECONDS)
    match outcome:
        case Reply():
            _answer(desk, received, outcome.note, outcome.language)
            desk.screens.show(received.person, outcome)
        case GroupReply():
            _answer(desk, received, outcome.refused, outcome.language)
            _tell(desk, outcome)
        case Leaving(chat, tells):
            desk.screens.leave(chat)
            if tells is not None:
                desk.screens.show(received.person, tells)
        case None:
            _answer(desk, received, None)


async def _if_administrator(desk: Desk, tap: GroupTap) -> Reply | GroupReply | Leaving | None:
    """What comes of a tap that is for administrators, if it is one's: Telegram is asked, but not all the time."""
    asked = (NOT_ADMINISTRATOR, tap.person)
    if desk.is_quiet(tap.chat.id, asked):
        return None
    desk.hush(tap.chat.id, asked, QUIET_SECONDS)
    if not await desk.screens.administers(tap.chat.id, tap.person):
        return None
    return await desk.store.run(take, replace(tap, administers=True))


def _rare(desk: Desk) -> set[str]:
    """The commands that a group is not answered again and again."""
    return {command.name for command in desk.store.house.chat if command.rarely}


def _answer(desk: Desk, received: Received, note: Why | None, language: str = "") -> None:
    if received.query is not None:
        desk.screens.answer(received.query, note, language)


def _tell(desk: Desk, reply: GroupReply) -> None:
    """Say something in a group, but not the same kind of thing again and again, unless somebody waits for it."""
    if reply.notice is None:
        return
    about = type(reply.notice)
    if not about.awaited:
        if desk.is_quiet(reply.chat.id, about):
            return
        desk.hush(reply.chat.id, about, QUIET_SECONDS)
    desk.screens.tell(reply.chat, reply.notice, screen=reply.screen)


def _apologise(desk: Desk, received: Received) -> None:
    """Nobody is left without a word, even by a fault that nobody foresaw."""
    language = received.spoken if received.spoken in languages() else FIRST_LANGUAGE
    _answer(desk, received, TROUBLE, language)
    if received.query is None and isinstance(received.event, Arrival | Heard):
        desk.screens.show(received.person, Reply(language, Refusal(TROUBLE)))
