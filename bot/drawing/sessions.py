"""What facilitators see while they are asked."""

from bot.drawing.layout import ADD_SIGN, OFF_SIGN, ON_SIGN, Button, Drawn, in_columns, ways_out, yes
from conversations.engine import Asking
from conversations.facts import PointChoice, Turnout
from conversations.prompts import (
    CALL,
    DONE,
    NOW,
    YES,
    AcceptRole,
    CloseNow,
    HowToClose,
    LinkTo,
    OpenNow,
    PointName,
    RightName,
    WhichClosing,
    WhichCommune,
    WhichName,
    WhichPlace,
    WhichPoints,
    WhichSession,
)
from scorecard.card import Service
from scorecard.place import Location, Place
from scorecard.session import Closing, Session
from wording.catalogue import Wording, escaped, language_name
from wording.names import commune_name, location_name, place_name, point_name, service_name
from wording.numerals import moment

MOST_ONE_COLUMN = 8


def which_commune(_: Asking, prompt: WhichCommune, say: Wording) -> Drawn:
    return Drawn(say("Open scoring: in which commune?"), (*_communes(prompt.communes, say), ways_out(say, back=False)))


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
    return Drawn(_write_name(prompt.service, say), (ways_out(say, back=True),))


def right_name(_: Asking, prompt: RightName, say: Wording) -> Drawn:
    """The name as it is written now, and in which languages it will be written anew."""
    point, changed = prompt.point, prompt.point.name_for(say.language)
    lines = [
        say("It is written now: {name}", name=point.en if changed == "en" else point.km),
        _write_name(point.service, say),
    ]
    if point.one_name:
        lines.append(say("The new name stands in every language."))
    else:
        other = "km" if changed == "en" else "en"
        lines.append(
            say(
                "You change the name in {language}. In {other} it stays “{name}”: to change that one, tap {other} "
                "below.",
                language=language_name(changed),
                other=language_name(other),
                name=point.km if changed == "en" else point.en,
            )
        )
    return Drawn("\n\n".join(lines), (ways_out(say, back=True),))


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


def which_name(_: Asking, prompt: WhichName, say: Wording) -> Drawn:
    rows = tuple((Button(point_name(p.service, p.km, p.en, p.location, say), value=str(p.id)),) for p in prompt.points)
    return Drawn(say("Which name is written wrongly?"), (*rows, ways_out(say, back=False)))


def link_to(_: Asking, prompt: LinkTo, say: Wording) -> Drawn:
    text = say("Which commune does the group “{title}” belong to?", title=prompt.title)
    return Drawn(text, (*_communes(prompt.communes, say), ways_out(say, back=False)))


def accept_role(_: Asking, prompt: AcceptRole, say: Wording) -> Drawn:
    communes = "\n".join(escaped(location_name(place, say)) for place in prompt.communes)
    text = say("You are invited to be a facilitator of the community scorecard in:") + "\n" + communes
    return Drawn(text, ((yes(say.plain("Accept"), YES),), ways_out(say, back=False)))


def session_name(session: Session, say: Wording) -> str:
    """A session as a button names it: by its place and its end, for there may be two in one place."""
    place = commune_name(session.location, say)
    if session.location.village is not None:
        place = say.plain(
            "{village} village, {commune}", village=place_name(session.location.village, say.language), commune=place
        )
    return f"{place} · {moment(session.closes_at, say.language)}"


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


def _write_name(service: Service, say: Wording) -> str:
    if service is Service.HEALTH_CENTRE:
        return say("Please write the name of the health centre, and send it.")
    return say("Please write the name of the primary school, and send it.")


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


def _communes(communes: tuple[Location, ...], say: Wording) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(location_name(place, say), value=place.code),) for place in communes)


def _choice_name(point: PointChoice, place: Location, say: Wording) -> str:
    return point_name(point.service, point.km, point.en, place, say)
