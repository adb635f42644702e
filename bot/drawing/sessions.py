"""How sessions look: opened, live, closed, listed."""

from dataclasses import replace
from functools import partial

from bot.drawing.layout import (
    ADD_SIGN,
    OFF_SIGN,
    ON_SIGN,
    Button,
    Document,
    Drawn,
    in_columns,
    not_made,
    other_languages,
    ways_out,
    yes,
)
from bot.drawing.look import Bot, Described, Draws, Languages, in_languages, linked_button
from bot.drawing.places import communes, write_name
from bot.drawing.session import closing_line, session_name
from conversations.engine import Asking
from conversations.entries import SESSION
from conversations.prompts import DONE, YES
from conversations.results.merge_villages import MERGE
from conversations.results.post_digest import CLOSED
from conversations.sessions.close_session import ALREADY_CLOSED, CALL, CLOSE, NOW, CloseNow, HowToClose, WhichSession
from conversations.sessions.live import (
    NOTHING_OPEN,
    PACK,
    PASS,
    UP_TO_DATE,
    LastCall,
    Opened,
    Pack,
    PassOn,
    Sessions,
    Turnout,
)
from conversations.sessions.open_session import (
    OpenNow,
    PointChoice,
    PointName,
    WhichClosing,
    WhichCommune,
    WhichPlace,
    WhichPoints,
)
from scorecard.card import Service
from scorecard.place import Location, Place
from scorecard.session import Closing, Session
from wording.catalogue import Wording, escaped
from wording.names import commune_name, location_name, place_name, point_name, service_name
from wording.numerals import moment

MOST_ONE_COLUMN = 8
MOST_SESSIONS = 40


def which_commune(_: Asking, prompt: WhichCommune, say: Wording) -> Drawn:
    return Drawn(say("Open scoring: in which commune?"), (*communes(prompt.communes, say), ways_out(say, back=False)))


def which_place(asking: Asking, prompt: WhichPlace, say: Wording) -> Drawn:
    text = say("{place}\n\nFor the whole commune, or for one village?", place=location_name(prompt.commune, say))
    whole = (Button(say.plain("The whole commune"), value=prompt.commune.code),)
    villages = [Button(_village(village, say), value=village.code) for village in prompt.villages]
    columns = 1 if len(villages) <= MOST_ONE_COLUMN else 2
    return Drawn(text, (whole, *in_columns(villages, columns), ways_out(say, back=bool(asking.behind))))


def which_points(asking: Asking, prompt: WhichPoints, say: Wording) -> Drawn:
    text = say(
        "{place}\n\nWhat will people score? Tap to take one off or put it back, "
        "or add a health centre or school. Then tap ✅.",
        place=location_name(prompt.place, say),
    )
    rows = tuple(
        (
            Button(
                f"{ON_SIGN if point.code in asking.draft else OFF_SIGN} {_choice_name(point, prompt.place, say)}",
                value=point.code,
            ),
        )
        for point in prompt.points
    )
    add = tuple(Button(f"{ADD_SIGN} {service_name(Service(kind), say)}", value=kind) for kind in prompt.at_once)
    return Drawn(
        text,
        (*rows, *((add,) if add else ()), (yes(say.plain("Go on"), DONE),), ways_out(say, back=bool(asking.behind))),
    )


def point_name_line(_: Asking, prompt: PointName, say: Wording) -> Drawn:
    return Drawn(write_name(prompt.service, say), (ways_out(say, back=True),))


def which_closing(asking: Asking, prompt: WhichClosing, say: Wording) -> Drawn:
    names = {
        Closing.ONE_HOUR: say.plain("In 1 hour"),
        Closing.THREE_HOURS: say.plain("In 3 hours"),
        Closing.TODAY: say.plain("Today at 18:00"),
        Closing.TOMORROW: say.plain("Tomorrow at 18:00"),
        Closing.SEVEN_DAYS: say.plain("In 7 days"),
    }
    rows = tuple((Button(names[Closing(choice)], value=choice),) for choice in prompt.options)
    return Drawn(
        say("When shall the scoring close? You can close it earlier."),
        (*rows, ways_out(say, back=bool(asking.behind))),
    )


def open_now(_: Asking, prompt: OpenNow, say: Wording) -> Drawn:
    points = "\n".join(f"• {escaped(_choice_name(point, prompt.place, say))}" for point in prompt.points)
    text = "\n\n".join(
        (
            say("Open the scoring?"),
            escaped(location_name(prompt.place, say)) + "\n" + points,
            say("Closes: {moment}", moment=moment(prompt.closes_at, say.language)),
        )
    )
    return Drawn(text, ((yes(say.plain("Open"), YES),), ways_out(say, back=True)))


def which_session(_: Asking, prompt: WhichSession, say: Wording) -> Drawn:
    rows = tuple((Button(session_name(session, say), value=str(session.id)),) for session in prompt.sessions)
    return Drawn(say("Which scoring shall be closed?"), (*rows, ways_out(say, back=False)))


def how_to_close(asking: Asking, prompt: HowToClose, say: Wording) -> Drawn:
    text = "\n\n".join(
        (
            escaped(location_name(prompt.session.location, say)),
            turnout_lines(prompt.session, prompt.turnout, say) + "\n" + kept_rough(say),
            say("Close after a last call of 3 minutes, or now?"),
        )
    )
    rows = (
        (Button(say.plain("Last call: 3 minutes"), value=CALL),),
        (Button(say.plain("Now"), value=NOW),),
        ways_out(say, back=bool(asking.behind)),
    )
    return Drawn(text, rows)


def close_now(_: Asking, prompt: CloseNow, say: Wording) -> Drawn:
    text = say(
        "{place}\n\nClose the scoring now? It can’t be opened again.", place=location_name(prompt.session.location, say)
    )
    if prompt.last_call:
        text = say(
            "{place}\n\nMake the last call? The scoring closes in 3 minutes at the latest and can’t be opened again.",
            place=location_name(prompt.session.location, say),
        )
    confirm = say.plain("Make the last call") if prompt.last_call else say.plain("Close")
    return Drawn(text, ((yes(confirm, YES),), ways_out(say, back=True)))


def opened(notice: Opened, say: Wording, _: Bot) -> Drawn:
    text = "\n\n".join(
        (
            say("<b>The scoring is open.</b>") if not notice.last_call else say("<b>Last call.</b>"),
            escaped(location_name(notice.session.location, say)) + "\n" + closing_line(notice.session, say),
            turnout_lines(notice.session, notice.turnout, say),
            kept_rough(say),
        )
    )
    rows = (
        (Button(say.plain("Show the numbers again"), entry=SESSION(notice.session.id)),),
        (Button(say.plain("Link and code"), entry=PASS(notice.session.id)),),
        (Button(say.plain("To print for the meeting"), entry=PACK(notice.session.id)),),
        (Button(say.plain("Close the scoring"), entry=CLOSE(notice.session.id)),),
        other_languages(say, notice.entry),
    )
    return Drawn(text, rows)


def pass_on(notice: PassOn, say: Wording, bot: Bot) -> Drawn:
    text = "\n\n".join(
        (
            say("<b>Say how satisfied you are with your services</b>")
            + "\n"
            + escaped(location_name(notice.session.location, say)),
            say("Tap this link: {link}", link=bot.link_with(notice.payload)),
            say("Or write this code to @{bot}: <b>{code}</b>", bot=bot.name, code=notice.code),
            say("It takes three minutes and no names are shown.") + "\n" + closing_line(notice.session, say),
        )
    )
    return Drawn(text, protected=False)


def sessions(notice: Sessions, say: Wording, _: Bot) -> Drawn:
    open_ = [Button(session_name(session, say), entry=SESSION(session.id)) for session in notice.open]
    closed = [Button(_closed_name(session, notice, say), entry=CLOSED(session.id)) for session in notice.closed]
    merge = [_merge(place, turn, say) for place, turn in notice.can_merge]
    rows = tuple((button,) for button in [*merge, *open_, *closed][:MOST_SESSIONS])
    text = say("Open now, and closed in the last 90 days:")
    return Drawn(text, (*rows, other_languages(say, notice.entry)))


def last_call(notice: LastCall, said: Languages, bot: Bot) -> Drawn:
    drawn = in_languages(
        said,
        lambda say: say(
            "Last call: the scoring closes {moment}.", moment=moment(notice.session.closes_at, say.language)
        ),
    )
    link = bot.link_with(notice.payload)
    return replace(drawn, rows=linked_button(said, lambda say: say.plain("Score now"), link))


def pack(notice: Pack, say: Wording, bot: Bot) -> Drawn:
    from digests.meeting_pack import file_name, meeting_pack

    text = say("For the meeting, to be printed: the link to scan, what to say, the questions, and a sheet for pebbles.")
    url = bot.link_with(notice.payload)
    made = partial(meeting_pack, notice.session, url, notice.code, say.language)
    return Drawn(text, protected=False, document=Document(file_name(notice.session), made), otherwise=not_made(say))


def turnout_lines(session: Session, turnout: tuple[Turnout, ...], say: Wording) -> str:
    """Roughly how many took part, for each service point."""
    shown = {one.point: one for one in turnout}
    lines = (
        say(
            "• {service}: {turnout}",
            service=point_name(point.service, point.km, point.en, point.location, say),
            turnout=_turnout(shown.get(point.id, Turnout(point.id, 0, 0, 0)), say),
        )
        for point in session.points
    )
    return "\n".join((say("Sent so far:"), *lines))


def kept_rough(say: Wording) -> str:
    """Why the numbers are not exact, and may be a little old."""
    return say("The numbers are kept rough, and change at most once a minute, to protect people.")


def _closed_name(session: Session, notice: Sessions, say: Wording) -> str:
    name = session_name(session, say)
    if session.id in notice.merged:
        return say.plain("{session} (villages put together)", session=name)
    return say.plain("{session} (closed)", session=name)


def _merge(place: Location, turn: int, say: Wording) -> Button:
    text = say.plain("Put together the villages of {commune}", commune=commune_name(place, say))
    return Button(text, entry=MERGE(place.commune.code, turn=turn))


def _turnout(shown: Turnout, say: Wording) -> str:
    if not shown.ballots:
        return say.plain("fewer than 8 people")
    return say.plain(
        "{ballots} or more (women: {women}, aged 15–30: {youth})",
        ballots=shown.ballots,
        women=_band(shown.women, say),
        youth=_band(shown.youth, say),
    )


def _band(people: int, say: Wording) -> str:
    return say.plain("{number} or more", number=people) if people else say.plain("fewer than 8")


def _village(village: Place, say: Wording) -> str:
    return say.plain("{village} village", village=place_name(village, say.language))


def _choice_name(point: PointChoice, place: Location, say: Wording) -> str:
    return point_name(point.service, point.km, point.en, place, say)


DRAWS = Draws(
    prompts={
        WhichCommune: which_commune,
        WhichPlace: which_place,
        WhichPoints: which_points,
        PointName: point_name_line,
        WhichClosing: which_closing,
        OpenNow: open_now,
        WhichSession: which_session,
        HowToClose: how_to_close,
        CloseNow: close_now,
    },
    notices={Opened: opened, PassOn: pass_on, Sessions: sessions, Pack: pack},
    in_groups={LastCall: last_call},
    whys={
        NOTHING_OPEN: lambda say: say.plain("No scoring is open now. To open one, send /open."),
        ALREADY_CLOSED: lambda say: say.plain("This scoring is closed already. Send /sessions to see what is open."),
        UP_TO_DATE: lambda say: say.plain("These are the newest numbers."),
    },
    commands={
        "open": Described(
            lambda say: say.plain("Open scoring"),
            lambda say: say("/open – open scoring"),
        ),
        "sessions": Described(
            lambda say: say.plain("What is open now"),
            lambda say: say("/sessions – what is open now"),
        ),
        "close": Described(
            lambda say: say.plain("Close the scoring"),
            lambda say: say("/close – close scoring"),
        ),
    },
)
