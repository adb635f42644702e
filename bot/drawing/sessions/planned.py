"""How planned sessions look: what is asked who plans one, and what is told of it."""

from datetime import date, datetime, time

from bot.drawing.layout import LEAVE_SIGN, YES_SIGN, Button, Drawn, in_columns, other_languages, signed, ways_out
from bot.drawing.look import Bot
from bot.drawing.session import closing_line, name_of, shown_line
from conversations.engine import Asking
from conversations.entries import OPEN, SESSION
from conversations.prompts import YES
from conversations.sessions.live import ANNOUNCE, PASS
from conversations.sessions.planned import (
    CALL_OFF_PLAN,
    OPEN_PLANNED,
    CallOffNow,
    OpenedByItself,
    OpensSoon,
    PlanMissed,
    Planned,
)
from conversations.sessions.when_opened import LATER, OpeningDay, OpeningHour, PlannedClosing
from scorecard.session import PHNOM_PENH, Closing, Session, closing_time
from wording.catalogue import Wording, escaped
from wording.names import location_name
from wording.numerals import clock, moment, short_day, weekday


def opening_day(_: Asking, prompt: OpeningDay, say: Wording) -> Drawn:
    days = [Button(short_day(day, say.language), value=day.isoformat()) for day in prompt.days]
    later = ((Button(say.plain("Later days…"), value=LATER),),) if LATER in prompt.options else ()
    text = say("On which day shall the scoring open by itself?")
    return Drawn(text, (*in_columns(days, 2), *later, ways_out(say, back=True)))


def opening_hour(_: Asking, prompt: OpeningHour, say: Wording) -> Drawn:
    hours = [Button(clock(_at(prompt.day, int(hour)), say.language), value=hour) for hour in prompt.options]
    text = say("{day}: at which hour?", day=weekday(prompt.day, say.language))
    return Drawn(text, (*in_columns(hours, 3), ways_out(say, back=True)))


def planned_closing(_: Asking, prompt: PlannedClosing, say: Wording) -> Drawn:
    rows = tuple(
        (Button(moment(closing_time(Closing(one), prompt.opens_at), say.language), value=one),)
        for one in prompt.options
    )
    text = say("It opens {moment}. When shall it close?", moment=moment(prompt.opens_at, say.language))
    return Drawn(text, (*rows, ways_out(say, back=True)))


def planned(notice: Planned, say: Wording, _: Bot) -> Drawn:
    session = notice.session
    text = say("<b>This scoring is planned.</b>") + "\n\n" + _what(session, say)
    text += "\n\n" + say("I remind you on the evening before, and an hour before. Then it opens by itself.")
    now = Button(
        signed(YES_SIGN, say.plain("Open it now")), entry=OPEN_PLANNED(session.id, turn=notice.turn), style="success"
    )
    off = Button(signed(LEAVE_SIGN, say.plain("Call it off")), entry=CALL_OFF_PLAN(session.id))
    return Drawn(text, ((now,), (off,), other_languages(say, notice.entry)))


def opens_soon(notice: OpensSoon, say: Wording, _: Bot) -> Drawn:
    text = say("<b>A scoring that you planned opens soon.</b>") + "\n\n" + _what(notice.session, say)
    return Drawn(text, ((Button(say.plain("Show it"), entry=SESSION(notice.session.id)),),))


def opened_by_itself(notice: OpenedByItself, say: Wording, _: Bot) -> Drawn:
    session = notice.session
    text = say("<b>The scoring that you planned is open now.</b>") + "\n\n" + _what(session, say)
    rows = (
        (Button(signed(YES_SIGN, say.plain("Tell the group")), entry=ANNOUNCE(session.id), style="success"),),
        (Button(say.plain("Link and code"), entry=PASS(session.id)),),
        (Button(say.plain("Show it"), entry=SESSION(session.id)),),
    )
    return Drawn(text, rows)


def plan_missed(notice: PlanMissed, say: Wording, _: Bot) -> Drawn:
    text = say(
        "<b>A scoring that you planned was missed.</b>\n\n{place}\n\nI was not running when it should have been open. "
        "Please plan it anew.",
        place=location_name(notice.session.location, say),
    )
    return Drawn(text, ((Button(say.plain("Open scoring"), entry=OPEN()),),))


def call_off_now(_: Asking, prompt: CallOffNow, say: Wording) -> Drawn:
    text = say("Shall this scoring not take place?") + "\n\n" + _what(prompt.session, say)
    off = Button(signed(YES_SIGN, say.plain("Call it off")), value=YES, style="danger")
    return Drawn(text, ((off,), ways_out(say, back=False)))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), PHNOM_PENH)


def _what(session: Session, say: Wording) -> str:
    """What it is of, when it opens and closes, and when the group sees it."""
    lines = [escaped(location_name(session.location, say))]
    lines += [f"• {escaped(name_of(point, say))}" for point in session.points]
    if session.opens_at is not None:
        lines.append(say("Opens: {moment}", moment=moment(session.opens_at, say.language)))
    return "\n".join((*lines, closing_line(session, say), shown_line(session.shown_on, say)))
