"""Putting right what a session is of: what is asked."""

from bot.drawing.layout import Button, Drawn, ways_out, yes
from conversations.engine import Asking
from conversations.prompts import YES
from conversations.sessions.put_right import PLACE, POINTS, YEAR, PutRightNow, WhatIsWrong, WhichYear
from wording.catalogue import Wording, escaped
from wording.names import location_name, point_name
from wording.numerals import digits


def what_is_wrong(_: Asking, prompt: WhatIsWrong, say: Wording) -> Drawn:
    names = {
        PLACE: say.plain("The village"),
        POINTS: say.plain("The services"),
        YEAR: say.plain("The year"),
    }
    text = say(
        "{place}\n\nWhat is wrong? It can be put right as long as nobody has sent anything.",
        place=location_name(prompt.session.location, say),
    )
    rows = tuple((Button(names[option], value=option),) for option in prompt.options)
    return Drawn(text, (*rows, ways_out(say, back=False)))


def which_year(_: Asking, prompt: WhichYear, say: Wording) -> Drawn:
    rows = tuple((Button(digits(int(year), say.language), value=year),) for year in prompt.options)
    return Drawn(say("Of which year is this scoring?"), (*rows, ways_out(say, back=True)))


def put_right_now(_: Asking, prompt: PutRightNow, say: Wording) -> Drawn:
    services = "\n".join(
        f"• {escaped(point_name(point.service, point.km, point.en, prompt.place, say))}" for point in prompt.points
    )
    text = say(
        "<b>So it will be:</b>\n\n{place}\nYear: {year}",
        place=location_name(prompt.place, say),
        year=digits(int(prompt.round), say.language),
    )
    text += f"\n{services}\n\n" + say("Link and code stay the same. A group that was told hears of it.")
    return Drawn(text, ((yes(say.plain("Put it right"), YES),), ways_out(say, back=True)))
