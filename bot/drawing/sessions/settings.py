"""How it looks that something of a session is rarely changed."""

from bot.drawing.layout import OFF_SIGN, ON_SIGN, Button, Drawn, signed, ways_out, yes
from conversations.engine import Asking
from conversations.prompts import DONE
from conversations.sessions.settings import CHOSEN, COMPARES, Settings, WhichCriteria, WhichSettings
from scorecard.card import Service
from wording.catalogue import Wording
from wording.names import service_name, words
from wording.numerals import in_a_row


def which_settings(asking: Asking, prompt: WhichSettings, say: Wording) -> Drawn:
    text = say(
        "What is rarely changed. Tap to put it on ☑ or off ☐, then tap ✅. It stays so the next time you open scoring."
    )
    names = {COMPARES: say.plain("Ask: better or worse than last year?")}
    rows = tuple(
        (Button(signed(ON_SIGN if code in asking.draft else OFF_SIGN, names[code]), value=code),)
        for code in prompt.options
    )
    questions = tuple(
        (Button(say.plain("Questions: {service}", service=service_name(Service(kind), say)), value=kind),)
        for kind in prompt.at_once
    )
    return Drawn(text, (*rows, *questions, (yes(say.plain("Go on"), DONE),), ways_out(say, back=True)))


def which_criteria(asking: Asking, prompt: WhichCriteria, say: Wording) -> Drawn:
    text = say(
        "<b>{service}</b>\n\nWhat shall people be asked? Choose {least} to {most}, then tap ✅.",
        service=service_name(prompt.service, say),
        least=prompt.least,
        most=prompt.most,
    )
    if prompt.overall:
        text += " " + say("At the end people are always asked how satisfied they are all in all.")
    rows = tuple(
        (
            Button(
                signed(ON_SIGN if CHOSEN + one.key in asking.draft else OFF_SIGN, words(one.label, say.language)),
                value=CHOSEN + one.key,
            ),
        )
        for one in prompt.criteria
    )
    return Drawn(text, (*rows, (yes(say.plain("Go on"), DONE),), ways_out(say, back=True)))


def otherwise_than_usual(settings: Settings, say: Wording) -> list[str]:
    """What is set otherwise than it is at first: it may have been so since last time."""
    parts = []
    if not settings.compares:
        parts.append(say("People are not asked whether a service is better or worse than last year."))
    if settings.criteria:
        services = in_a_row([service_name(service, say) for service in settings.criteria], say.language)
        parts.append(say("You chose the questions about: {services}.", services=services))
    return parts
