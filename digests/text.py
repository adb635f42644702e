"""The digest as a message: Khmer first, English beneath."""

import html
import re
from collections.abc import Sequence

from conversations.facts import AtPoint
from conversations.notices import Digest
from digests.phrases import face, rated, too_few, wish_share
from scorecard.disclosure import Figure, Release
from scorecard.highlights import highlights
from wording.catalogue import Wording, escaped
from wording.names import location_name, point_name, words
from wording.numerals import day

LONGEST = 3600
"""Telegram takes 4,096 characters as one message; the rest is for what a facilitator reads above the digest."""

LONGEST_CAPTION = 1000
"""Of the 1,024 characters that Telegram takes below a picture."""

BETWEEN = "\n\n———\n\n"


def digest_text(digest: Digest, languages: Sequence[str] = ("km", "en"), *, in_group: bool = True) -> str:
    """A digest as Telegram's HTML: as many points of each service as fit one message.

    Where many services leave no room for every language, the first is said in full rather than all in part.
    """
    for said, most in ((languages, 2), (languages, 1), (languages[:1], 2), (languages[:1], 1)):
        whole = BETWEEN.join(_text(digest, Wording(language), most, in_group=in_group) for language in said)
        if len(whole) <= LONGEST:
            return whole
    return _text(digest, Wording(languages[0]), 0, in_group=in_group)


def digest_caption(digest: Digest, languages: Sequence[str]) -> str:
    """What stands below a digest's picture: as much of the text as a caption holds.

    Where room is short it goes to the other languages: the first is the picture's own.
    """
    for first, others in ((2, 2), (1, 1), (0, 2), (0, 1), (0, 0)):
        most = (first, *[others] * (len(languages) - 1))
        said = zip(languages, most, strict=True)
        whole = BETWEEN.join(_text(digest, Wording(language), points) for language, points in said)
        if _shown_length(whole) <= LONGEST_CAPTION:
            return whole
    whole = _text(digest, Wording(languages[0]), 0)
    if _shown_length(whole) <= LONGEST_CAPTION:
        return whole
    say = Wording(languages[0])
    return "\n\n".join(("\n".join(_head(digest, say)), "\n".join(_foot(say, in_group=True))))


def service_text(digest: Digest, point: int, language: str) -> str:
    """What came out about one service point, as a caption."""
    say = Wording(language)
    at, release = digest.at.point(point), digest.release(point)
    assert at is not None
    assert release is not None
    texts = ("\n\n".join(("\n".join(_head(digest, say)), _service(at, release, say, most))) for most in (2, 1, 0))
    return next((text for text in texts if _shown_length(text) <= LONGEST_CAPTION), "\n".join(_head(digest, say)))


def _text(digest: Digest, say: Wording, most: int, *, in_group: bool = True) -> str:
    services = (
        _service(point, release, say, most)
        for point in digest.at.points
        if (release := digest.release(point.id)) is not None
    )
    return "\n\n".join(("\n".join(_head(digest, say)), *services, "\n".join(_foot(say, in_group=in_group))))


def _head(digest: Digest, say: Wording) -> tuple[str, ...]:
    at = digest.at
    return (
        say("<b>What people said of their services, {round}</b>", round=int(at.round)),
        escaped(location_name(at.location, say)),
        *([say("{villages} villages together", villages=digest.villages)] if digest.villages else ()),
        say("Scoring closed on {day}.", day=day(at.closes_at, say.language)),
    )


def _foot(say: Wording, *, in_group: bool) -> tuple[str, ...]:
    protected = say("No names are kept. What too few people said is not shown.")
    return (say("To see this again, send /summary in this group."), protected) if in_group else (protected,)


def _service(point: AtPoint, release: Release, say: Wording, most: int) -> str:
    name = point_name(point.service, point.km, point.en, point.location, say)
    lines = [f"<b>{escaped(name)}</b>"]
    if release.ballots is None:
        return "\n".join((*lines, too_few(release, say)))
    lines.append(say("Ballots: {ballots}", ballots=release.ballots))
    labels = {criterion.key: words(criterion.label, say.language) for criterion in point.criteria}
    told, merged = highlights(release), bool(release.merges)
    if told.strengths[:most]:
        lines.append(say("To keep:"))
        lines += [_line(figure, labels, say, merged=merged) for figure in told.strengths[:most]]
    if told.improve[:most]:
        lines.append(say("To improve:"))
        lines += [_line(figure, labels, say, merged=merged) for figure in told.improve[:most]]
    if not release.figures:
        lines.append(too_few(release, say))
    if release.wishes and most:
        wish = release.wishes[0]
        lines.append(
            say(
                "To be put right first: {criterion} ({share})",
                criterion=labels[wish.criterion],
                share=wish_share(wish.share, say, merged=merged),
            )
        )
    return "\n".join(lines)


def _shown_length(text: str) -> int:
    """How long Telegram takes a text to be, without its tags (in UTF-16, as it counts)."""
    return len(html.unescape(re.sub("<[^>]*>", "", text)).encode("utf-16-le")) // 2


def _line(figure: Figure, labels: dict[str, str], say: Wording, *, merged: bool) -> str:
    return say(
        "{face} {criterion}: {median} of 5, {share}",
        face=face(figure.median),
        criterion=labels[figure.criterion],
        median=figure.median,
        share=rated(figure, say, merged=merged),
    )
