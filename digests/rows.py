"""Digests as long-form rows, for everything that is exported: releases and names, nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from digests.columns import Cell
from scorecard.card import OVERALL, Criterion
from scorecard.change import Change, change
from scorecard.digest import Before, Digest
from scorecard.disclosure import Figure, Release
from scorecard.highlights import highlights
from scorecard.place import Place, ServicePoint
from scorecard.session import Session
from scorecard.tally import EVERYBODY
from wording.catalogue import Wording
from wording.names import place_name, point_name, service_name, words
from wording.numerals import PHNOM_PENH

Row = dict[str, Cell]
"""Column to cell, in the order of `digests.columns.COLUMNS`."""

KM, EN = Wording("km"), Wording("en")

_UNFIT = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # what no file can hold
    "\u202a-\u202e\u2066-\u2069]"  # what turns a line's direction round
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """A row for each session, service point, criterion asked and group told of, each criterion's "all" first."""
    for digest in digests:
        session = _session(digest)
        for point, release in released(digest):
            here = session | _point(point, release) | _villages(digest, point)
            told, last = _highlighted(release, in_tens=digest.in_tens), digest.last(point.id)
            changed = change(release, last.release) if last is not None else None
            now, then = _by_group(release), _by_group(last.release) if last is not None else {}
            for criterion in point.criteria:
                key = criterion.key
                asked = here | _criterion(criterion)
                wish = _wish(release, key) | {"highlight": told.get(key)}
                since = _changed(changed, release, key)
                figures, before = now.get(key, {}), then.get(key, {})
                for group in (EVERYBODY, *(group for group in figures if group != EVERYBODY)):
                    figure = figures.get(group)
                    rest, beside = (wish, since) if group == EVERYBODY else (_NO_WISH, _NO_CHANGE)
                    yield asked | _figure(group, figure) | rest | _before(last, before.get(group)) | beside


def released(digest: Digest) -> Iterator[tuple[ServicePoint, Release]]:
    """The service points of a digest, each with what was released of it."""
    for release in digest.releases:
        point = digest.session.point(release.point)
        assert point is not None, "a release is about a service point of its session"
        yield point, release


def closed_on(session: Session) -> date:
    """The day in Phnom Penh on which a session closed."""
    return session.closes_at.astimezone(PHNOM_PENH).date()


def name_of(point: ServicePoint, say: Wording) -> str:
    """A service point's kind and name, fit for a file."""
    return fit(point_name(point.service, point.km, point.en, point.location, say))


@lru_cache(maxsize=4096)
def fit(text: str) -> str:
    """A text that somebody may have typed, on one line and without what files can't hold."""
    return " ".join(_CONTROL.sub(" ", _UNFIT.sub("", text)).split())


def _session(digest: Digest) -> Row:
    session = digest.session
    return {
        "round": fit(session.round),
        "session": session.id,
        "closed_on": closed_on(session),
        "villages": None,
        **_place("province", session.location.province),
        **_place("district", session.location.district),
        **_place("commune", session.location.commune),
        **_place("village", session.location.village),
    }


def _place(kind: str, place: Place | None) -> Row:
    if place is None:
        return {f"{kind}_code": None, f"{kind}_km": None, f"{kind}_en": None}
    return {
        f"{kind}_code": fit(place.code),
        f"{kind}_km": fit(place_name(place, "km")),
        f"{kind}_en": fit(place_name(place, "en")),
    }


def _point(point: ServicePoint, release: Release) -> Row:
    return {
        "service": point.service.value,
        "service_km": service_name(point.service, KM),
        "service_en": service_name(point.service, EN),
        "point": point.id,
        "point_km": name_of(point, KM),
        "point_en": name_of(point, EN),
        "source": release.source.value,
        "ballots": release.ballots,
    }


def _villages(digest: Digest, point: ServicePoint) -> Row:
    """Of how many villages a service point's figures are; where too few came to tell any, how many there were."""
    return {"villages": digest.villages_of(point.id) or digest.villages or None}


def _criterion(criterion: Criterion) -> Row:
    return {
        "criterion": fit(criterion.key),
        "criterion_km": fit(words(criterion.label, "km")),
        "criterion_en": fit(words(criterion.label, "en")),
    }


def _figure(group: str, figure: Figure | None) -> Row:
    return {
        "group": group,
        "too_few": figure is None,
        "median": None if figure is None else figure.median,
        **_satisfied(figure),
    }


def _satisfied(figure: Figure | None) -> Row:
    """A word for the share, and tens where there are any."""
    if figure is None:
        return {"satisfied_word": None, "satisfied_percent": None}
    in_tens = figure.satisfied if isinstance(figure.satisfied, int) else None
    return {"satisfied_word": str(figure.said(in_tens=False)), "satisfied_percent": in_tens}


def _wish(release: Release, key: str) -> Row:
    for rank, wish in enumerate(release.wishes, start=1):
        if wish.criterion == key:
            return {"wish_rank": rank, "wanted_word": str(wish.share)}
    return {"wish_rank": None, "wanted_word": None}


_NO_WISH: Row = {"wish_rank": None, "wanted_word": None, "highlight": None}


def _highlighted(release: Release, *, in_tens: bool) -> Mapping[str, str]:
    told = highlights(release, in_tens=in_tens)
    return {f.criterion: "keep" for f in told.strengths} | {f.criterion: "improve" for f in told.improve}


def _before(last: Before | None, before: Figure | None) -> Row:
    if last is None or before is None:
        return _NOTHING_BEFORE
    return {"previous_round": fit(last.round), "previous_median": before.median}


_NOTHING_BEFORE: Row = {"previous_round": None, "previous_median": None}


def _changed(changed: Change | None, release: Release, key: str) -> Row:
    """All in all, what changed and how people find it beside last year; of a criterion, that it changed as well."""
    if key != OVERALL:
        too = changed is not None and key in changed.criteria
        return _NO_CHANGE | {"change": changed.verdict.value if changed is not None and too else None}
    least, most = (changed.points if changed is not None else None) or (None, None)
    return {
        "change": None if changed is None else changed.verdict.value,
        "change_least": least,
        "change_most": most,
        "compared": None if release.compared is None else release.compared.value,
    }


_NO_CHANGE: Row = {"change": None, "change_least": None, "change_most": None, "compared": None}


def _by_group(release: Release) -> Mapping[str, Mapping[str, Figure]]:
    """The figures of a release, by criterion and group."""
    figures: dict[str, dict[str, Figure]] = {}
    for figure in release.figures:
        figures.setdefault(figure.criterion, {})[figure.group] = figure
    return figures
