"""What is told of sessions: live, listed, passed on, printed."""

from functools import partial

from bot.drawing.layout import (
    YES_SIGN,
    Button,
    Document,
    Drawn,
    not_made,
    other_languages,
    signed,
)
from bot.drawing.look import Bot, how_to_allow
from bot.drawing.session import closing_line, session_label, session_name, shown_line
from conversations.entries import SESSION
from conversations.results.merge_villages import MERGE
from conversations.results.post_digest import CLOSED
from conversations.sessions.close_session import CLOSE
from conversations.sessions.live import (
    ANNOUNCE,
    PACK,
    PASS,
    Cancelled,
    Count,
    NotHeard,
    Opened,
    Pack,
    PassOn,
    Sessions,
    Turnout,
)
from scorecard.payload import spaced
from scorecard.place import Location
from scorecard.session import Session
from wording.catalogue import Wording, escaped
from wording.names import commune_name, location_name, point_name
from wording.numerals import clock, short_moment

MOST_SESSIONS = 40


def opened(notice: Opened, say: Wording, bot: Bot) -> Drawn:
    session = notice.session
    parts = [
        say("<b>The scoring is open.</b>") if not notice.last_call else say("<b>Last call.</b>"),
        escaped(location_name(session.location, say)) + "\n" + code_line(session, say) + "\n" + _times(session, say),
        turnout_lines(session, notice.count, say),
        kept_rough(notice.count, say),
    ]
    if not notice.groups:
        parts.append(say("No group is linked yet. Add me to the group and send /link there."))
    rows = (
        *_to_groups(notice, say, bot),
        (Button(say.plain("Show the numbers again"), entry=SESSION(notice.session.id)),),
        (Button(say.plain("Link and code"), entry=PASS(notice.session.id)),),
        (Button(say.plain("To print for the meeting"), entry=PACK(notice.session.id)),),
        (Button(say.plain("Close the scoring"), entry=CLOSE(notice.session.id)),),
        other_languages(say, notice.entry),
    )
    return Drawn("\n\n".join(parts), rows)


def _to_groups(notice: Opened, say: Wording, bot: Bot) -> tuple[tuple[Button, ...], ...]:
    """The one thing to do about the commune's groups, if there is one."""
    if not notice.groups:
        return ((bot.add_to_group(say),),)
    if not notice.untold or notice.last_call:
        return ()
    text = signed(YES_SIGN, say.plain("Tell the group"))
    return ((Button(text, entry=ANNOUNCE(notice.session.id), style="success"),),)


def not_heard(notice: NotHeard, say: Wording, _: Bot) -> Drawn:
    text = say(
        "The commune’s group could not be told of the scoring in {place}: I may not write there, or am not in it.",
        place=location_name(notice.session.location, say),
    )
    text += "\n\n" + how_to_allow(say) + " " + say("Or pass the link on yourself.")
    return Drawn(text, ((Button(say.plain("Link and code"), entry=PASS(notice.session.id)),),))


def cancelled(notice: Cancelled, say: Wording, _: Bot) -> Drawn:
    name = escaped(session_name(notice.session, say))
    if not notice.lost:
        text = say("<b>This scoring is cancelled.</b>") + "\n" + name
        why = say("What was sent to it is erased, and nothing of it counts. To open another one, send /open.")
        return Drawn(f"{text}\n\n{why}", (other_languages(say, notice.entry),))
    text = say("<b>This scoring could not go on.</b>") + "\n" + name
    why = say(
        "The server was put back from a copy, and what people sent there can’t be read any more. Nobody can read it. "
        "Please open the scoring again with /open, and ask people to score once more."
    )
    return Drawn(f"{text}\n\n{why}", (other_languages(say, notice.entry),))


def pass_on(notice: PassOn, say: Wording, bot: Bot) -> Drawn:
    text = "\n\n".join(
        (
            say("<b>Say how satisfied you are with your services</b>")
            + "\n"
            + escaped(location_name(notice.session.location, say)),
            say("Tap this link: {link}", link=bot.link_with(notice.payload)),
            say("Or write this code to @{bot}: <b>{code}</b>", bot=bot.name, code=spaced(notice.code)),
            say("It takes about {minutes} minutes and no names are shown.", minutes=notice.session.minutes)
            + "\n"
            + _times(notice.session, say),
        )
    )
    return Drawn(text, protected=False)


def sessions(notice: Sessions, say: Wording, _: Bot) -> Drawn:
    open_ = [Button(session_label(session, say), entry=SESSION(session.id)) for session in notice.open]
    closed = [Button(_closed_name(session, notice, say), entry=CLOSED(session.id)) for session in notice.closed]
    merge = [_merge(place, turn, say) for place, turn in notice.can_merge]
    rows = tuple((button,) for button in [*merge, *open_, *closed][:MOST_SESSIONS])
    text = say("Open now, and closed in the last 90 days:")
    return Drawn(text, (*rows, other_languages(say, notice.entry)))


def pack(notice: Pack, say: Wording, bot: Bot) -> Drawn:
    from digests.meeting_pack import file_name, meeting_pack

    text = say(
        "For the meeting, to be printed: the link to scan, what to say, the questions, faces to hold up, and ballots."
    )
    url = bot.link_with(notice.payload)
    made = partial(meeting_pack, notice.session, url, notice.code, say.language)
    return Drawn(text, protected=False, document=Document(file_name(notice.session), made), otherwise=not_made(say))


def _times(session: Session, say: Wording) -> str:
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


def _closed_name(session: Session, notice: Sessions, say: Wording) -> str:
    name = session_label(session, say)
    if session.id in notice.merged:
        return say.plain("{session} (villages together)", session=name)
    return say.plain("{session} (closed)", session=name)


def _merge(place: Location, turn: int, say: Wording) -> Button:
    text = say.plain("Put together the villages of {commune}", commune=commune_name(place, say))
    return Button(text, entry=MERGE(place.commune.code, turn=turn))


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
