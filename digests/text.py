"""The digest as a message, and as what stands below its picture: a group's first language above the others.

Where room is short the results stay longest: first the lines go that are the same every time, then each service is
said in one line, then the other languages go. The first language never has less than another.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import product

from digests.phrases import (
    change_words,
    changed_too,
    compared_words,
    face,
    how_many,
    how_many_in_short,
    satisfied,
    too_few,
    verdict_sign,
    wanted,
)
from scorecard.card import OVERALL
from scorecard.change import change
from scorecard.digest import Digest
from scorecard.disclosure import Figure, Release, Verdict
from scorecard.highlights import highlights
from scorecard.place import ServicePoint
from wording.catalogue import Wording, escaped
from wording.names import location_name, point_name, words
from wording.numerals import day, digits

LONGEST = 3600
"""Telegram takes 4,096 characters as one message; the rest is for what a facilitator reads above the digest."""

LONGEST_CAPTION = 1000
"""Of the 1,024 characters that Telegram takes below a picture."""

BETWEEN = "\n\n———\n\n"


@dataclass(frozen=True, slots=True)
class Form:
    """How services are said. most: so many points to keep and to improve, each in a line of its own; where it is 0,
    the first of each in one line. changes: with what changed since the last round; ballots: with their number; best:
    with the first of each, beside how it is all in all.
    """

    most: int
    changes: bool = False
    ballots: bool = True
    best: bool = True


FORMS = (
    Form(2, changes=True),
    Form(1, changes=True),
    Form(1),
    Form(0, changes=True),
    Form(0),
    Form(0, ballots=False),
    Form(0, ballots=False, best=False),
)


class Same(IntEnum):
    """What is said of the lines that are the same every time: this one, and those before it."""

    NOTHING = 0
    PROTECTION = 1
    DAY = 2
    SUMMARY = 3


def digest_text(digest: Digest, languages: Sequence[str] = ("km", "en"), *, in_group: bool = True) -> str:
    """A digest as Telegram's HTML, in one message."""
    said = [_Said(digest, Wording(language), in_group=in_group) for language in languages]
    return _fitting(said, LONGEST, said[0].behind_the_button() if in_group else "")


def empty_text(digest: Digest, languages: Sequence[str]) -> str:
    """What stands in the place of a digest that has nothing to tell."""
    return BETWEEN.join(_Said(digest, Wording(language)).nothing_to_tell() for language in languages)


def digest_caption(digest: Digest, languages: Sequence[str]) -> str:
    """What stands below a digest's picture."""
    said = [_Said(digest, Wording(language)) for language in languages]
    return _fitting(said, LONGEST_CAPTION, said[0].in_the_picture())


def digest_title(digest: Digest, languages: Sequence[str]) -> str:
    """The first line of a digest, in each language: what stands in its place until its picture is there."""
    return "\n".join(_Said(digest, Wording(language)).title() for language in languages)


def service_text(digest: Digest, point: int, language: str) -> str:
    """What came out about one service point, as a caption."""
    at = digest.session.point(point)
    assert at is not None
    said = _Said(digest, Wording(language), (at,))
    texts = [_paragraphs(said.head(Same.DAY), said.results(form)) for form in FORMS if form.changes]
    texts.append(_paragraphs(said.head(Same.DAY), said.names(), said.in_the_picture()))
    return next((text for text in texts if _shown_length(text) <= LONGEST_CAPTION), said.title())


def _fitting(said: Sequence["_Said"], longest: int, instead: str) -> str:
    """The fullest text that is short enough; instead: where to look for what no text has room for."""
    return next(text for text in _shorter_and_shorter(said, instead) if _shown_length(text) <= longest)


def _shorter_and_shorter(said: Sequence["_Said"], instead: str) -> Iterator[str]:
    first, *others = said
    for form, next_form in zip(FORMS, (*FORMS[1:], FORMS[-1]), strict=True):
        for others_form in (form, next_form) if others else (form,):
            for same in reversed(Same):
                rest = (one.whole(others_form, same) for one in others)
                yield BETWEEN.join((first.whole(form, same), *rest))
    titles = tuple(one.title() for one in others)
    for below in (titles, ()) if others else ():
        for form, same in product(FORMS, reversed(Same)):
            yield BETWEEN.join((first.whole(form, same), *below))
    yield _paragraphs(first.head(Same.NOTHING), first.names(), instead)
    yield _paragraphs(first.head(Same.NOTHING), instead)
    yield _paragraphs(first.title(), instead)


class _Said:
    """The parts of a digest in one language."""

    def __init__(
        self,
        digest: Digest,
        say: Wording,
        points: Sequence[ServicePoint] = (),
        *,
        in_group: bool = True,
    ) -> None:
        self._digest, self.say, self._in_group = digest, say.at(digest.session.location), in_group
        released = ((point, digest.release(point.id)) for point in points or digest.session.points)
        self._services = [_Service(digest, point, release, say) for point, release in released if release is not None]
        self.results = cache(self._results)

    def whole(self, form: Form, same: Same) -> str:
        return _paragraphs(self.head(same), self.results(form), self._foot(same))

    def title(self) -> str:
        return self.say("<b>What people said of their services, {round}</b>", round=int(self._digest.session.round))

    def head(self, same: Same) -> str:
        digest, say = self._digest, self.say
        lines = [self.title(), escaped(location_name(digest.session.location, say))]
        if digest.villages:
            lines.append(say("{villages} villages together", villages=digest.villages))
        if same >= Same.DAY:
            lines.append(say("Scoring closed on {day}.", day=day(digest.session.closes_at, say.language)))
        return "\n".join(lines)

    def nothing_to_tell(self) -> str:
        say, place = self.say, location_name(self._digest.session.location, self.say)
        return _paragraphs(
            say("<b>Scoring has closed: {place}</b>", place=place),
            say(
                "Thank you to everybody who took part. They were too few for anything to be shown: so nobody can guess "
                "who said what. Next time, please come, and bring others along."
            ),
        )

    def names(self) -> str:
        return "\n".join(service.name() for service in self._services)

    def in_the_picture(self) -> str:
        return self.say("The result is in the picture.")

    def behind_the_button(self) -> str:
        return self.say("To see the result, tap “See more”.")

    def _results(self, form: Form) -> str:
        if not form.most:
            return "\n".join(service.in_short(form) for service in self._services)
        lines = "\n\n".join(service.in_lines(form) for service in self._services)
        return _paragraphs(lines, self._unsure() if form.changes else "")

    def _unsure(self) -> str:
        """Once for all services, that a change which is not told could not be made out."""
        round_ = max((service.unsure_since for service in self._services), default=0)
        return (
            self.say("Where no change since {round} is named, none could be told for sure.", round=round_)
            if round_
            else ""
        )

    def _foot(self, same: Same) -> str:
        say, lines = self.say, []
        if same >= Same.SUMMARY and self._in_group:
            lines.append(say("To see this again, send /summary in this group."))
        if same >= Same.PROTECTION:
            lines.append(say("No names are kept. What too few people said is not shown."))
        return "\n".join(lines)


class _Service:
    """What was released of one service point, in one language."""

    def __init__(self, digest: Digest, at: ServicePoint, release: Release, say: Wording) -> None:
        self._release, self.say = release, say
        last = digest.last(at.id)
        self._in_tens = digest.in_tens
        self._changed = None if last is None else change(release, last.release)
        self._last_round = 0 if last is None else int(last.round)
        villages = digest.villages_of(at.id)
        self._villages = villages if villages != digest.villages else 0
        self._name = escaped(point_name(at.service, at.km, at.en, at.location, say))
        self._labels = {criterion.key: words(criterion.label, say.language) for criterion in at.criteria}
        self._overall = release.figure(OVERALL)
        self._told = highlights(release, in_tens=digest.in_tens)

    @property
    def unsure_since(self) -> int:
        """The round since which nothing can be told to have changed; 0 where something can, or there is none."""
        return self._last_round if self._changed is not None and self._changed.verdict is Verdict.UNSURE else 0

    def in_lines(self, form: Form) -> str:
        """Name, ballots, then a line each for what to keep and to improve."""
        say, release = self.say, self._release
        lines = [f"<b>{self._name}</b>"]
        if release.ballots is not None:
            lines.append(self._with_villages(how_many(release, say)))
        lines += [self._line(self._overall)] if self._overall is not None else []
        lines += self._beside_last(form)
        if self._told.same:
            lines.append(self._all_the_same())
        for heading, figures in ((say("To keep:"), self._told.strengths), (say("To improve:"), self._told.improve)):
            lines += [heading] if figures else []
            lines += [self._line(figure) + self._changed_too(figure, form) for figure in figures[: form.most]]
        lines += [] if release.told else [too_few(release, say)]
        lines += [self._wish()] if self._told.wishes else []
        return "\n".join(lines)

    def in_short(self, form: Form) -> str:
        """Name and ballots, and below that in one line how it is all in all, the best, and what to improve most."""
        figures = (*self._told.strengths[:1], *self._told.improve[:1])
        told = [self._median(figure) + self._changed_too(figure, form) for figure in figures]
        if self._told.same:
            figure, number = self._told.same[0], len(self._told.same)
            sign = face(figure.score)
            told = [self.say("{face} {number} points, each {median}", face=sign, number=number, median=figure.score)]
        if self._overall is not None:
            told = [self._arrow(form) + self._median(self._overall), *(told if form.best else [])]
        lines = (self.name(ballots=form.ballots), " · ".join(told) or self._nothing_to_name())
        return "\n".join(line for line in lines if line)

    def name(self, *, ballots: bool = True) -> str:
        """Name and ballots in one line."""
        name = f"<b>{self._name}</b>"
        if self._release.ballots is None or not ballots:
            return name
        told = self._with_villages(how_many_in_short(self._release, self.say))
        return f"{name} ({told})"

    def _with_villages(self, ballots: str) -> str:
        """Of how many villages the ballots are, where that is not what the digest says of all."""
        if not self._villages:
            return ballots
        return ", ".join((ballots, self.say("villages: {villages}", villages=self._villages)))

    def _line(self, figure: Figure) -> str:
        return self.say(
            "{face} {criterion}: {median} of 5, {share}",
            face=face(figure.score),
            criterion=self._labels[figure.criterion],
            median=figure.score,
            share=self._satisfied(figure),
        )

    def _satisfied(self, figure: Figure) -> str:
        return satisfied(figure.said(in_tens=self._in_tens), self.say, merged=bool(self._release.merges))

    def _nothing_to_name(self) -> str:
        """Where nothing is to be kept or improved: that too few answered, or else nothing."""
        return "" if self._release.told else too_few(self._release, self.say)

    def _all_the_same(self) -> str:
        figure = self._told.same[0]
        return self.say(
            "{face} {number} points, all the same: {median} of 5, {share}",
            face=face(figure.score),
            number=len(self._told.same),
            median=figure.score,
            share=self._satisfied(figure),
        )

    def _median(self, figure: Figure) -> str:
        label = escaped(self._labels[figure.criterion])
        return f"{face(figure.score)} {label} {digits(figure.score, self.say.language)}"

    def _beside_last(self, form: Form) -> list[str]:
        """A line for what changed since the last round, and one for how people themselves find it beside last year."""
        lines = []
        if self._changed is not None and form.changes and not self.unsure_since:
            words = change_words(
                self._changed, self._last_round, self.say, in_tens=self._in_tens, merged=bool(self._release.merges)
            )
            lines.append(verdict_sign(self._changed.verdict) + words)
        if self._release.compared is not None and form.changes:
            lines.append(verdict_sign(self._release.compared) + compared_words(self._release.compared, self.say))
        return lines

    def _changed_too(self, figure: Figure, form: Form) -> str:
        """In brackets, that a criterion changed like its service; nothing where that can't be told."""
        if self._changed is None or not form.changes or figure.criterion not in self._changed.criteria:
            return ""
        return f" ({changed_too(self._changed, self._last_round, self.say, merged=bool(self._release.merges))})"

    def _arrow(self, form: Form) -> str:
        return verdict_sign(self._changed.verdict) if self._changed is not None and form.changes else ""

    def _wish(self) -> str:
        """What people want put right first, and what as many want."""
        first, *others = self._told.wishes
        alike = [first, *(wish for wish in others if wish.share == first.share)]
        return self.say(
            "To fix first: {criterion} ({share})",
            criterion=" · ".join(self._labels[wish.criterion] for wish in alike),
            share=wanted(first.share, self.say, merged=bool(self._release.merges)),
        )


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _shown_length(text: str) -> int:
    """How long Telegram takes a text to be, without its tags (in UTF-16, as it counts)."""
    return len(html.unescape(re.sub("<[^>]*>", "", text)).encode("utf-16-le")) // 2
