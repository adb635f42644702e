"""How many people were present: what is asked, and what the facilitator sees of it."""

from bot.drawing.layout import SKIP_SIGN, Button, Drawn, other_languages, signed, ways_out
from bot.drawing.look import Bot
from conversations.engine import Asking
from conversations.prompts import SKIP
from conversations.results.count_people import COUNT_AGAIN, GROUPS, HowMany, HowManyOf, Present
from conversations.results.post_digest import CLOSED
from scorecard.attendance import GUARDED, scored_of_ten
from wording.catalogue import Wording
from wording.names import location_name


def how_many(asking: Asking, prompt: HowMany, say: Wording) -> Drawn:
    text = say(
        "{place}\n\nHow many people were at the meeting? Please write the number, and send it.",
        place=location_name(prompt.session.location, say),
    )
    return Drawn(text, (ways_out(say, back=bool(asking.behind)),))


def how_many_of(_: Asking, prompt: HowManyOf, say: Wording) -> Drawn:
    text = say(
        "<b>{group}</b>: how many of the {most}? Please write the number, and send it. You need ask nobody: count what "
        "you know.",
        group=group_name(prompt.group, say),
        most=prompt.most,
    )
    if prompt.group in GUARDED:
        text += "\n\n" + say("Fewer than 8 are seen by the facilitators of this commune alone.")
    skip = Button(signed(SKIP_SIGN, say.plain("I did not count them")), value=SKIP)
    return Drawn(text, ((skip,), ways_out(say, back=True)))


def present(notice: Present, say: Wording, _: Bot) -> Drawn:
    lines = [say("<b>{total} people were there.</b>", total=notice.present.total)]
    for group in GROUPS:
        number = notice.present.of(group)
        if number is not None:
            lines.append(say("• {group}: {number}", group=group_name(group, say), number=number))
    parts = [location_name(notice.session.location, say), "\n".join(lines)]
    if notice.people is not None and notice.people > notice.present.total:
        parts.append(say("⚠ More people scored than were there: {people}. Is the number right?", people=notice.people))
    elif notice.people is not None:
        of_ten = scored_of_ten(notice.people, notice.present.total)
        parts.append(say("About {number} in 10 of them scored.", number=of_ten))
    parts.append(say("Partners see these numbers in their file, but no group of fewer than 8 of the last three."))
    rows = (
        (Button(say.plain("Count again"), entry=COUNT_AGAIN(notice.session.id)),),
        (Button(say.plain("Back to the result"), entry=CLOSED(notice.session.id)),),
    )
    return Drawn("\n\n".join(parts), (*rows, other_languages(say, notice.entry)))


def group_name(group: str, say: Wording) -> str:
    names = {
        "women": say.plain("Women"),
        "youth": say.plain("Aged 15–30"),
        "minority": say.plain("Ethnic minority"),
        "id_poor": say.plain("With an ID-Poor card"),
        "disability": say.plain("With a disability"),
    }
    return names[group]
