"""What facilitators are asked who open or close a session."""

from bot.drawing.layout import (
    ADD_SIGN,
    OFF_SIGN,
    ON_SIGN,
    PLAN_SIGN,
    SETTINGS_SIGN,
    SKIP_SIGN,
    Button,
    Drawn,
    in_columns,
    signed,
    ways_out,
    yes,
)
from bot.drawing.places import communes, write_name
from bot.drawing.session import shown_line
from bot.drawing.sessions.settings import otherwise_than_usual
from conversations.engine import Asking
from conversations.prompts import DONE, SKIP, YES
from conversations.sessions.open_session import (
    FIRST,
    PLAN,
    SETTINGS,
    OpenNow,
    PointChoice,
    PointName,
    WhichClosing,
    WhichCommune,
    WhichPlace,
    WhichPoints,
)
from conversations.sessions.when_shown import LATER, WhichDay
from scorecard.card import Service
from scorecard.payload import spaced
from scorecard.place import Location, Place
from scorecard.session import Closing, Session
from wording.catalogue import Wording, escaped
from wording.names import location_name, place_name, point_name, service_name
from wording.numerals import moment, short_day

MOST_ONE_COLUMN = 8


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


def which_day(_: Asking, prompt: WhichDay, say: Wording) -> Drawn:
    text = say(
        "When shall the commune’s group see what comes out?\n\n"
        "If you meet with the services on a day, choose that day. It can be shown earlier then, never later."
    )
    soon = (Button(signed(SKIP_SIGN, say.plain("As soon as it is closed")), value=SKIP),)
    days = [Button(short_day(day, say.language), value=day.isoformat()) for day in prompt.days]
    later = (Button(say.plain("Later days…"), value=LATER),)
    rows = (soon if SKIP in prompt.options else (), *in_columns(days, 2), later if LATER in prompt.options else ())
    return Drawn(text, (*(row for row in rows if row), ways_out(say, back=True)))


def open_now(_: Asking, prompt: OpenNow, say: Wording) -> Drawn:
    points = "\n".join(f"• {escaped(_choice_name(point, prompt.place, say))}" for point in prompt.points)
    closes = say("Closes: {moment}", moment=moment(prompt.closes_at, say.language))
    if prompt.opens_at is not None:
        closes = say("Opens: {moment}", moment=moment(prompt.opens_at, say.language)) + "\n" + closes
    parts = [
        say("Open the scoring?") if prompt.opens_at is None else say("Plan the scoring?"),
        escaped(location_name(prompt.place, say)) + "\n" + points,
        closes + "\n" + shown_line(prompt.shown_on, say),
    ]
    parts += otherwise_than_usual(prompt.settings, say)
    rows = [(yes(say.plain("Open") if prompt.opens_at is None else say.plain("Plan it"), YES),)]
    if prompt.first is not None:
        parts.insert(0, _open_already(prompt.first, say))
        see = Button(say.plain("Go to the one that is open"), value=FIRST)
        rows = [(see,), (yes(say.plain("Open a second one"), YES),)]
    if PLAN in prompt.options:
        rows.append((Button(signed(PLAN_SIGN, say.plain("At another time")), value=PLAN),))
    if SETTINGS in prompt.options:
        rows.append((Button(signed(SETTINGS_SIGN, say.plain("More settings")), value=SETTINGS),))
    return Drawn("\n\n".join(parts), (*rows, ways_out(say, back=True)))


def _open_already(first: Session, say: Wording) -> str:
    return say(
        "<b>A scoring is open here already</b>, with the code {code}. It closes {moment}. A second one is counted for "
        "itself: who scored in the first can score again.",
        code=spaced(first.code),
        moment=moment(first.closes_at, say.language),
    )


def _village(village: Place, say: Wording) -> str:
    return say.plain("{village} village", village=place_name(village, say.language))


def _choice_name(point: PointChoice, place: Location, say: Wording) -> str:
    return point_name(point.service, point.km, point.en, place, say)
