"""A session that goes on, as its facilitator sees it."""

from datetime import datetime, timedelta

from bot.drawing.layout import YES_SIGN, Button, Drawn, Row, other_languages, signed
from bot.drawing.look import Bot
from bot.drawing.session import closing_line, shown_line
from conversations.entries import SESSION
from conversations.sessions.close_session import CLOSE
from conversations.sessions.live import (
    ANNOUNCE,
    EXTEND,
    PACK,
    PASS,
    PAUSE,
    PUT_RIGHT,
    QR,
    REMIND,
    RESUME,
    Count,
    Opened,
    Turnout,
)
from scorecard.payload import spaced
from scorecard.session import Session
from wording.catalogue import Wording, escaped
from wording.names import location_name, point_name
from wording.numerals import clock, short_moment

PAUSE_SIGN, QR_SIGN = "⏸", "🔳"


def opened(notice: Opened, say: Wording, bot: Bot) -> Drawn:
    session = notice.session
    parts = [
        _heading(notice, say),
        escaped(location_name(session.location, say))
        + "\n"
        + code_line(session, say)
        + "\n"
        + times(session, say)
        + "\n"
        + _time_left(session, notice.at, say),
        turnout_lines(session, notice.count, say),
        kept_rough(notice.count, say),
    ]
    if not notice.groups:
        parts.append(say("No group is linked yet. Add me to the group and send /link there."))
    rows = (
        *_to_groups(notice, say, bot),
        (Button(say.plain("Show the numbers again"), entry=SESSION(session.id)),),
        (
            Button(signed(QR_SIGN, say.plain("QR picture")), entry=QR(session.id)),
            Button(say.plain("Link and code"), entry=PASS(session.id)),
        ),
        (_pause(notice, say), Button(say.plain("1 hour longer"), entry=EXTEND(session.id, turn=notice.turn))),
        (
            Button(say.plain("To print"), entry=PACK(session.id)),
            Button(say.plain("Put right"), entry=PUT_RIGHT(session.id)),
        ),
        (Button(say.plain("Close or cancel"), entry=CLOSE(session.id)),),
        other_languages(say, notice.entry),
    )
    return Drawn("\n\n".join(parts), rows)


def _heading(notice: Opened, say: Wording) -> str:
    if notice.session.is_paused:
        return say("<b>The scoring is paused.</b> Nobody can send anything until it goes on.")
    return say("<b>The scoring is open.</b>") if not notice.last_call else say("<b>Last call.</b>")


def _pause(notice: Opened, say: Wording) -> Button:
    if notice.session.is_paused:
        text = signed(YES_SIGN, say.plain("Go on with the scoring"))
        return Button(text, entry=RESUME(notice.session.id, turn=notice.turn), style="success")
    return Button(signed(PAUSE_SIGN, say.plain("Pause")), entry=PAUSE(notice.session.id, turn=notice.turn))


def _to_groups(notice: Opened, say: Wording, bot: Bot) -> tuple[Row, ...]:
    """The one thing to do about the commune's groups, if there is one."""
    if not notice.groups:
        return ((bot.add_to_group(say),),)
    if notice.last_call or notice.session.is_paused:
        return ()
    if notice.untold:
        text = signed(YES_SIGN, say.plain("Tell the group"))
        return ((Button(text, entry=ANNOUNCE(notice.session.id), style="success"),),)
    if notice.unreminded:
        text = signed(YES_SIGN, say.plain("Remind the group"))
        return ((Button(text, entry=REMIND(notice.session.id)),),)
    return ()


def _time_left(session: Session, at: datetime, say: Wording) -> str:
    """How long there is still, at a moment that is named: the message stands for longer than it is true."""
    return say("Time left at {time}: {left}.", time=clock(at, say.language), left=_long(session.closes_at - at, say))


def _long(left: timedelta, say: Wording) -> str:
    """A length of time as people say it: the last two days in hours, the last two hours in minutes."""
    minutes = max(0, left // timedelta(minutes=1))
    if minutes >= 48 * 60:
        return say.plain("{number} days", number=minutes // (24 * 60))
    if minutes >= 2 * 60:
        return say.plain("{number} hours", number=minutes // 60)
    return say.plain("{number} minutes", number=minutes)


def times(session: Session, say: Wording) -> str:
    """When a session closes, and when its group sees what comes out."""
    return closing_line(session, say) + "\n" + shown_line(session.shown_on, say)


def code_line(session: Session, say: Wording) -> str:
    """The code by which it is told apart from another in the same place."""
    return say("Code: {code}", code=spaced(session.code))


def turnout_lines(session: Session, count: Count, say: Wording) -> str:
    """Roughly how many took part, for each service point."""
    shown = {one.point: one for one in count.turnout}
    lines = (
        say(
            "• {service}: {turnout}",
            service=point_name(point.service, point.km, point.en, point.location, say),
            turnout=_turnout(shown.get(point.id, Turnout(point.id, 0, 0, 0)), say),
        )
        for point in session.points
    )
    return "\n".join((say("Sent so far:"), *lines))


def kept_rough(count: Count, say: Wording) -> str:
    """Why the numbers are not exact, of when they are, and when there may be others."""
    text = say("Phones are counted, not people, and the numbers are kept rough, to protect people.") + "\n"
    if count.at is None or count.next is None:
        return text + say("They are counted for the first time soon after somebody has sent.")
    return text + say(
        "Counted: {at}. The next count: from {next} on, when more was sent.",
        at=short_moment(count.at, say.language),
        next=clock(count.next, say.language),
    )


def _turnout(shown: Turnout, say: Wording) -> str:
    if not shown.phones:
        return say.plain("fewer than 8 phones")
    return say.plain(
        "{phones} or more (women: {women}, aged 15–30: {youth})",
        phones=shown.phones,
        women=_band(shown.women, say),
        youth=_band(shown.youth, say),
    )


def _band(people: int, say: Wording) -> str:
    return say.plain("{number} or more", number=people) if people else say.plain("fewer than 8")
