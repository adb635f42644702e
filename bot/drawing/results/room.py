"""How results look: before they are posted, in the group, and for who wants to know more."""

from functools import partial

from bot.drawing.layout import (
    BACK_SIGN,
    SKIP_SIGN,
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
from bot.drawing.look import Bot, Described, Draws, Languages, how_to_allow, in_languages
from bot.drawing.places import write_name
from bot.drawing.results.attendance import how_many, how_many_of, present
from bot.drawing.session import session_name
from conversations.engine import Asking
from conversations.prompts import YES
from conversations.results.count_people import PRESENT, CountPeople, HowMany, HowManyOf, Present
from conversations.results.merge_villages import (
    VILLAGES_APART,
    VILLAGES_FEW,
    VILLAGES_OPEN,
    VILLAGES_SMALL,
    MergeVillages,
)
from conversations.results.post_digest import (
    CLOSED,
    LATER,
    NO_GROUP,
    ON_ITS_WAY,
    POST,
    POSTED,
    POSTED_LATER,
    PREVIEW,
    Closed,
    DigestPost,
    JustClosed,
    NoDigestYet,
    NotPinned,
    PostDigest,
    SendPreview,
)
from conversations.results.read_digest import DATA, POSTER, READ, WALL, Data, Poster, ReadDigest, SendData, Wall
from conversations.results.rename_point import (
    NOTHING_TO_RENAME,
    RENAME,
    RENAMED,
    RenameNow,
    RenamePoint,
    RightName,
    WhichName,
)
from digests import poster
from digests.text import digest_caption, digest_text, digest_title, empty_text, service_text
from digests.typeset import Paper
from scorecard.card import Service
from wording.catalogue import Wording, escaped, language_name
from wording.names import point_name
from wording.numerals import moment

FORMAT_NAMES = {"xlsx": "Excel", "csv": "CSV", "hxl": "HXL", "json": "JSON"}


def which_name(_: Asking, prompt: WhichName, say: Wording) -> Drawn:
    rows = tuple((Button(point_name(p.service, p.km, p.en, p.location, say), value=str(p.id)),) for p in prompt.points)
    return Drawn(say("Which name is written wrongly?"), (*rows, ways_out(say, back=False)))


def right_name(_: Asking, prompt: RightName, say: Wording) -> Drawn:
    """The name as it is written now, and in which languages it will be written anew."""
    point, changed = prompt.point, prompt.point.name_for(say.language)
    lines = [
        say("It is written now: {name}", name=point.en if changed == "en" else point.km),
        write_name(point.service, say),
    ]
    if point.one_name:
        lines.append(say("The new name stands in every language."))
    else:
        other = "km" if changed == "en" else "en"
        lines.append(
            say(
                "You change the name in {language}. In {other} it stays “{name}”: to change that one, tap {other} "
                "below.",
                language=language_name(changed),
                other=language_name(other),
                name=point.km if changed == "en" else point.en,
            )
        )
    return Drawn("\n\n".join(lines), (ways_out(say, back=True),))


def rename_now(_: Asking, prompt: RenameNow, say: Wording) -> Drawn:
    point = prompt.point
    text = say(
        "It is written now: {name}\n\nFrom now on: <b>{new}</b>\n\nIt is changed wherever it stands, in the group too.",
        name=point.en if point.name_for(say.language) == "en" else point.km,
        new=prompt.name,
    )
    return Drawn(text, ((yes(say.plain("Write it so"), YES),), ways_out(say, back=True)))


def digest_post(notice: DigestPost, said: Languages, bot: Bot) -> Drawn:
    """The picture in the first of the group's languages, its caption in all of them; of nothing there is no picture."""
    if notice.digest.is_empty:
        return Drawn(empty_text(notice.digest, said), protected=False)
    more = " · ".join(Wording(language).plain("See more") for language in said)
    return Drawn(
        digest_caption(notice.digest, said),
        ((Button(more, url=bot.link_with(notice.payload)),),),
        protected=False,
        pictures=partial(poster.front, notice.digest, said[0]),
        title=digest_title(notice.digest, said),
        otherwise=digest_text(notice.digest, said),
    )


def just_closed(notice: JustClosed, say: Wording, _: Bot) -> Drawn:
    if notice.posted:
        comes = say("What the commune’s group saw comes here in a moment.")
    else:
        comes = say("What the commune’s group will see comes here in a moment. Then you can post it.")
    return Drawn(_what_was_closed(notice, say) + "\n\n" + comes, (other_languages(say, notice.entry),))


def closed(notice: Closed, say: Wording, bot: Bot) -> Drawn:
    parts = [_what_was_closed(notice, say)]
    if notice.merged:
        parts.append(say("All villages that took part are closed. This is what they say together."))
    rows: tuple[tuple[Button, ...], ...] = ()
    now = POST(notice.session.id, turn=notice.turn)
    failed = notice.unreached or notice.refused
    words = say.plain("Try again") if failed else say.plain("Post now")
    post = Button(signed(YES_SIGN, words), entry=now, style="success")
    see = say.plain("See what the group saw") if notice.arrived else say.plain("See what the group will see")
    again = Button(see, entry=PREVIEW(notice.session.id))
    more = Button(say.plain("Pictures and data"), entry=READ(notice.payload))
    people = Button(say.plain("How many were there"), entry=PRESENT(notice.session.id))
    if not notice.groups and not failed:
        parts.append(
            say("No group of this commune is linked yet. Add me to the group and send /link there, then tap ✅.")
        )
        rows = ((post,), (bot.add_to_group(say),))
    elif notice.groups and notice.post_at is not None:
        parts.append(
            say(
                "The result will be posted to the commune’s group, by itself on {moment}.",
                moment=moment(notice.post_at, say.language),
            )
        )
        if notice.session.shown_on is not None:
            parts.append(
                say(
                    "You can post it earlier, not later, and nobody can change what it says. Until then you may show "
                    "or send on what you see above to those whose services were scored."
                )
            )
        rows = ((post,), (Button(signed(SKIP_SIGN, say.plain("Later")), entry=LATER(notice.session.id)),))
    elif notice.arrived:
        parts.append(say("The result is posted to the commune’s group."))
    elif notice.groups:
        parts.append(say("The result is on its way to the commune’s group."))
    if failed:
        parts += [] if not notice.unreached else [_unreached(notice.unreached, say)]
        parts += [] if not notice.refused else [_refused(notice.refused, say)]
        rows = rows or ((post,),)
    return Drawn("\n\n".join(parts), (*rows, (again,), (more, people), other_languages(say, notice.entry)))


def read_digest(notice: ReadDigest, say: Wording, _: Bot) -> Drawn:
    digest, payload = notice.digest, notice.payload
    rows: list[tuple[Button, ...]] = [
        (Button(point_name(p.service, p.km, p.en, p.location, say), entry=POSTER(payload, p.id)),)
        for p in digest.session.points
    ]
    rows.append(tuple(_paper(say, paper, payload) for paper in (Paper.A4, Paper.A3)))
    text = digest_text(digest, (say.language,), in_group=False)
    text += "\n\n" + say("Tap a service to see its picture.")
    if notice.facilitator:
        rows.append(tuple(Button(name, entry=DATA(payload, id_)) for id_, name in FORMAT_NAMES.items()))
        if any(point.service is not Service.COMMUNE_OFFICE for point in digest.session.points):
            rows.append((Button(say.plain("Correct a name"), entry=RENAME(digest.session.id)),))
        rows.append((Button(signed(BACK_SIGN, say.plain("Back")), entry=CLOSED(digest.session.id)),))
        text += "\n" + say("For facilitators: the figures as a file, for Excel or for other programs.")
    return Drawn(text, (*rows, other_languages(say, notice.entry)))


def poster_pictures(notice: Poster, say: Wording, _: Bot) -> Drawn:
    text = service_text(notice.digest, notice.point, say.language)
    return Drawn(
        text,
        protected=False,
        pictures=partial(poster.service, notice.digest, notice.point, say.language),
        title=digest_title(notice.digest, (say.language,)),
        otherwise=text,
    )


def wall(notice: Wall, say: Wording, _: Bot) -> Drawn:
    """Everything on paper: overview and services, a page each."""
    digest, paper = notice.digest, Paper(notice.paper)
    name = f"samleng-{digest.session.location.code}-{digest.session.round}-{say.language}-{paper.value}.pdf"
    text = say("To be printed and put on the wall.")
    return Drawn(
        text,
        protected=False,
        document=Document(name, lambda: poster.print_pages(poster.wall(digest, say.language), paper)),
        otherwise=not_made(say),
    )


def data(notice: Data, say: Wording, _: Bot) -> Drawn:
    from digests.export import Format, export, file_name

    digests, kind = (notice.digest,), Format(notice.format)
    text = say("The figures of this scoring: only what may be told.")
    return Drawn(
        text,
        protected=False,
        document=Document(file_name(digests, kind), partial(export, digests, kind)),
        otherwise=not_made(say),
    )


def no_digest_yet(_: NoDigestYet, said: Languages, __: Bot) -> Drawn:
    return in_languages(
        said, lambda say: say("There is no result to show yet. It comes here after a scoring has closed.")
    )


def not_pinned(notice: NotPinned, say: Wording, _: Bot) -> Drawn:
    text = say("The result is posted, but I may not pin it in the group: soon it will be far up there.")
    name = escaped(session_name(notice.session, say))
    return Drawn(f"{text}\n{name}\n\n" + how_to_allow(say) + " " + say("Or pin it yourself."))


def _what_was_closed(notice: JustClosed | Closed, say: Wording) -> str:
    what = say("<b>The villages are put together.</b>") if notice.merged else say("<b>The scoring is closed.</b>")
    return what + "\n" + escaped(session_name(notice.session, say))


def _unreached(groups: int, say: Wording) -> str:
    if groups == 1:
        return say("One group could not be reached. To try again, tap ✅.")
    return say("{groups} groups could not be reached. To try again, tap ✅.", groups=groups)


def _refused(groups: int, say: Wording) -> str:
    what = say("In one group I may not write, so the result is not posted there.")
    if groups > 1:
        what = say("In {groups} groups I may not write, so the result is not posted there.", groups=groups)
    return f"{what} {how_to_allow(say)} " + say("If the topic is closed, it must be opened. Then tap ✅.")


def _paper(say: Wording, paper: Paper, payload: str) -> Button:
    return Button(say.plain("To print, {size}", size=paper.value.upper()), entry=WALL(payload, paper.value))


DRAWS = Draws(
    prompts={
        HowMany: how_many,
        HowManyOf: how_many_of,
        WhichName: which_name,
        RightName: right_name,
        RenameNow: rename_now,
    },
    notices={
        Present: present,
        JustClosed: just_closed,
        Closed: closed,
        ReadDigest: read_digest,
        Poster: poster_pictures,
        Wall: wall,
        Data: data,
        NotPinned: not_pinned,
    },
    in_groups={DigestPost: digest_post, NoDigestYet: no_digest_yet},
    whys={
        ON_ITS_WAY: lambda say: say.plain("It comes in a moment."),
        POSTED: lambda say: say.plain("It is on its way to the group."),
        POSTED_LATER: lambda say: say.plain("Good. It will be posted by itself."),
        NO_GROUP: lambda say: say.plain("No group is linked yet. Add me to the group and send /link there."),
        RENAMED: lambda say: say.plain("The name is changed. Where the result stands already, it is rewritten."),
        NOTHING_TO_RENAME: lambda say: say.plain("There is no name here that can be changed."),
        VILLAGES_OPEN: lambda say: say.plain(
            "The scoring is still open in a village. Close it first, then put them together."
        ),
        VILLAGES_FEW: lambda say: say.plain("There must be at least two villages that have scored and closed."),
        VILLAGES_APART: lambda say: say.plain(
            "These villages stay apart, for the server was put back from a copy. What each village was told stays."
        ),
        VILLAGES_SMALL: lambda say: say.plain("Too few people have scored in these villages to put them together yet."),
    },
    commands={"summary": Described(lambda say: say.plain("Show the last result"))},
    acts={
        CountPeople: lambda say: say.plain("noted how many were there"),
        PostDigest: lambda say: say.plain("posted a result"),
        SendPreview: lambda say: say.plain("looked at a result before it was posted"),
        SendData: lambda say: say.plain("took figures along"),
        MergeVillages: lambda say: say.plain("put villages together"),
        RenamePoint: lambda say: say.plain("put a name right"),
    },
)
