"""What a facilitator passes on, shows and prints."""

from functools import partial

from bot.drawing.layout import Document, Drawn, not_made
from bot.drawing.look import Bot
from bot.drawing.sessions.live import times
from conversations.sessions.live import Pack, PassOn, Qr
from scorecard.payload import spaced
from wording.catalogue import Wording, escaped
from wording.names import location_name


def pass_on(notice: PassOn, say: Wording, bot: Bot) -> Drawn:
    text = "\n\n".join(
        (
            say("<b>Say how satisfied you are with your services</b>")
            + "\n"
            + escaped(location_name(notice.session.location, say)),
            say("Tap this link: {link}", link=bot.link_with(notice.payload)),
            say("Or write this code to @{bot}: <b>{code}</b>", bot=bot.name, code=spaced(notice.code)),
            say("It takes about {minutes} minutes and no names are shown.", minutes=notice.session.minutes)
            + "\n"
            + times(notice.session, say),
        )
    )
    return Drawn(text, protected=False)


def qr(notice: Qr, say: Wording, bot: Bot) -> Drawn:
    from digests.qr import qr_picture

    url = bot.link_with(notice.payload)
    text = say("Hold up this picture, or pass it on. Whoever scans it comes into the scoring.")
    return Drawn(
        text,
        protected=False,
        pictures=lambda: (qr_picture(notice.session, url, notice.code, say.language),),
        title=escaped(location_name(notice.session.location, say)),
        otherwise=text + "\n\n" + say("Tap this link: {link}", link=url),
    )


def pack(notice: Pack, say: Wording, bot: Bot) -> Drawn:
    from digests.meeting_pack import file_name, meeting_pack

    text = say(
        "For the meeting, to be printed: the link to scan, what to say, the questions, faces to hold up, and ballots."
    )
    url = bot.link_with(notice.payload)
    made = partial(meeting_pack, notice.session, url, notice.code, say.language)
    return Drawn(text, protected=False, document=Document(file_name(notice.session), made), otherwise=not_made(say))
