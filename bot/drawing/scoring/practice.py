"""How practising looks: its own screens, for the others are those that are practised."""

from bot.drawing.layout import Button, Drawn, ways_out, yes
from bot.drawing.look import Bot, practice_line
from bot.drawing.session import closing_line, shown_line
from conversations.engine import Asking
from conversations.entries import OPEN
from conversations.prompts import YES
from conversations.scoring.practise import PRACTICE, BeginPractice, PracticeIsOpen, Practised
from digests.text import digest_text
from wording.catalogue import Wording, escaped
from wording.names import location_name


def begin_practice(_: Asking, __: BeginPractice, say: Wording) -> Drawn:
    text = say(
        "Here you practise a whole meeting: you open a scoring, score as a citizen does, close it, and see a result of "
        "made-up people. Nobody hears of it."
    )
    return Drawn(text, ((yes(say.plain("Begin"), YES),), ways_out(say, back=False)))


def practice_is_open(_: Asking, prompt: PracticeIsOpen, say: Wording) -> Drawn:
    session = prompt.session
    text = "\n\n".join(
        (
            say("<b>Now the scoring would be open.</b>"),
            escaped(location_name(session.location, say))
            + "\n"
            + closing_line(session, say)
            + "\n"
            + shown_line(session.shown_on, say),
            say(
                "You would show the picture to scan, tell the group, and see here roughly how many have sent. Now "
                "score the first service, as a citizen does."
            ),
        )
    )
    return Drawn(text, ((yes(say.plain("Score"), YES),), ways_out(say, back=True)))


def practised(notice: Practised, say: Wording, _: Bot) -> Drawn:
    text = "\n\n".join(
        (
            practice_line(say),
            say("This is what the group would see, of 11 made-up people and you:"),
            digest_text(notice.digest, (say.language,), in_group=False),
        )
    )
    again = Button(say.plain("Practise again"), entry=PRACTICE())
    return Drawn(text, ((Button(say.plain("Open scoring"), entry=OPEN()),), (again,)))
