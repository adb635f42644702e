"""A facilitator lets a session take no ballots for a while, and go on."""

from conversations.refusals import Why
from conversations.sessions.close_session import ALREADY_CLOSED
from conversations.sessions.live import PauseSession, ResumeSession
from scorecard.session import State
from storage.room import Doing, Done
from storage.session import Held, change
from storage.sessions.groups_told import say_it_pauses, say_it_resumes
from storage.sessions.turnout import opened
from storage.unit import Unit


def carry_pause(unit: Unit, doing: Doing, _: PauseSession) -> Done | Why:
    """Who is in the middle of scoring waits, and loses nothing; its end stays."""
    held: Held = doing.subject
    if not held.session.goes_on(unit.sure_now):
        return ALREADY_CLOSED
    if not held.session.is_paused:
        held = change(unit, held, state=State.PAUSED, turn=held.turn + 1)
        say_it_pauses(unit, held)
    return Done(opened(unit, held))


def carry_resume(unit: Unit, doing: Doing, _: ResumeSession) -> Done | Why:
    """People can score again."""
    held: Held = doing.subject
    if not held.session.goes_on(unit.sure_now):
        return ALREADY_CLOSED
    if held.session.is_paused:
        held = change(unit, held, state=State.OPEN, turn=held.turn + 1)
        say_it_resumes(unit, held)
    return Done(opened(unit, held))
