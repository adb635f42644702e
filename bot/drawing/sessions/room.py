"""How sessions look."""

from bot.drawing.look import Described, Draws
from bot.drawing.sessions.asked import (
    open_now,
    point_name_line,
    which_closing,
    which_commune,
    which_day,
    which_place,
    which_points,
)
from bot.drawing.sessions.board import board, board_file
from bot.drawing.sessions.closing import cancel_now, close_now, how_to_close, which_session, why_cancel
from bot.drawing.sessions.groups_told import announced, goes_on, last_call, not_after_all, on_hold, put_right, reminder
from bot.drawing.sessions.live import opened
from bot.drawing.sessions.passed_on import pack, pass_on, qr
from bot.drawing.sessions.planned import (
    call_off_now,
    opened_by_itself,
    opening_day,
    opening_hour,
    opens_soon,
    plan_missed,
    planned,
    planned_closing,
)
from bot.drawing.sessions.put_right import put_right_now, what_is_wrong, which_year
from bot.drawing.sessions.settings import which_criteria, which_settings
from bot.drawing.sessions.told import cancelled, found, look_for, not_heard, sessions
from conversations.sessions.board import NOTHING_ON_BOARD, Board, BoardFile, SendBoard
from conversations.sessions.close_session import (
    ALREADY_CLOSED,
    ENOUGH_TOOK_PART,
    CancelNow,
    CloseNow,
    CloseSession,
    ExtendSession,
    HowToClose,
    WhichSession,
    WhyCancel,
)
from conversations.sessions.find_sessions import NOTHING_FOUND, FindSessions, Found, LookFor
from conversations.sessions.live import (
    GROUP_HEARS,
    IS_PAUSED,
    NOTHING_OPEN,
    STILL_OPEN,
    UP_TO_DATE,
    Announce,
    Announced,
    Cancelled,
    GoesOn,
    LastCall,
    NotAfterAll,
    NotHeard,
    OnHold,
    Opened,
    Pack,
    PassOn,
    PauseSession,
    PutRight,
    Qr,
    Remind,
    Reminder,
    ResumeSession,
    SendPack,
    SendQr,
    Sessions,
)
from conversations.sessions.open_session import (
    OpenNow,
    OpenSession,
    PlanSession,
    PointName,
    SeeFirst,
    WhichClosing,
    WhichCommune,
    WhichPlace,
    WhichPoints,
)
from conversations.sessions.planned import (
    NOT_PLANNED,
    CallOffNow,
    CallOffPlan,
    OpenedByItself,
    OpenPlanned,
    OpensSoon,
    PlanMissed,
    Planned,
)
from conversations.sessions.put_right import (
    SENT_ALREADY,
    SERVICE_GONE,
    WAS_PUT_RIGHT,
    PutRightNow,
    PutSessionRight,
    WhatIsWrong,
    WhichYear,
)
from conversations.sessions.settings import FOUR_TO_SEVEN, WhichCriteria, WhichSettings
from conversations.sessions.when_opened import OpeningDay, OpeningHour, PlannedClosing
from conversations.sessions.when_shown import WhichDay
from scorecard.card import FEWEST_CHOSEN, MOST_CHOSEN

DRAWS = Draws(
    prompts={
        WhichCommune: which_commune,
        WhichPlace: which_place,
        WhichPoints: which_points,
        PointName: point_name_line,
        WhichClosing: which_closing,
        WhichDay: which_day,
        OpenNow: open_now,
        WhichSettings: which_settings,
        WhichCriteria: which_criteria,
        WhichSession: which_session,
        HowToClose: how_to_close,
        CloseNow: close_now,
        OpeningDay: opening_day,
        OpeningHour: opening_hour,
        PlannedClosing: planned_closing,
        CallOffNow: call_off_now,
        LookFor: look_for,
        WhyCancel: why_cancel,
        CancelNow: cancel_now,
        WhatIsWrong: what_is_wrong,
        WhichYear: which_year,
        PutRightNow: put_right_now,
    },
    notices={
        Opened: opened,
        Cancelled: cancelled,
        PassOn: pass_on,
        Sessions: sessions,
        Pack: pack,
        Qr: qr,
        NotHeard: not_heard,
        Board: board,
        BoardFile: board_file,
        Found: found,
        Planned: planned,
        OpensSoon: opens_soon,
        OpenedByItself: opened_by_itself,
        PlanMissed: plan_missed,
    },
    in_groups={
        Announced: announced,
        LastCall: last_call,
        GoesOn: goes_on,
        Reminder: reminder,
        OnHold: on_hold,
        NotAfterAll: not_after_all,
        PutRight: put_right,
    },
    whys={
        NOTHING_OPEN: lambda say: say.plain("No scoring is open now. To open one, send /open."),
        ALREADY_CLOSED: lambda say: say.plain("This scoring is closed already. Send /sessions to see what is open."),
        ENOUGH_TOOK_PART: lambda say: say.plain(
            "8 or more people have taken part by now: only your coordinator can cancel it. Send /close to close it."
        ),
        STILL_OPEN: lambda say: say.plain("A scoring that you opened is still open. Close it first: send /close."),
        FOUR_TO_SEVEN: lambda say: say.plain(
            "Please choose {least} to {most} questions.", least=FEWEST_CHOSEN, most=MOST_CHOSEN
        ),
        GROUP_HEARS: lambda say: say.plain("The group hears of it in a moment."),
        IS_PAUSED: lambda say: say.plain("The scoring is paused. Let it go on first: then the group can hear of it."),
        NOT_PLANNED: lambda say: say.plain(
            "This scoring is not planned any more. Send /sessions to see what became of it."
        ),
        NOTHING_FOUND: lambda say: say.plain(
            "Nothing like that was found in your communes. Send /sessions, and try with less of the name."
        ),
        NOTHING_ON_BOARD: lambda say: say.plain(
            "Nothing is planned, open or closed this year. To plan a scoring, send /open."
        ),
        SENT_ALREADY: lambda say: say.plain(
            "Somebody has sent something already: it stays as it is. To begin anew, cancel it and open it once more."
        ),
        WAS_PUT_RIGHT: lambda say: say.plain("It is put right."),
        SERVICE_GONE: lambda say: say.plain(
            "What is scored here was put right meanwhile. Nothing of yours counts yet: please open the link again."
        ),
        UP_TO_DATE: lambda say: say.plain("These are the newest numbers."),
    },
    commands={
        "open": Described(
            lambda say: say.plain("Open scoring"),
            lambda say: say("/open – open scoring"),
        ),
        "sessions": Described(
            lambda say: say.plain("Your scorings"),
            lambda say: say("/sessions – your scorings: open, planned, closed"),
        ),
        "board": Described(
            lambda say: say.plain("The planning board"),
            lambda say: say("/board – the planning board: planned, open, closed, posted, late"),
        ),
        "close": Described(
            lambda say: say.plain("Close the scoring"),
            lambda say: say("/close – close scoring"),
        ),
    },
    acts={
        OpenSession: lambda say: say.plain("opened a scoring"),
        PlanSession: lambda say: say.plain("planned a scoring"),
        OpenPlanned: lambda say: say.plain("opened a planned scoring"),
        CallOffPlan: lambda say: say.plain("called off a planned scoring"),
        FindSessions: lambda say: say.plain("looked for a scoring"),
        SendBoard: lambda say: say.plain("took the board along"),
        SeeFirst: lambda say: say.plain("looked at a scoring that was open already"),
        PutSessionRight: lambda say: say.plain("put right what a scoring is of"),
        CloseSession: lambda say: say.plain("closed a scoring, or made the last call"),
        ExtendSession: lambda say: say.plain("let a scoring go on longer"),
        SendPack: lambda say: say.plain("fetched what to print for the meeting"),
        Announce: lambda say: say.plain("told the group of a scoring"),
        Remind: lambda say: say.plain("reminded the group of a scoring"),
        PauseSession: lambda say: say.plain("paused a scoring"),
        ResumeSession: lambda say: say.plain("let a paused scoring go on"),
        SendQr: lambda say: say.plain("fetched the QR picture"),
    },
)
