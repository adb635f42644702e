"""What people are told without being asked."""

from bot.drawing.layout import Button, Drawn, other_languages
from bot.drawing.scoring import closing_line
from bot.drawing.sessions import kept_rough, session_name, turnout_lines
from conversations.notices import (
    ChooseLanguage,
    Ended,
    GroupLinked,
    Hello,
    Help,
    HowProtected,
    Left,
    NowFacilitator,
    Opened,
    PassOn,
    Sessions,
    Thanks,
)
from scorecard.place import Location
from scorecard.session import Session
from storage.take_answer import LANGUAGE
from wording.catalogue import Wording, escaped, language_name, languages
from wording.names import commune_name, location_name

MOST_SESSIONS = 40


def hello(notice: Hello, say: Wording) -> Drawn:
    text = say(
        "Hello! Here you can say how satisfied you are with your commune office, health centre and school.\n\n"
        "To begin, open the link you were given, or write the code of 6 letters and numbers here."
    )
    if notice.facilitator:
        text += "\n\n" + _facilitator_commands(say)
    return Drawn(text, (_privacy(say), other_languages(say, notice.entry)))


def help_(notice: Help, say: Wording) -> Drawn:
    text = say(
        "You score services by tapping. You come in by a link or a code of 6 letters and numbers, "
        "which the facilitator gives.\n\n"
        "/start – begin, or go on\n"
        "/language – another language\n"
        "/privacy – how you are protected\n"
        "/cancel – leave what you began"
    )
    if notice.facilitator:
        text += "\n\n" + _facilitator_commands(say)
    return Drawn(text, (_privacy(say), other_languages(say, notice.entry)))


def how_protected(say: Wording) -> str:
    return say(
        "<b>How you are protected</b>\n\n"
        "• No names. Of you we keep the number of your Telegram account and your language, nothing else. Nobody in "
        "the commune can see what you answered.\n"
        "• While the scoring is open, your answers are kept locked. Only those who run our server could find out "
        "whose they are. When the scoring closes, the key is destroyed: from then on nobody can.\n"
        "• The commune sees only what 8 or more people said together.\n"
        "• What you have not sent is erased when you leave, when the scoring closes, or after a day of silence.\n"
        "• Telegram can see this chat. So can whoever uses your phone, or another phone or computer with your "
        "account. Your answers are not shown again unless you ask.\n"
        "• You can leave at any time. What you have sent then still counts."
    )


def privacy_notice(notice: HowProtected, say: Wording) -> Drawn:
    return Drawn(how_protected(say), (other_languages(say, notice.entry),))


def choose_language(notice: ChooseLanguage, say: Wording) -> Drawn:
    rows = tuple(
        (Button(language_name(language), value=LANGUAGE + language, entry=notice.entry),) for language in languages()
    )
    return Drawn(say("Which language do you want?"), rows)


def ended(notice: Ended, say: Wording) -> Drawn:
    text = say(
        "This is over. What you sent counts. What you had not sent is erased.\n\n"
        "To score again, open the link or write the code you were given."
    )
    if notice.closed:
        text = say(
            "The scoring is closed. What you sent counts. What you had not sent is erased.\n\n"
            "The result comes to the commune’s group."
        )
    return Drawn(text, (other_languages(say, notice.entry),))


def left(notice: Left, say: Wording) -> Drawn:
    text = say("You have left. What you sent counts, what you had not sent is erased. Thank you.")
    if not notice.scoring:
        text = say("You have left. Nothing was changed.")
    return Drawn(text, (other_languages(say, notice.entry),))


def thanks(notice: Thanks, say: Wording, referral: str) -> Drawn:
    text = say("<b>Thank you! Your scores are sent.</b>")
    if notice.again:
        text = say("You have scored already. Thank you!")
    text += "\n\n" + say("The result comes to the commune’s group after the scoring has closed.")
    text += "\n" + closing_line(notice.session, say)
    if referral:
        text += "\n\n" + say("For something grave, such as violence or abuse, please call: {contact}", contact=referral)
    rows = (
        (Button(say.plain("Another person will score on this phone"), entry=f"another:{notice.payload}"),),
        (Button(_correct(notice, say), entry=f"correct:{notice.payload}"),),
        other_languages(say, notice.entry),
    )
    return Drawn(text, rows)


def _correct(notice: Thanks, say: Wording) -> str:
    if len(notice.session.points) == 1:
        return say.plain("Correct my scores")
    return say.plain("Correct my scores, or score another service")


def now_facilitator(notice: NowFacilitator, say: Wording) -> Drawn:
    communes = "\n".join(escaped(location_name(place, say)) for place in notice.communes)
    text = say("<b>Welcome! You are a facilitator in:</b>") + f"\n{communes}\n\n" + _facilitator_commands(say)
    text += "\n\n" + say("Add me to the commune’s group, so that the group receives the results.")
    open_ = Button(say.plain("Open scoring"), entry="open")
    return Drawn(text, ((open_,), other_languages(say, notice.entry)))


def opened(notice: Opened, say: Wording) -> Drawn:
    text = "\n\n".join(
        (
            say("<b>The scoring is open.</b>") if not notice.last_call else say("<b>Last call.</b>"),
            escaped(location_name(notice.session.location, say)) + "\n" + closing_line(notice.session, say),
            turnout_lines(notice.session, notice.turnout, say),
            kept_rough(say),
        )
    )
    rows = (
        (Button(say.plain("Show the numbers again"), entry=f"session:{notice.session.id}"),),
        (Button(say.plain("Link and code"), entry=f"pass:{notice.session.id}"),),
        (Button(say.plain("To print for the meeting"), entry=f"pack:{notice.session.id}"),),
        (Button(say.plain("Close the scoring"), entry=f"close:{notice.session.id}"),),
        other_languages(say, notice.entry),
    )
    return Drawn(text, rows)


def pass_on(notice: PassOn, say: Wording, bot_name: str) -> Drawn:
    text = "\n\n".join(
        (
            say("<b>Say how satisfied you are with your services</b>")
            + "\n"
            + escaped(location_name(notice.session.location, say)),
            say("Tap this link: {link}", link=link(bot_name, notice.payload)),
            say("Or write this code to @{bot}: <b>{code}</b>", bot=bot_name, code=notice.code),
            say("It takes three minutes and no names are shown.") + "\n" + closing_line(notice.session, say),
        )
    )
    return Drawn(text, protected=False)


def sessions(notice: Sessions, say: Wording) -> Drawn:
    open_ = [Button(session_name(session, say), entry=f"session:{session.id}") for session in notice.open]
    closed = [Button(_closed_name(session, notice, say), entry=f"closed:{session.id}") for session in notice.closed]
    merge = [_merge(place, say) for place in notice.can_merge]
    rows = tuple((button,) for button in [*merge, *open_, *closed][:MOST_SESSIONS])
    text = say("Open now, and closed in the last 90 days:")
    return Drawn(text, (*rows, other_languages(say, notice.entry)))


def _closed_name(session: Session, notice: Sessions, say: Wording) -> str:
    name = session_name(session, say)
    if session.id in notice.merged:
        return say.plain("{session} (villages put together)", session=name)
    return say.plain("{session} (closed)", session=name)


def _merge(place: Location, say: Wording) -> Button:
    text = say.plain("Put together the villages of {commune}", commune=commune_name(place, say))
    return Button(text, entry=f"merge:{place.commune.code}")


def group_linked(notice: GroupLinked, say: Wording) -> Drawn:
    text = say(
        "The group is linked. It will receive the results of {place}.", place=location_name(notice.location, say)
    )
    return Drawn(text, ((Button(say.plain("Open scoring"), entry="open"),),))


def link(bot_name: str, payload: str) -> str:
    """The link that opens the private chat with a payload."""
    return f"https://t.me/{bot_name}?start={payload}"


def _privacy(say: Wording) -> tuple[Button, ...]:
    return (Button(say.plain("How am I protected?"), entry="privacy"),)


def _facilitator_commands(say: Wording) -> str:
    return say("For facilitators:\n/open – open scoring\n/sessions – what is open now\n/close – close scoring")
