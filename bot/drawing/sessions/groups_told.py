"""What a commune's group hears of a session, in the group's languages."""

from collections.abc import Callable
from dataclasses import replace

from bot.drawing.layout import Drawn
from bot.drawing.look import Bot, Languages, in_languages, linked_button
from bot.drawing.reasons import reason_name
from bot.drawing.session import closing_line, name_of, shown_line
from conversations.sessions.live import Announced, GoesOn, LastCall, NotAfterAll, OnHold, PutRight, Reminder
from wording.catalogue import Wording, escaped
from wording.names import location_name
from wording.numerals import moment


def announced(notice: Announced, said: Languages, bot: Bot) -> Drawn:
    session = notice.session
    return _with_link(
        said,
        lambda say: "\n".join(
            (
                say("Scoring is open in {place}.", place=location_name(session.location, say)),
                say("<b>Say how satisfied you are with your services</b>"),
                say("It takes about {minutes} minutes and no names are shown.", minutes=session.minutes),
                closing_line(session, say),
                shown_line(session.shown_on, say),
            )
        ),
        bot.link_with(notice.payload),
    )


def last_call(notice: LastCall, said: Languages, bot: Bot) -> Drawn:
    session = notice.session
    return _with_link(
        said,
        lambda say: (
            say(
                "Last call: the scoring in {place} closes {moment}.",
                place=location_name(session.location, say),
                moment=moment(session.closes_at, say.language),
            )
            + "\n"
            + shown_line(session.shown_on, say)
        ),
        bot.link_with(notice.payload),
    )


def goes_on(notice: GoesOn, said: Languages, bot: Bot) -> Drawn:
    session = notice.session
    return _with_link(
        said,
        lambda say: (
            say("The scoring in {place} goes on.", place=location_name(session.location, say))
            + "\n"
            + closing_line(session, say)
        ),
        bot.link_with(notice.payload),
    )


def reminder(notice: Reminder, said: Languages, bot: Bot) -> Drawn:
    session = notice.session
    return _with_link(
        said,
        lambda say: (
            say("Have you scored yet? The scoring in {place} closes soon.", place=location_name(session.location, say))
            + "\n"
            + closing_line(session, say)
        ),
        bot.link_with(notice.payload),
    )


def on_hold(notice: OnHold, said: Languages, _: Bot) -> Drawn:
    return in_languages(
        said,
        lambda say: say(
            "The scoring in {place} has a break. What you began stays. We tell you when it goes on.",
            place=location_name(notice.session.location, say),
        ),
    )


def not_after_all(notice: NotAfterAll, said: Languages, _: Bot) -> Drawn:
    def what(say: Wording) -> str:
        text = say(
            "The scoring in {place} was cancelled, and nothing of it counts.",
            place=location_name(notice.session.location, say),
        )
        if notice.reason is not None:
            text += "\n" + say("The reason: {reason}.", reason=reason_name(notice.reason, say))
        return text

    return in_languages(said, what)


def put_right(notice: PutRight, said: Languages, bot: Bot) -> Drawn:
    session = notice.session

    def what(say: Wording) -> str:
        services = "\n".join(f"• {escaped(name_of(point, say))}" for point in session.points)
        text = say("The scoring was put right. It is of {place}:", place=location_name(session.location, say))
        return f"{text}\n{services}\n" + closing_line(session, say)

    return _with_link(said, what, bot.link_with(notice.payload))


def _with_link(said: Languages, what: Callable[[Wording], str], link: str) -> Drawn:
    rows = linked_button(said, lambda say: say.plain("Score now"), link)
    return replace(in_languages(said, what), rows=rows)
