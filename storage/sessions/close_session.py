"""A session is closed: each room does its part in one transaction, and what could tell who said what is erased."""

from datetime import timedelta

import sqlalchemy as sa

from conversations.chat import Screen
from conversations.entries import OVER
from conversations.refusals import FACILITATORS_ONLY, Why
from conversations.results.post_digest import JustClosed
from conversations.sessions.close_session import ALREADY_CLOSED, CloseFacts, CloseSession, ExtendSession
from conversations.sessions.live import NOTHING_OPEN
from scorecard.role import Act
from scorecard.session import LAST_CALL, UNDER_WAY, State, reminder_time
from storage import outbox, tables
from storage.access import communes_of
from storage.people import Dialogue
from storage.room import Doing, Done, Due
from storage.sealing import doom
from storage.session import Held, again, by_id, change, open_in
from storage.sessions.groups_told import call, say_it_goes_on
from storage.sessions.turnout import count, opened
from storage.unit import Unit
from storage.wipe import wipe

LONGER = timedelta(hours=1)

_S = tables.session.c


def load_close(unit: Unit, dialogue: Dialogue) -> CloseFacts | Why:
    """The open sessions of a facilitator's communes, and what may be known of each."""
    communes = communes_of(unit, dialogue.bot, dialogue.person, Act.CLOSE)
    if not communes:
        return FACILITATORS_ONLY
    there = open_in(unit, dialogue.bot, communes)
    asked = dialogue.about.get("session")
    if asked is not None and asked not in {held.session.id for held in there}:
        return ALREADY_CLOSED
    if not there:
        return NOTHING_OPEN
    sessions = tuple(held.session for held in there)
    may_cancel = bool(communes_of(unit, dialogue.bot, dialogue.person, Act.CANCEL_LATE))
    return CloseFacts(sessions, asked, {held.session.id: count(unit, held) for held in there}, may_cancel)


def carry_close(unit: Unit, doing: Doing, command: CloseSession) -> Done | Why:
    """Make the last call, or close it; whoever does sees it on this message from now on."""
    held: Held = doing.subject
    if command.last_call:
        called = call_last(unit, held)
        return Done(opened(unit, show_on(unit, called, doing.screen)))
    if not close_session(unit, held, by=doing.person.id, closing_screen=doing.screen):
        return ALREADY_CLOSED
    return Done(JustClosed(again(unit, held.session.id).session))


def carry_extend(unit: Unit, doing: Doing, _: ExtendSession) -> Done | Why:
    """Let an open session go on an hour longer than it would, and show it."""
    held: Held = doing.subject
    if not held.session.goes_on(unit.sure_now):
        return ALREADY_CLOSED
    closes_at = held.session.closes_at + LONGER
    remind_at = reminder_time(unit.now, closes_at)
    longer = change(unit, held, closes_at=closes_at, remind_at=remind_at, last_call=False, turn=held.turn + 1)
    if held.last_call:
        say_it_goes_on(unit, longer)
    return Done(opened(unit, show_on(unit, longer, doing.screen)))


def call_last(unit: Unit, held: Held) -> Held:
    """Let a session close in three minutes, or when it would anyway, and tell the commune's groups."""
    called = change(unit, held, closes_at=min(held.session.closes_at, unit.now + LAST_CALL), last_call=True)
    call(unit, called)
    return called


def show_on(unit: Unit, held: Held, screen: Screen | None) -> Held:
    """From now on the open session is shown to its facilitator on this message, and no longer on the earlier one."""
    if held.screen is not None and held.screen != screen:
        outbox.remove(unit, held.bot, held.screen)
    return change(unit, held, screen_chat=screen and screen.chat, screen=screen and screen.message)


def close_session(unit: Unit, held: Held, *, by: int | None = None, closing_screen: Screen | None = None) -> bool:
    """Close a session, once: False if it is closed already. Its facilitator is shown what will be posted.

    by: another facilitator who closes it, and is shown it too; closing_screen: the message on which they do.
    """
    closed = unit.db.execute(
        tables.session.update()
        .where(_S.id == held.session.id, _S.state.in_(UNDER_WAY))
        .values(
            state=State.CLOSED,
            closed_at=unit.now,
            closes_at=min(held.session.closes_at, unit.now),
            turnout="[]",
            uncounted=0,
            remind_at=None,
        )
    )
    if not closed.rowcount:
        return False
    held = again(unit, held.session.id)
    if held.screen is not None and held.screen != closing_screen:
        outbox.remove(unit, held.bot, held.screen)
    held = change(unit, held, screen_chat=None, screen=None)
    assert held.key is not None, "what was merged is closed from the start"
    doom(unit, held.key)
    for closing in unit.house.at_closing:
        closing.do(unit, held, by)
    wipe(unit, tables.dialogue.c.session == held.session.id, OVER())
    ended = tables.ended_dialogue
    unit.db.execute(ended.delete().where(ended.c.session == held.session.id))
    return True


def _over(unit: Unit, bot: int) -> tuple[int, ...]:
    """The sessions under way whose time is over."""
    over = (_S.bot == bot) & _S.state.in_(UNDER_WAY) & (_S.closes_at <= unit.sure_now)
    return tuple(unit.db.scalars(sa.select(_S.id).where(over).order_by(_S.closes_at)))


def _close_over(unit: Unit, session: int) -> bool:
    """Close a session whose time is over; False if it is closed already, or goes on."""
    held = by_id(unit, session)
    return held is not None and held.session.closes_at <= unit.sure_now and close_session(unit, held)


CLOSINGS = Due(_over, _close_over, "closed")
