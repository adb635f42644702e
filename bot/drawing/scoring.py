"""How scoring looks."""

from bot.drawing.layout import (
    OFF_SIGN,
    ON_SIGN,
    SKIP_SIGN,
    Button,
    Drawn,
    in_columns,
    other_languages,
    signed,
    ways_out,
    yes,
)
from bot.drawing.look import Bot, Draws
from bot.drawing.session import closing_line, name_of, shown_line
from conversations.engine import Asking
from conversations.entries import PRIVACY
from conversations.prompts import ASIDE, DONE, DONT_KNOW, SKIP, YES
from conversations.scoring.about_you import AskAge, AskGender
from conversations.scoring.correct import CORRECT, CorrectWhich, WhichSeat
from conversations.scoring.join import ANOTHER, PHONE_FULL, TOO_MANY_CODES, UsedServices, Welcome, WhichPoint
from conversations.scoring.look import COMPARED, WISH, Look
from conversations.scoring.score import ComparedWithLast, Faces, FirstRepair, Send
from conversations.scoring.thanks import Thanks
from digests.phrases import FACES
from scorecard.ballot import Age, Compared, Gender
from scorecard.card import SCALE, Service
from scorecard.session import Session
from wording.catalogue import Wording, escaped
from wording.names import location_name, service_name, words
from wording.numerals import digits


def welcome(asking: Asking, prompt: Welcome, say: Wording) -> Drawn:
    text = "\n\n".join(
        (
            say(
                "<b>How satisfied are you with your services?</b>\n{place}",
                place=location_name(prompt.session.location, say),
            ),
            say("You score: {services}", services=_services(prompt.session, say)),
            say(
                "• You choose freely whether to take part, and can stop at any time.\n"
                "• Nobody in the commune sees what you answer, and no names are shown.\n"
                "• The group sees only what many people said together.\n"
                "• Please do not score a place where you work."
            ),
            shown_line(prompt.session.shown_on, say),
            say("It takes about three minutes. Just tap."),
        )
    )
    privacy = Button(say.plain("Are my answers kept secret?"), value=ASIDE + PRIVACY)
    rows = ((yes(say.plain("Start"), YES),), (privacy,), ways_out(say, back=bool(asking.behind)))
    return Drawn(text, rows)


def used_services(asking: Asking, prompt: UsedServices, say: Wording) -> Drawn:
    text = say("Where have you or your family been in the past year?\nTap those places, then tap ✅.")
    rows = tuple(
        (Button(f"{ON_SIGN if kind in asking.draft else OFF_SIGN} {service_name(Service(kind), say)}", value=kind),)
        for kind in prompt.options
    )
    return Drawn(text, (*rows, (yes(say.plain("Go on"), DONE),), ways_out(say, back=True)))


def which_point(_: Asking, prompt: WhichPoint, say: Wording) -> Drawn:
    text = say("Where did you go most often?")
    rows = tuple((Button(name_of(point, say), value=str(point.id)),) for point in prompt.points)
    return Drawn(text, (*rows, ways_out(say, back=True)))


def faces(asking: Asking, prompt: Faces, say: Wording) -> Drawn:
    text = "\n\n".join(
        (
            say(
                "<b>{service}</b>  {number}/{of}",
                service=name_of(prompt.point, say),
                number=prompt.number,
                of=len(prompt.point.criteria),
            ),
            escaped(words(prompt.criterion.question, say.language)),
            say("{first} very dissatisfied … {last} very satisfied", first=FACES[0], last=FACES[-1]),
        )
    )
    scores = tuple(Button(_face(score, say), value=str(score)) for score in SCALE)
    dont_know = Button(signed(SKIP_SIGN, say.plain("Don’t know, or never used")), value=DONT_KNOW)
    return Drawn(text, (scores, (dont_know,), ways_out(say, back=bool(asking.behind))))


def first_repair(_: Asking, prompt: FirstRepair, say: Wording) -> Drawn:
    text = say("<b>{service}</b>\n\nWhat should be fixed first? Tap one.", service=name_of(prompt.point, say))
    rows = tuple(
        (Button(words(criterion.label, say.language), value=criterion.key),) for criterion in prompt.point.single
    )
    skip = Button(signed(SKIP_SIGN, say.plain("None of these")), value=SKIP)
    return Drawn(text, (*rows, (skip,), ways_out(say, back=True)))


def compared_with_last(_: Asking, prompt: ComparedWithLast, say: Wording) -> Drawn:
    text = say(
        "<b>{service}</b>\n\nAnd compared with last year: is it better, the same, or worse?",
        service=name_of(prompt.point, say),
    )
    rows = tuple((Button(_compared(one, say), value=one),) for one in Compared)
    dont_know = Button(signed(SKIP_SIGN, say.plain("Don’t know")), value=DONT_KNOW)
    return Drawn(text, (*rows, (dont_know,), ways_out(say, back=True)))


def send(_: Asking, prompt: Send, say: Wording) -> Drawn:
    text = say(
        "<b>{service}</b>\n\nYou have answered everything. Send it? No name goes with it.",
        service=name_of(prompt.point, say),
    )
    look_first = Button(say.plain("Look at my answers"), value=f"{ASIDE}look")
    return Drawn(text, ((yes(say.plain("Send"), YES),), (look_first,), ways_out(say, back=True)))


def ask_gender(_: Asking, __: AskGender, say: Wording) -> Drawn:
    text = say(
        "Your scores are sent. Thank you.\n\n"
        "Two last short questions, to see whether everybody is heard. You can skip them.\n\n"
        "Are you a woman or a man?"
    )
    rows = (
        (Button(say.plain("Woman"), value=Gender.WOMAN), Button(say.plain("Man"), value=Gender.MAN)),
        (Button(say.plain("Other gender"), value=Gender.OTHER), _rather_not(say)),
        ways_out(say, back=False),
    )
    return Drawn(text, rows)


def ask_age(_: Asking, __: AskAge, say: Wording) -> Drawn:
    rows = (
        (Button(say.plain("15 to 30 years"), value=Age.YOUTH), Button(say.plain("31 or older"), value=Age.OLDER)),
        (_rather_not(say),),
        ways_out(say, back=True),
    )
    return Drawn(say("How old are you?"), rows)


def which_seat(_: Asking, prompt: WhichSeat, say: Wording) -> Drawn:
    text = say("Several people scored on this phone. Whose scores shall be corrected?")
    people = [Button(say.plain("Person {number}", number=int(seat)), value=seat) for seat in prompt.options]
    return Drawn(text, (*in_columns(people, 3), ways_out(say, back=False)))


def correct_which(asking: Asking, prompt: CorrectWhich, say: Wording) -> Drawn:
    text = say("What do you want to score anew? What you sent before counts until you send again.")
    rows = tuple((Button(name_of(point, say), value=str(point.id)),) for point in prompt.session.points)
    return Drawn(text, (*rows, ways_out(say, back=bool(asking.behind))))


def look(_: Asking, prompt: Look, say: Wording) -> Drawn:
    text = f"<b>{escaped(name_of(prompt.point, say))}</b>\n\n" + say("These are your answers. To change one, tap it.")
    rows = [
        (Button(f"{_given(score, say)}  {words(criterion.label, say.language)}", value=criterion.key),)
        for criterion, score in prompt.scores
    ]
    if WISH in prompt.options:
        wish = say.plain("None of these") if prompt.repair is None else words(prompt.repair.label, say.language)
        rows.append((Button(say.plain("To fix first: {criterion}", criterion=wish), value=WISH),))
    if COMPARED in prompt.options:
        how = signed(SKIP_SIGN, say.plain("Don’t know")) if prompt.compared is None else _compared(prompt.compared, say)
        rows.append((Button(say.plain("Beside last year: {answer}", answer=how), value=COMPARED),))
    return Drawn(text, (*rows, ways_out(say, back=True, leave=False)))


def thanks(notice: Thanks, say: Wording, bot: Bot) -> Drawn:
    text = say("<b>Thank you! Your scores are sent.</b>")
    if notice.again:
        text = say("You have scored already. Thank you!")
    text += "\n\n" + closing_line(notice.session, say)
    text += "\n" + shown_line(notice.session.shown_on, say)
    if bot.referral:
        text += "\n\n" + say(
            "For something grave, such as violence or abuse, please call: {contact}", contact=bot.referral
        )
    rows = (
        (Button(say.plain("The next person scores on this phone"), entry=ANOTHER(notice.payload)),),
        (Button(_correct(notice, say), entry=CORRECT(notice.payload)),),
        other_languages(say, notice.entry),
    )
    return Drawn(text, rows)


def _correct(notice: Thanks, say: Wording) -> str:
    if len(notice.session.points) == 1:
        return say.plain("Correct my scores")
    return say.plain("Correct my scores, or score another service")


def _rather_not(say: Wording) -> Button:
    return Button(signed(SKIP_SIGN, say.plain("Rather not say")), value=SKIP)


def _services(session: Session, say: Wording) -> str:
    return " · ".join(name_of(point, say) for point in session.points)


def _compared(how: Compared, say: Wording) -> str:
    match how:
        case Compared.BETTER:
            return signed("▲", say.plain("Better"))
        case Compared.SAME:
            return signed("=", say.plain("The same"))
        case Compared.WORSE:
            return signed("▼", say.plain("Worse"))


def _given(score: str, say: Wording) -> str:
    return SKIP_SIGN if score == DONT_KNOW else _face(int(score), say)


def _face(score: int, say: Wording) -> str:
    return f"{FACES[score - 1]} {digits(score, say.language)}"


DRAWS = Draws(
    prompts={
        Welcome: welcome,
        UsedServices: used_services,
        WhichPoint: which_point,
        Faces: faces,
        FirstRepair: first_repair,
        ComparedWithLast: compared_with_last,
        Send: send,
        AskGender: ask_gender,
        AskAge: ask_age,
        WhichSeat: which_seat,
        CorrectWhich: correct_which,
        Look: look,
    },
    notices={Thanks: thanks},
    whys={
        PHONE_FULL: lambda say: say.plain("4 people have scored on this phone. Please use another phone."),
        TOO_MANY_CODES: lambda say: say.plain(
            "That was the wrong code many times. Please wait 15 minutes and try again."
        ),
    },
)
