"""How people are received: hello, help, how they are protected, going on, leaving, what is over."""

from functools import partial

from bot.drawing.layout import (
    BACK_SIGN,
    LEAVE_SIGN,
    YES_SIGN,
    Button,
    Document,
    Drawn,
    not_made,
    other_languages,
    signed,
    ways_out,
    yes,
)
from bot.drawing.look import Bot, Described, Draws
from conversations.arrival.forget_me import FORGET, FORGET_ME, AskForget, Forgotten
from conversations.arrival.go_on import GoOn
from conversations.arrival.guide import GUIDE, Guide
from conversations.arrival.hello import (
    NOTHING_BEGUN,
    PRIVACY_MORE,
    ChooseLanguage,
    Hello,
    Help,
    HowProtected,
    MoreOnProtection,
)
from conversations.arrival.leave import Leave
from conversations.arrival.over import CalledOff, Ended, Left
from conversations.arrival.privacy import Privacy
from conversations.engine import Asking
from conversations.entries import HERE, PRIVACY
from conversations.notices import Refusal
from conversations.prompts import NO, YES
from conversations.refusals import (
    CHOOSE_ONE,
    COORDINATORS_ONLY,
    FACILITATORS_ONLY,
    NAME_DOES_NOT_FIT,
    NAME_TAKEN,
    NO_SUCH_CODE,
    NOT_ADMINISTRATOR,
    NOT_UNDERSTOOD,
    NOT_YOURS,
    NUMBER_DOES_NOT_FIT,
    OLD_BUTTON,
    SESSION_OVER,
    TOO_MANY,
    TROUBLE,
    USE_BUTTONS,
)
from conversations.scoring.join import JOIN
from wording.catalogue import Wording, language_name, languages
from wording.names import location_name


def leave(_: Asking, prompt: Leave, say: Wording) -> Drawn:
    text = say("Do you want to leave? What you have sent counts. What you have not sent is erased.")
    if not prompt.scoring:
        text = say("Do you want to leave? Nothing will be changed.")
    out = Button(signed(LEAVE_SIGN, say.plain("Leave")), value=YES, style="danger")
    return Drawn(text, ((out,), ways_out(say, back=True, leave=False, translated=False)))


def go_on(_: Asking, prompt: GoOn, say: Wording) -> Drawn:
    text = say("You had begun something and not finished it. Do you want to go on with it?")
    if prompt.elsewhere:
        text = say("You are in the middle of something else. Go on with it, or leave it and do the new thing?")
    rows = (
        (yes(say.plain("Go on"), YES),),
        (Button(signed(LEAVE_SIGN, say.plain("Leave it")), value=NO, style="danger"),),
    )
    return Drawn(text, rows)


def privacy(_: Asking, __: Privacy, say: Wording) -> Drawn:
    return Drawn(how_protected(say), (ways_out(say, back=True, leave=False, translated=False),))


def hello(notice: Hello, say: Wording, bot: Bot) -> Drawn:
    text = say(
        "Hello! Here you can say how satisfied you are with your commune office, health centre and school.\n\n"
        "To begin, open the link you were given, or write the code of 8 digits here."
    )
    if notice.commands:
        text += "\n\n" + bot.for_facilitators(notice.commands, say)
    return Drawn(text, (_privacy(say), other_languages(say, notice.entry)))


def help_(notice: Help, say: Wording, bot: Bot) -> Drawn:
    text = say(
        "You score services by tapping. You come in by a link or a code of 8 digits, which the facilitator gives."
    )
    text += "\n\n" + bot.lines(notice.everybody, say)
    guide: tuple[Button, ...] = ()
    if notice.commands:
        text += "\n\n" + bot.for_facilitators(notice.commands, say)
        text += _under_way(notice, say)
        guide = (Button(signed("🖨", say.plain("The guide, to be printed")), entry=GUIDE()),)
    return Drawn(text, (guide, _privacy(say), other_languages(say, notice.entry)))


def _under_way(notice: Help, say: Wording) -> str:
    """What goes on in their communes, in a line; nothing where nothing does."""
    if not notice.under_way:
        return ""
    if len(notice.under_way) > 1:
        return "\n\n" + say("Several scorings are open now: /sessions shows them.")
    [session] = notice.under_way
    return "\n\n" + say("Open now: {place}.", place=location_name(session.location, say))


def guide(_: Guide, say: Wording, bot: Bot) -> Drawn:
    from digests.guide import guide as page

    made = partial(page, say.language, bot.referral)
    text = say("A facilitator’s day, on one page. Print it, or keep it on your phone.")
    document = Document(f"samleng-guide-{say.language}.pdf", made)
    return Drawn(text, protected=False, document=document, otherwise=not_made(say))


def how_protected(say: Wording) -> str:
    return say(
        "<b>How your answers are kept secret</b>\n\n"
        "• 🔒 No names: we keep only the number of your Telegram account and your language. Nobody in the commune sees "
        "your answers.\n"
        "• 🔑 Until the scoring closes your answers are kept locked. Only those who look after the system could find "
        "out who answered what. Then the key is destroyed, and nobody can any more.\n"
        "• 👥 The commune sees only what 8 or more people said together.\n"
        "• 🗑 What you have not sent is erased when you stop, when the scoring closes, or when you don’t answer for a "
        "day.\n"
        "• 📱 Telegram, and whoever uses your phone or your account, can see this chat.\n"
        "• ✋ You can stop at any time. What you have sent counts."
    )


def privacy_notice(_: HowProtected, say: Wording, __: Bot) -> Drawn:
    more = Button(say.plain("More"), entry=PRIVACY_MORE())
    return Drawn(how_protected(say), ((more,),))


def more_on_protection(_: MoreOnProtection, say: Wording, __: Bot) -> Drawn:
    kept = say(
        "<b>What is kept, and how long</b>\n\n"
        "• Your answers: locked, until the scoring closes. If you stop in the middle, what you had not sent is erased "
        "after a day.\n"
        "• What a village said and was not shown waits, locked, for the other villages of the commune: 30 days, or "
        "until the day on which the group sees what comes out, 60 days at most. From fewer than 5 phones nothing is "
        "kept.\n"
        "• The key of each scoring lies apart and is in no copy that we make. When it is destroyed, what it locked "
        "can be read nowhere any more.\n"
        "• That you had something open here may stay in a copy of our server for a while, but never what you answered."
    )
    open_to = say(
        "<b>What we can’t protect you from</b>\n\n"
        "• Somebody who copies our whole server, keys included, while the scoring is open.\n"
        "• Somebody who has seven accounts in the same scoring beside you alone: they can work out what you said.\n"
        "• A phone that somebody watches, or that is not yours; another phone or computer with your account. Who sits "
        "beside you sees what you tap.\n"
        "• Telegram itself."
    )
    forget = Button(say.plain("Erase what is kept of me"), entry=FORGET())
    return Drawn(f"{kept}\n\n{open_to}", ((forget,), _privacy(say)))


def ask_forget(notice: AskForget, say: Wording, _: Bot) -> Drawn:
    text = say(
        "<b>Shall I erase what is kept of you?</b>\n\n"
        "• I forget your number and your language, and erase what you have begun.\n"
        "• What you sent to a scoring that is still open is taken back.\n"
        "• What you sent to one that is closed counts: nobody can tell any more what was yours.\n\n"
        "The messages here stay on your phone. To remove them, delete this chat in Telegram afterwards."
    )
    if notice.facilitator:
        text += "\n\n" + say("You then have no role here any more. To get one again you need a new invitation.")
    return Drawn(
        text,
        (
            (Button(signed(YES_SIGN, say.plain("Erase it")), entry=FORGET_ME(), style="danger"),),
            (Button(signed(BACK_SIGN, say.plain("Back")), entry=PRIVACY_MORE()),),
        ),
    )


def forgotten(_: Forgotten, say: Wording, __: Bot) -> Drawn:
    return Drawn(say("It is done: nothing of you is kept here any more. If you write again, we begin anew."))


def choose_language(_: ChooseLanguage, say: Wording, __: Bot) -> Drawn:
    rows = tuple((Button(language_name(language), entry=HERE(), language=language),) for language in languages())
    return Drawn(say("Which language do you want?"), rows)


def ended(notice: Ended, say: Wording, _: Bot) -> Drawn:
    text = say(
        "This is over. What you sent counts. What you had not sent is erased.\n\n"
        "To score again, open the link or write the code you were given."
    )
    if notice.closed:
        text = say(
            "The scoring is closed. What you sent counts. What you had not sent is erased.\n\n"
            "The result comes to the commune’s group."
        )
    return Drawn(text)


def called_off(_: CalledOff, say: Wording, __: Bot) -> Drawn:
    return Drawn(say("This scoring was cancelled. What was sent to it is erased, and nothing of it counts."))


def left(notice: Left, say: Wording, _: Bot) -> Drawn:
    text = say("You have left. What you sent counts, what you had not sent is erased. Thank you.")
    if not notice.scoring:
        text = say("You have left. Nothing was changed.")
    again = (Button(say.plain("Score again"), entry=JOIN(notice.payload)),) if notice.payload else ()
    return Drawn(text, (again,))


def refusal(notice: Refusal, say: Wording, bot: Bot) -> Drawn:
    return Drawn(bot.why(notice.why, say))


def _privacy(say: Wording) -> tuple[Button, ...]:
    return (Button(signed("🔒", say.plain("Are my answers kept secret?")), entry=PRIVACY()),)


DRAWS = Draws(
    prompts={GoOn: go_on, Leave: leave, Privacy: privacy},
    notices={
        Hello: hello,
        Help: help_,
        Guide: guide,
        HowProtected: privacy_notice,
        MoreOnProtection: more_on_protection,
        ChooseLanguage: choose_language,
        AskForget: ask_forget,
        Forgotten: forgotten,
        Ended: ended,
        Left: left,
        CalledOff: called_off,
        Refusal: refusal,
    },
    whys={
        USE_BUTTONS: lambda say: say.plain("Please tap one of the buttons."),
        NOT_UNDERSTOOD: lambda say: say.plain("I did not understand that."),
        CHOOSE_ONE: lambda say: say.plain("Please choose at least one."),
        TOO_MANY: lambda say: say.plain("Please choose at most 12."),
        NAME_DOES_NOT_FIT: lambda say: say.plain("Please write only the name, at most 60 letters."),
        NUMBER_DOES_NOT_FIT: lambda say: say.plain(
            "Please write one whole number, and no more than there were people."
        ),
        NAME_TAKEN: lambda say: say.plain(
            "Another one here has that name already. Please write it so that people can tell them apart."
        ),
        OLD_BUTTON: lambda say: say.plain("That button was an old one. Here is where you are now."),
        NO_SUCH_CODE: lambda say: say.plain(
            "This link or code does not work. Please ask the facilitator for the right one."
        ),
        SESSION_OVER: lambda say: say.plain("This scoring is closed. The result comes to the commune’s group."),
        FACILITATORS_ONLY: lambda say: say.plain(
            "Only facilitators can do this. If you are one, open your invitation link first."
        ),
        COORDINATORS_ONLY: lambda say: say.plain("Only a coordinator can do this. Please ask the one who invited you."),
        NOT_YOURS: lambda say: say.plain(
            "This is not in one of your communes. Send /sessions to see what is open in yours."
        ),
        NOT_ADMINISTRATOR: lambda say: say.plain(
            "Only a facilitator of this group’s commune, or an administrator of this group, can do this."
        ),
        NOTHING_BEGUN: lambda say: say.plain(
            "There is nothing to leave. To begin, open the link or write the code you were given."
        ),
        TROUBLE: lambda say: say.plain(
            "Something went wrong on our side. Nothing you sent is lost. Please try again later."
        ),
    },
    commands={
        "start": Described(
            lambda say: say.plain("Begin, or go on"),
            lambda say: say("/start – begin, or go on"),
        ),
        "language": Described(
            lambda say: say.plain("Another language"),
            lambda say: say("/language – another language"),
        ),
        "privacy": Described(
            lambda say: say.plain("How your answers are kept secret"),
            lambda say: say("/privacy – how your answers are kept secret"),
        ),
        "help": Described(lambda say: say.plain("Help")),
        "cancel": Described(
            lambda say: say.plain("Stop what you began"),
            lambda say: say("/cancel – stop what you began"),
        ),
    },
)
