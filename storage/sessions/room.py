"""What sessions bring to the house."""

from conversations.commands import Command
from conversations.entries import OPEN, SESSION, SESSIONS
from conversations.refusals import Why
from conversations.results.post_digest import CLOSED
from conversations.sessions.board import BOARD, BOARD_FILE, SendBoard
from conversations.sessions.close_session import ALREADY_CLOSED, CLOSE, CloseSession, ExtendSession, close_session
from conversations.sessions.find_sessions import FIND, FindSessions, find_sessions
from conversations.sessions.live import (
    ANNOUNCE,
    COPY,
    EXTEND,
    NOTHING_OPEN,
    PACK,
    PASS,
    PAUSE,
    PUT_RIGHT,
    QR,
    REMIND,
    RESUME,
    UP_TO_DATE,
    Announce,
    Cancelled,
    PassOn,
    PauseSession,
    Remind,
    ResumeSession,
    SendPack,
    SendQr,
)
from conversations.sessions.open_session import OpenSession, PlanSession, SeeFirst, open_session
from conversations.sessions.planned import (
    CALL_OFF_PLAN,
    OPEN_PLANNED,
    CallOffPlan,
    OpenPlanned,
    Planned,
    call_off_plan,
)
from conversations.sessions.put_right import PutSessionRight, put_right
from scorecard.role import Act
from scorecard.session import UNDER_WAY, State
from storage.access import Somewhere
from storage.people import Person
from storage.results.digests import newest
from storage.room import Begin, Carries, ChatCommand, Do, Leads, Room, Says, Show, Talk, Way
from storage.session import Held, of_command, of_id
from storage.sessions.announce import REMINDERS, carry_announce, carry_remind
from storage.sessions.board import BOARD_SENT, SAYS_BOARD, board, carry_send_board
from storage.sessions.close_session import CLOSINGS, carry_close, carry_extend, load_close
from storage.sessions.find_sessions import carry_find, load_find
from storage.sessions.forget_opener import OPENER
from storage.sessions.groups_told import (
    ANNOUNCED,
    CALLED,
    GOES_ON,
    NOT_HEARD,
    PAUSED,
    REMINDED,
    RESUMED,
    say_announced,
    say_goes_on,
    say_last_call,
    say_not_heard,
    say_paused,
    say_reminder,
    say_resumed,
    tell_not_heard,
)
from storage.sessions.list_sessions import list_sessions
from storage.sessions.open_session import carry_open, carry_see_first, load_open
from storage.sessions.pack import PACKED, QR_SHOWN, SAYS_PACK, SAYS_QR, carry_pack, carry_qr
from storage.sessions.pause import carry_pause, carry_resume
from storage.sessions.planned import (
    OPENED_ITSELF,
    OPENINGS,
    OPENS_SOON,
    PLAN_MISSED,
    carry_call_off,
    carry_open_planned,
    carry_plan,
    load_call_off,
    say_missed,
    say_opened_itself,
    say_opens_soon,
)
from storage.sessions.put_right import PUT_RIGHT_TOLD, carry_put_right, load_put_right, say_put_right
from storage.sessions.turnout import TURNOUT, opened, say_turnout
from storage.unit import Unit


def _of_place(_: Unit, person: Person, command: OpenSession) -> Somewhere:
    return Somewhere(person.bot, command.place)


def _open(_: Unit, __: Person) -> Way:
    return Begin(open_session)


def _close(_: Unit, __: Person, held: Held | None) -> Way:
    return Begin(close_session, {} if held is None else {"session": held.session.id})


def _sessions(unit: Unit, person: Person, page: str = "0") -> Way:
    number = int(page) if page.isdecimal() and len(page) <= MOST_PAGE_FIGURES else 0
    return Show(there) if (there := list_sessions(unit, person, number)) is not None else NOTHING_OPEN


def _board(unit: Unit, person: Person, page: str = "0") -> Way:
    shown = board(unit, person, int(page) if page.isdecimal() and len(page) <= MOST_PAGE_FIGURES else 0)
    return shown if isinstance(shown, Why) else Show(shown)


def _board_file(_: Unit, __: Person) -> Way:
    return Do(SendBoard(), then=BOARD())


def _find(_: Unit, __: Person) -> Way:
    return Begin(find_sessions)


def _whoever_looks(_: Unit, __: Person, ___: FindSessions | SendBoard) -> None:
    """What is found is of their communes."""


def _open_planned(_: Unit, __: Person, held: Held) -> Way:
    if held.session.state is not State.PLANNED:
        return SESSION(held.session.id)
    return Do(OpenPlanned(held.session.id), then=SESSION(held.session.id))


def _call_off(_: Unit, __: Person, held: Held) -> Way:
    if held.session.state is not State.PLANNED:
        return SESSION(held.session.id)
    return Begin(call_off_plan, {"session": held.session.id})


def _of_plan(_: Unit, person: Person, command: PlanSession) -> Somewhere:
    return Somewhere(person.bot, command.opening.place)


def _session(unit: Unit, _: Person, held: Held) -> Way:
    if held.session.state is State.PLANNED:
        return Show(Planned(held.session, held.turn))
    if held.session.state is State.CANCELLED:
        return Show(Cancelled(held.session))
    return CLOSED(held.session.id) if held.session.is_closed else Show(opened(unit, held), note=UP_TO_DATE)


def _pass_on(unit: Unit, _: Person, held: Held) -> Way:
    if held.session.state not in UNDER_WAY:
        return _over(unit, held)
    return Show(PassOn(held.session, held.payload, held.session.code), apart=True)


def _pack(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, SendPack(held.session.id))


def _announce(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, Announce(held.session.id))


def _remind(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, Remind(held.session.id))


def _pause(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, PauseSession(held.session.id))


def _resume(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, ResumeSession(held.session.id))


def _extend(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, ExtendSession(held.session.id))


def _qr(unit: Unit, _: Person, held: Held) -> Way:
    return _do(unit, held, SendQr(held.session.id))


def _put_right(_: Unit, __: Person, held: Held) -> Way:
    return Begin(put_right, {"session": held.session.id})


def _copy(_: Unit, __: Person, held: Held) -> Way:
    return Begin(open_session, {"like": held.session.id})


def _do(unit: Unit, held: Held, command: Command) -> Way:
    """Do something to a session that goes on, and see it go on."""
    if held.session.state not in UNDER_WAY:
        return _over(unit, held)
    return Do(command, then=SESSION(held.session.id))


def _over(unit: Unit, held: Held) -> Way:
    """What asks for something of an open session hears, when it is over."""
    if held.session.state is State.CANCELLED:
        return SESSION(held.session.id)
    return ALREADY_CLOSED if newest(unit, held) == held else CLOSED(held.session.id)


MOST_PAGE_FIGURES = 4

OPEN_COMMAND = ChatCommand("open", OPEN)
SESSIONS_COMMAND = ChatCommand("sessions", SESSIONS)
BOARD_COMMAND = ChatCommand("board", BOARD)
CLOSE_COMMAND = ChatCommand("close", CLOSE)


ROOM = Room(
    name="sessions",
    folders=("conversations.sessions", "storage.sessions"),
    flows=(
        Talk(open_session, load_open),
        Talk(close_session, load_close),
        Talk(put_right, load_put_right),
        Talk(call_off_plan, load_call_off),
        Talk(find_sessions, load_find),
    ),
    entries={
        OPEN: Leads(_open, Act.OPEN),
        CLOSE: Leads(_close, Act.CLOSE, of_id, bare=True),
        SESSIONS: Leads(_sessions, Act.SEE, more=1, bare=True),
        FIND: Leads(_find, Act.SEE),
        BOARD: Leads(_board, Act.SEE, more=1, bare=True),
        BOARD_FILE: Leads(_board_file, Act.SEE),
        SESSION: Leads(_session, Act.SEE, of_id),
        PASS: Leads(_pass_on, Act.HAND_OUT, of_id),
        PACK: Leads(_pack, Act.HAND_OUT, of_id),
        OPEN_PLANNED: Leads(_open_planned, Act.OPEN, of_id, turned=True),
        CALL_OFF_PLAN: Leads(_call_off, Act.OPEN, of_id),
        PUT_RIGHT: Leads(_put_right, Act.CORRECT, of_id),
        COPY: Leads(_copy, Act.OPEN, of_id),
        QR: Leads(_qr, Act.HAND_OUT, of_id),
        ANNOUNCE: Leads(_announce, Act.HAND_OUT, of_id),
        REMIND: Leads(_remind, Act.HAND_OUT, of_id),
        PAUSE: Leads(_pause, Act.CLOSE, of_id, turned=True),
        RESUME: Leads(_resume, Act.CLOSE, of_id, turned=True),
        EXTEND: Leads(_extend, Act.CLOSE, of_id, turned=True),
    },
    commands={
        OpenSession: Carries(carry_open, Act.OPEN, _of_place),
        PlanSession: Carries(carry_plan, Act.OPEN, _of_plan),
        OpenPlanned: Carries(carry_open_planned, Act.OPEN, of_command),
        CallOffPlan: Carries(carry_call_off, Act.OPEN, of_command),
        SeeFirst: Carries(carry_see_first, Act.SEE, of_command),
        PutSessionRight: Carries(carry_put_right, Act.CORRECT, of_command),
        CloseSession: Carries(carry_close, Act.CLOSE, of_command),
        ExtendSession: Carries(carry_extend, Act.CLOSE, of_command),
        SendBoard: Carries(carry_send_board, Act.SEE, _whoever_looks),
        FindSessions: Carries(carry_find, Act.SEE, _whoever_looks),
        SendPack: Carries(carry_pack, Act.HAND_OUT, of_command),
        SendQr: Carries(carry_qr, Act.HAND_OUT, of_command),
        Announce: Carries(carry_announce, Act.HAND_OUT, of_command),
        Remind: Carries(carry_remind, Act.HAND_OUT, of_command),
        PauseSession: Carries(carry_pause, Act.CLOSE, of_command),
        ResumeSession: Carries(carry_resume, Act.CLOSE, of_command),
    },
    due=(OPENINGS, CLOSINGS, REMINDERS),
    posts={
        ANNOUNCED: Says(say_announced, group=True, passing=False, undelivered=tell_not_heard),
        CALLED: Says(say_last_call, group=True, passing=False, undelivered=tell_not_heard),
        GOES_ON: Says(say_goes_on, group=True, passing=False, undelivered=tell_not_heard),
        NOT_HEARD: Says(say_not_heard),
        OPENS_SOON: Says(say_opens_soon),
        OPENED_ITSELF: Says(say_opened_itself),
        PLAN_MISSED: Says(say_missed),
        TURNOUT: Says(say_turnout, wiping=True),
        PAUSED: Says(say_paused, group=True, passing=False),
        RESUMED: Says(say_resumed, group=True, passing=False),
        REMINDED: Says(say_reminder, group=True, passing=False),
        PUT_RIGHT_TOLD: Says(say_put_right, group=True, passing=False),
        PACKED: SAYS_PACK,
        BOARD_SENT: SAYS_BOARD,
        QR_SHOWN: SAYS_QR,
    },
    chat=(OPEN_COMMAND, SESSIONS_COMMAND, CLOSE_COMMAND, BOARD_COMMAND),
    forgets=(OPENER,),
)
