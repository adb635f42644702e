"""What came out: as a group receives it, before that as its facilitator sees it, and for who wants to know more."""

from functools import partial

from bot.drawing.arrival import link
from bot.drawing.layout import BACK_SIGN, SKIP_SIGN, YES_SIGN, Button, Document, Drawn, other_languages, signed
from bot.drawing.sessions import session_name
from conversations.notices import Closed, Data, DigestPost, JustClosed, Pack, Poster, ReadDigest, Wall
from digests import poster
from digests.text import digest_caption, digest_text, service_text
from digests.typeset import Paper
from scorecard.card import Service
from wording.catalogue import Wording, escaped
from wording.names import point_name
from wording.numerals import moment

FORMAT_NAMES = {"xlsx": "Excel", "csv": "CSV", "hxl": "HXL", "json": "JSON"}


def digest_post(notice: DigestPost, languages: tuple[str, ...], bot_name: str) -> Drawn:
    """The picture in the first of the group's languages, its caption in all of them."""
    more = " · ".join(Wording(language).plain("See more") for language in languages)
    return Drawn(
        digest_caption(notice.digest, languages),
        ((Button(more, url=link(bot_name, notice.payload)),),),
        protected=False,
        pictures=partial(poster.front, notice.digest, languages[0]),
        otherwise=digest_text(notice.digest, languages),
    )


def just_closed(notice: JustClosed, say: Wording) -> Drawn:
    if notice.posted:
        comes = say("What the commune’s group saw comes here in a moment.")
    else:
        comes = say("What the commune’s group will see comes here in a moment. Then you can post it.")
    return Drawn(_what_was_closed(notice, say) + "\n\n" + comes, (other_languages(say, notice.entry),))


def closed(notice: Closed, say: Wording) -> Drawn:
    parts = [_what_was_closed(notice, say)]
    if notice.merged:
        parts.append(say("All villages that took part are closed. This is what they say together."))
    rows: tuple[tuple[Button, ...], ...] = ()
    post = Button(signed(YES_SIGN, say.plain("Post now")), entry=f"post:{notice.session.id}", style="success")
    posted = bool(notice.groups) and notice.post_at is None
    see = say.plain("See what the group saw") if posted else say.plain("See what the group will see")
    again = Button(see, entry=f"preview:{notice.session.id}")
    more = Button(say.plain("Pictures and data"), entry=f"read:{notice.payload}")
    if not notice.groups and not notice.unreached:
        parts.append(
            say("No group of this commune is linked yet. Add me to the group and send /link there, then tap ✅.")
        )
        rows = ((post,),)
    elif notice.groups and notice.post_at is not None:
        parts.append(
            say(
                "The result will be posted to the commune’s group, by itself on {moment}.",
                moment=moment(notice.post_at, say.language),
            )
        )
        rows = ((post,), (Button(signed(SKIP_SIGN, say.plain("Later")), entry=f"later:{notice.session.id}"),))
    elif posted:
        parts.append(say("The result is posted to the commune’s group."))
    if notice.unreached:
        parts.append(_unreached(notice.unreached, say))
        rows = rows or ((post,),)
    return Drawn("\n\n".join(parts), (*rows, (again,), (more,), other_languages(say, notice.entry)))


def read_digest(notice: ReadDigest, say: Wording) -> Drawn:
    digest, payload = notice.digest, notice.payload
    rows: list[tuple[Button, ...]] = [
        (Button(point_name(p.service, p.km, p.en, p.location, say), entry=f"poster:{payload}:{p.id}"),)
        for p in digest.session.points
    ]
    rows.append(tuple(_paper(say, paper, payload) for paper in (Paper.A4, Paper.A3)))
    text = digest_text(digest, (say.language,), in_group=False)
    text += "\n\n" + say("Tap a service to see its picture.")
    if notice.facilitator:
        rows.append(tuple(Button(name, entry=f"data:{payload}:{id_}") for id_, name in FORMAT_NAMES.items()))
        if any(point.service is not Service.COMMUNE_OFFICE for point in digest.session.points):
            rows.append((Button(say.plain("Correct a name"), entry=f"rename:{digest.session.id}"),))
        rows.append((Button(signed(BACK_SIGN, say.plain("Back")), entry=f"closed:{digest.session.id}"),))
        text += "\n" + say("For facilitators: the figures as a file, for Excel or for other programs.")
    return Drawn(text, (*rows, other_languages(say, notice.entry)))


def poster_pictures(notice: Poster, say: Wording) -> Drawn:
    text = service_text(notice.digest, notice.point, say.language)
    return Drawn(
        text,
        protected=False,
        pictures=partial(poster.service, notice.digest, notice.point, say.language),
        otherwise=text,
    )


def wall(notice: Wall, say: Wording) -> Drawn:
    """Everything on paper: overview and services, a page each."""
    digest, paper = notice.digest, Paper(notice.paper)
    name = f"samleng-{digest.session.location.code}-{digest.session.round}-{say.language}-{paper.value}.pdf"
    text = say("To be printed and put on the wall.")
    return Drawn(
        text,
        protected=False,
        document=Document(name, lambda: poster.print_pages(poster.wall(digest, say.language), paper)),
        otherwise=_not_made(say),
    )


def data(notice: Data, say: Wording) -> Drawn:
    from digests.export import Format, export, file_name

    digests, kind = (notice.digest,), Format(notice.format)
    text = say("The figures of this scoring: only what may be told.")
    return Drawn(
        text,
        protected=False,
        document=Document(file_name(digests, kind), partial(export, digests, kind)),
        otherwise=_not_made(say),
    )


def pack(notice: Pack, say: Wording, bot_name: str) -> Drawn:
    from digests.meeting_pack import file_name, meeting_pack

    text = say("For the meeting, to be printed: the link to scan, what to say, the questions, and a sheet for pebbles.")
    url = link(bot_name, notice.payload)
    made = partial(meeting_pack, notice.session, url, notice.code, say.language)
    return Drawn(text, protected=False, document=Document(file_name(notice.session), made), otherwise=_not_made(say))


def _what_was_closed(notice: JustClosed | Closed, say: Wording) -> str:
    what = say("<b>The villages are put together.</b>") if notice.merged else say("<b>The scoring is closed.</b>")
    return what + "\n" + escaped(session_name(notice.session, say))


def _unreached(groups: int, say: Wording) -> str:
    if groups == 1:
        return say("One group could not be reached. To try again, tap ✅.")
    return say("{groups} groups could not be reached. To try again, tap ✅.", groups=groups)


def _not_made(say: Wording) -> str:
    return say("Sorry, this can’t be made at the moment. Please try again later.")


def _paper(say: Wording, paper: Paper, payload: str) -> Button:
    return Button(say.plain("To print, {size}", size=paper.value.upper()), entry=f"wall:{payload}:{paper.value}")
