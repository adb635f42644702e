"""The digest as a message: Khmer first, English beneath."""

from collections.abc import Sequence
from math import ceil

from conversations.facts import AtPoint
from conversations.notices import Digest
from scorecard.disclosure import Figure, Release, Share, ShareWord
from scorecard.highlights import highlights
from wording.catalogue import Wording, escaped
from wording.names import location_name, point_name, words
from wording.numerals import day

LONGEST = 3600
"""Telegram takes 4,096 characters as one message; the rest is for what a facilitator reads above the digest."""

ACCEPTABLE = 3

FACES = ("😡", "🙁", "😐", "🙂", "😄")


def digest_text(digest: Digest, languages: Sequence[str] = ("km", "en")) -> str:
    """A digest as Telegram's HTML: as many points of each service as fit one message.

    Where many services leave no room for every language, the first is said in full rather than all in part.
    """
    for said, most in ((languages, 2), (languages, 1), (languages[:1], 2), (languages[:1], 1)):
        whole = "\n\n———\n\n".join(_text(digest, Wording(language), most) for language in said)
        if len(whole) <= LONGEST:
            return whole
    return _text(digest, Wording(languages[0]), 0)


def face(median: float) -> str:
    """The face for a median; halves go down, so that no face promises more than was said."""
    return FACES[ceil(median - 0.5) - 1]


def satisfied(share: Share, say: Wording) -> str:
    """The share of satisfied people, in words."""
    match share:
        case ShareWord.ALMOST_NONE:
            return say("almost nobody is satisfied")
        case ShareWord.FEW:
            return say("few are satisfied")
        case ShareWord.ABOUT_HALF:
            return say("about half are satisfied")
        case ShareWord.MOST:
            return say("most are satisfied")
        case ShareWord.ALMOST_ALL:
            return say("almost all are satisfied")
        case int():
            return say("about {share} of 100 are satisfied", share=share)


def wanted(share: Share, say: Wording) -> str:
    """The share of people who want something, in words."""
    match share:
        case ShareWord.ALMOST_NONE:
            return say("almost nobody")
        case ShareWord.FEW:
            return say("few people")
        case ShareWord.ABOUT_HALF:
            return say("about half of the people")
        case ShareWord.MOST:
            return say("most people")
        case ShareWord.ALMOST_ALL:
            return say("almost everybody")
        case int():
            return say("about {share} of 100 people", share=share)


def _text(digest: Digest, say: Wording, most: int) -> str:
    at = digest.at
    head = (
        say("<b>What people said of their services, {round}</b>", round=int(at.round)),
        escaped(location_name(at.location, say)),
        say("Scoring closed on {day}.", day=day(at.closes_at, say.language)),
    )
    foot = (
        say("To see this again, send /summary in this group."),
        say("No names are kept. What too few people said is not shown."),
    )
    services = (
        _service(point, release, say, most) for point in at.points if (release := digest.release(point.id)) is not None
    )
    return "\n\n".join(("\n".join(head), *services, "\n".join(foot)))


def _service(point: AtPoint, release: Release, say: Wording, most: int) -> str:
    name = point_name(point.service, point.km, point.en, point.location, say)
    lines = [f"<b>{escaped(name)}</b>"]
    if release.ballots is None:
        return "\n".join((*lines, say("Too few answers to show.")))
    lines.append(say("Ballots: {ballots}", ballots=release.ballots))
    labels = {criterion.key: words(criterion.label, say.language) for criterion in point.criteria}
    told = highlights(release)
    if told.strengths[:most]:
        lines.append(say("To keep:"))
        lines += [_line(figure, labels, say) for figure in told.strengths[:most]]
    if told.improve[:most]:
        lines.append(say("To improve:"))
        lines += [_line(figure, labels, say) for figure in told.improve[:most]]
    if not release.figures:
        lines.append(say("Too few answers to show."))
    if release.wishes and most:
        wish = release.wishes[0]
        lines.append(
            say(
                "To be put right first: {criterion} ({share})",
                criterion=labels[wish.criterion],
                share=wanted(wish.share, say),
            )
        )
    return "\n".join(lines)


def _line(figure: Figure, labels: dict[str, str], say: Wording) -> str:
    values = {
        "face": face(figure.median),
        "criterion": labels[figure.criterion],
        "median": figure.median,
        "share": satisfied(figure.satisfied, say),
    }
    if figure.median == ACCEPTABLE:
        return say("{face} {criterion}: {median} of 5 (acceptable), {share}", **values)
    return say("{face} {criterion}: {median} of 5, {share}", **values)
