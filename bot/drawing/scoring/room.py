"""How scoring looks."""

from datetime import date

from bot.drawing.layout import (
    OFF_SIGN,
    ON_SIGN,
    SKIP_SIGN,
    YES_SIGN,
    Button,
    Drawn,
    Row,
    in_columns,
    other_languages,
    signed,
    ways_out,
    yes,
)
from bot.drawing.look import Bot, Described, Draws
from bot.drawing.scoring.practice import begin_practice, practice_is_open, practised
from bot.drawing.session import closing_line, name_of, shown_line
from bot.drawing.signs import SERVICES, with_sign
from conversations.engine import BACK, Asking
from conversations.entries import PRIVACY
from conversations.prompts import ASIDE, DONE, DONT_KNOW, SKIP, YES
from conversations.scoring.about_you import AskAge, AskGender
from conversations.scoring.correct import CORRECT, CorrectWhich, WhichSeat
from conversations.scoring.join import (
    ANOTHER,
    JOIN,
    NONE,
    PHONE_FULL,
    TOO_MANY_CODES,
    UsedServices,
    Welcome,
    WhichPoint,
)
from conversations.scoring.look import COMPARED, WISH, Look
from conversations.scoring.none_used import NoneUsed
from conversations.scoring.not_yet import NotYetOpen
from conversations.scoring.paused import LOOK_AGAIN, STILL_PAUSED, Paused
from conversations.scoring.practise import BeginPractice, PracticeIsOpen, Practised
from conversations.scoring.remind_me import REMIND_ME, Nudge, WillRemind
from conversations.scoring.score import ComparedWithLast, Faces, FirstRepair, Send
from conversations.scoring.thanks import Thanks
from conversations.sessions.close_session import CancelSession
from digests.phrases import FACES
from scorecard.ballot import Age, Compared, Gender
from scorecard.card import SCALE, Service
from scorecard.session import Session
from wording.catalogue import Wording, escaped
from wording.names import asked_about, location_name, service_name, words
from wording.numerals import digits, moment, short_day


def paused(_: Asking, __: Paused, say: Wording) -> Drawn:
    """A tap is refused as long as it is paused, and shows what was asked before when it goes on."""
    text = say(
        "<b>The facilitator is having a break.</b>\n\nWhat you began stays here, and what you sent counts. Please come "
        "back a little later."
    )
    again = Button(say.plain("Look whether it goes on"), value=LOOK_AGAIN)
    return Drawn(text, ((again,), ways_out(say, back=False)))


def not_yet_open(notice: NotYetOpen, say: Wording, _: Bot) -> Drawn:
    session = notice.session
    assert session.opens_at is not None, "what is planned has its time"
    text = say(
        "The scoring in {place} is not open yet. It opens {moment}. Please open the link again then.",
        place=location_name(session.location, say),
        moment=moment(session.opens_at, say.language),
    )
    return Drawn(text, (other_languages(say, notice.entry),))


def welcome(asking: Asking, prompt: Welcome, say: Wording, bot: Bot) -> Drawn:
    """What this is, in signs and few words: of what, who may, how long, what comes of it, whom to turn to."""
    session = prompt.session
    lines = [
        signed("🙋", say("You choose. Stop at any time.")),
        signed("🔒", say("No names are shown.")),
        signed("🧑", say("From 15 years on")),
        signed("⏱", say("About {minutes} minutes", minutes=session.minutes)),
        signed("📊", _what_comes_of_it(session.shown_on, say)),
    ]
    if bot.referral:
        lines.append(signed("☎", say("Something grave: {contact}", contact=bot.referral)))
    text = "\n\n".join(
        (
            say("<b>How satisfied are you with your services?</b>"),
            signed("📍", escaped(location_name(session.location, say))) + "\n" + _services(session, say),
            "\n".join(lines),
        )
    )
    rows = [(yes(say.plain("Start"), YES),)]
    if NONE in prompt.options:
        rows.append((_never_there(say),))
    if REMIND_ME in prompt.options:
        rows.append((Button(signed(SKIP_SIGN, say.plain("Later: remind me")), value=REMIND_ME),))
    rows.append((Button(signed("🔒", say.plain("Are my answers kept secret?")), value=ASIDE + PRIVACY),))
    return Drawn(text, (*rows, ways_out(say, back=bool(asking.behind))))


def will_remind(notice: WillRemind, say: Wording, _: Bot) -> Drawn:
    text = say("It closes too soon for a reminder. Score now, if you want to.")
    if notice.at is not None:
        text = say(
            "I remind you {moment}, if you have sent nothing by then. Nobody else hears of it.",
            moment=moment(notice.at, say.language),
        )
    now = Button(say.plain("Score now"), entry=JOIN(notice.payload))
    return Drawn(text, ((now,), other_languages(say, notice.entry)))


def nudge(notice: Nudge, say: Wording, _: Bot) -> Drawn:
    text = say(
        "You wanted to be reminded of the scoring in {place}.",
        place=location_name(notice.session.location, say),
    )
    text += "\n" + closing_line(notice.session, say)
    return Drawn(text, ((Button(signed(YES_SIGN, say.plain("Score now")), entry=JOIN(notice.payload)),),))


def used_services(asking: Asking, prompt: UsedServices, say: Wording) -> Drawn:
    text = say("Where have you or your family been in the past year?\nTap those places, then tap ✅.")
    rows = tuple(
        (
            Button(
                f"{ON_SIGN if kind in asking.draft else OFF_SIGN} {_service(Service(kind), say)}",
                value=kind,
            ),
        )
        for kind in prompt.options
    )
    return Drawn(text, (*rows, (yes(say.plain("Go on"), DONE),), (_never_there(say),), _out(say, back=True)))


def which_point(_: Asking, prompt: WhichPoint, say: Wording) -> Drawn:
    text = say("Where did you go most often?")
    rows = tuple((Button(name_of(point, say), value=str(point.id)),) for point in prompt.points)
    return Drawn(text, (*rows, _out(say, back=True)))


def faces(asking: Asking, prompt: Faces, say: Wording) -> Drawn:
    """Sign and label, and small what is meant; the first of a service also has what is asked of all of them."""
    head = say(
        "<b>{service}</b>  {number}/{of}",
        service=name_of(prompt.point, say),
        number=prompt.number,
        of=len(prompt.point.criteria),
    )
    criterion, first = prompt.criterion, prompt.number == 1
    label = escaped(with_sign(criterion.sign, words(criterion.label, say.language)))
    parts = [head, f"<b>{label}</b>\n<i>{escaped(asked_about(criterion, say))}</i>"]
    if first:
        scale = say("{first} very dissatisfied … {last} very satisfied", first=FACES[0], last=FACES[-1])
        parts.insert(1, say("How satisfied are you?"))
        parts.append(scale)
    if first and prompt.sent:
        parts.insert(0, signed(YES_SIGN, say("Sent: {sent} of {of}", sent=prompt.sent, of=prompt.of)))
    scores = tuple(Button(_face(score, say), value=str(score)) for score in SCALE)
    dont_know = Button(signed(SKIP_SIGN, say.plain("Don’t know, or never used")), value=DONT_KNOW)
    return Drawn(
        "\n\n".join(parts), (scores, (dont_know,), _out(say, back=bool(asking.behind) or BACK in prompt.options))
    )


def first_repair(_: Asking, prompt: FirstRepair, say: Wording) -> Drawn:
    text = say("<b>{service}</b>\n\nWhat should be fixed first? Tap one.", service=name_of(prompt.point, say))
    rows = tuple(
        (Button(with_sign(criterion.sign, words(criterion.label, say.language)), value=criterion.key),)
        for criterion in prompt.point.single
    )
    skip = Button(signed(SKIP_SIGN, say.plain("None of these")), value=SKIP)
    return Drawn(text, (*rows, (skip,), _out(say, back=True)))


def compared_with_last(_: Asking, prompt: ComparedWithLast, say: Wording) -> Drawn:
    text = say(
        "<b>{service}</b>\n\nAnd compared with last year: is it better, the same, or worse?",
        service=name_of(prompt.point, say),
    )
    rows = tuple((Button(_compared(one, say), value=one),) for one in Compared)
    dont_know = Button(signed(SKIP_SIGN, say.plain("Don’t know")), value=DONT_KNOW)
    return Drawn(text, (*rows, (dont_know,), _out(say, back=True)))


def send(_: Asking, prompt: Send, say: Wording) -> Drawn:
    text = say(
        "<b>{service}</b>\n\nYou have answered everything. Send it? No name goes with it.",
        service=name_of(prompt.point, say),
    )
    look_first = Button(say.plain("Look at my answers"), value=f"{ASIDE}look")
    return Drawn(text, ((yes(say.plain("Send"), YES),), (look_first,), _out(say, back=True)))


def ask_gender(_: Asking, __: AskGender, say: Wording) -> Drawn:
    text = say(
        "Your scores are sent. Thank you.\n\n"
        "Two last short questions, to see whether everybody is heard. You can skip them.\n\n"
        "Are you a woman or a man?"
    )
    rows = (
        (Button(say.plain("Woman"), value=Gender.WOMAN), Button(say.plain("Man"), value=Gender.MAN)),
        (Button(say.plain("Other gender"), value=Gender.OTHER), _rather_not(say)),
        _out(say, back=False),
    )
    return Drawn(text, rows)


def ask_age(_: Asking, __: AskAge, say: Wording) -> Drawn:
    rows = (
        (Button(say.plain("15 to 30 years"), value=Age.YOUTH), Button(say.plain("31 or older"), value=Age.OLDER)),
        (_rather_not(say),),
        _out(say, back=True),
    )
    return Drawn(say("How old are you?"), rows)


def which_seat(_: Asking, prompt: WhichSeat, say: Wording) -> Drawn:
    text = say("Several people scored on this phone. Whose scores shall be corrected?")
    people = [Button(say.plain("Person {number}", number=int(seat)), value=seat) for seat in prompt.options]
    return Drawn(text, (*in_columns(people, 3), _out(say, back=False)))


def correct_which(asking: Asking, prompt: CorrectWhich, say: Wording) -> Drawn:
    text = say("What do you want to score anew? What you sent before counts until you send again.")
    rows = tuple((Button(name_of(point, say), value=str(point.id)),) for point in prompt.session.points)
    return Drawn(text, (*rows, _out(say, back=bool(asking.behind))))


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
    return Drawn(text, (*rows, _out(say, back=True, leave=False)))


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
    )
    return Drawn(text, rows)


def none_used(notice: NoneUsed, say: Wording, _: Bot) -> Drawn:
    text = say(
        "<b>Thank you for coming!</b>\n\n"
        "Only people who have been there, and don’t work there, score. Please come again next time."
    )
    rows = (
        (Button(say.plain("The next person scores on this phone"), entry=ANOTHER(notice.payload)),),
        (Button(say.plain("I have been there after all"), entry=JOIN(notice.payload)),),
    )
    return Drawn(text, rows)


def _correct(notice: Thanks, say: Wording) -> str:
    if len(notice.session.points) == 1:
        return say.plain("Correct my scores")
    return say.plain("Correct my scores, or score another service")


def _rather_not(say: Wording) -> Button:
    return Button(signed(SKIP_SIGN, say.plain("Rather not say")), value=SKIP)


def _never_there(say: Wording) -> Button:
    return Button(signed(SKIP_SIGN, say.plain("I have not been there, or I work there")), value=NONE)


def _services(session: Session, say: Wording) -> str:
    """What is scored: a single place by its name, else the kinds of service; which of them is asked later."""
    if len(session.points) == 1:
        (point,) = session.points
        return signed(SERVICES[point.service], escaped(name_of(point, say)))
    return "\n".join(_service(kind, say) for kind in session.kinds)


def _service(kind: Service, say: Wording) -> str:
    return signed(SERVICES[kind], service_name(kind, say))


def _what_comes_of_it(shown_on: date | None, say: Wording) -> str:
    """Who sees what comes out, and when."""
    if shown_on is None:
        return say("The commune sees the joint result soon.")
    return say("The commune sees the joint result on {day}, or earlier.", day=short_day(shown_on, say.language))


def _out(say: Wording, *, back: bool, leave: bool = True) -> Row:
    """Without the other languages: they stand on the first screen, and in the menu."""
    return ways_out(say, back=back, leave=leave, translated=False)


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
    welcomes={Welcome: welcome},
    prompts={
        BeginPractice: begin_practice,
        PracticeIsOpen: practice_is_open,
        Paused: paused,
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
    notices={
        WillRemind: will_remind,
        Nudge: nudge,
        Practised: practised,
        NotYetOpen: not_yet_open,
        Thanks: thanks,
        NoneUsed: none_used,
    },
    whys={
        STILL_PAUSED: lambda say: say.plain("It has not gone on yet. Please wait a little."),
        PHONE_FULL: lambda say: say.plain("4 people have scored on this phone. Please use another phone."),
        TOO_MANY_CODES: lambda say: say.plain(
            "That was the wrong code many times. Please wait 15 minutes and try again."
        ),
    },
    commands={
        "practice": Described(
            lambda say: say.plain("Practise"),
            lambda say: say("/practice – practise a whole meeting"),
        ),
    },
    acts={
        CancelSession: lambda say: say.plain("cancelled a scoring"),
    },
)
