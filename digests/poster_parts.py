"""What stands on a picture, as data for its template: every text final, every figure as it was released."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from digests.phrases import (
    FACES,
    change_words,
    changed_too,
    compared_words,
    face,
    few_could_score,
    how_many,
    satisfied,
    too_few,
    wanted,
)
from digests.typeset import LEFT_OUT, all_shown, shown
from scorecard.card import OVERALL, Service
from scorecard.change import change
from scorecard.digest import Digest
from scorecard.disclosure import Figure, Release, Verdict, stands_for
from scorecard.highlights import highlights
from scorecard.place import ServicePoint
from scorecard.sign import Sign
from wording.catalogue import Wording
from wording.names import location_name, place_name, point_name, service_name, words
from wording.numerals import day, digits, weekday

Data = dict[str, Any]

_SIGNS = {
    Service.COMMUNE_OFFICE: Sign.OFFICE,
    Service.HEALTH_CENTRE: Sign.HEALTH_CENTRE,
    Service.PRIMARY_SCHOOL: Sign.SCHOOL,
}


def page(
    digest: Digest, say: Wording, number: tuple[int, int], named: Iterable[ServicePoint], villages: int, **parts: Any
) -> Data:
    """A whole page: what stands on every one of them, and the parts of this one.

    number: which page of how many; named: the service points whose names stand on it; villages: of how many that were
    put together it tells, 0 where none were.
    """
    at = digest.session
    closed, shown_on = day(at.closes_at, say.language), at.shown_on
    texts = {
        "language": say.language,
        "round": digits(int(at.round), say.language),
        "number": say.plain("Picture {number} of {of}", number=number[0], of=number[1]) if number[1] > 1 else "",
        "place": location_name(at.location, say),
        "together": _together(villages, say),
        "shown": say.plain("Shown on {day}", day=weekday(shown_on, say.language)) if shown_on else "",
        "closed": say.plain("Closed on {day}. No names are kept.", day=closed),
        **parts,
    }
    texts["facts"] = _joined(texts.get(part, "") for part in ("together", "ballots", "shown", "number"))
    drawn: Data = all_shown(texts)
    whole = str(drawn).count(LEFT_OUT) == str(texts).count(LEFT_OUT) and all(_is_whole(at, say) for at in named)
    note = {
        "chat": say.plain("Some letters of a name can’t be drawn on a picture; the message has them."),
        "paper": say.plain("Some letters of a name can’t be printed here."),
    }
    return {**drawn, "note": dict.fromkeys(note, "") if whole else note}


def name(at: ServicePoint, say: Wording) -> str:
    """A service point's name; only its kind where no letter of the name can be drawn."""
    if at.service is Service.COMMUNE_OFFICE:
        drawn = _letters(place_name(at.location.commune, say.language))
        return point_name(at.service, "", "", at.location, say) if drawn else service_name(at.service, say)
    km, en = _letters(at.km), _letters(at.en)
    return point_name(at.service, km or en, en or km, at.location, say) if km or en else service_name(at.service, say)


def criteria(digest: Digest, at: ServicePoint, say: Wording) -> list[tuple[str, Data]]:
    """All criteria of a service point, each with the heading it stands under: nothing is said twice.

    All in all first, without a heading; what people want put right first is marked in its own row.
    """
    release = digest.release(at.id)
    assert release is not None, "a service point of which something was released"
    told = highlights(release, in_tens=digest.in_tens)
    keep, improve, same = ([one.criterion for one in figures] for figures in (told.strengths, told.improve, told.same))
    wanted_ = [wish.criterion for wish in told.wishes if wish.criterion not in (*improve, *same)]
    others = [c.key for c in at.single if c.key not in (*keep, *improve, *same, *wanted_)]
    overall = [criterion.key for criterion in at.criteria if criterion not in at.single]
    wishes = _wishes(digest, release, say)

    def row(key: str) -> Data:
        figure, wish = release.figure(key), wishes.get(key)
        mark = "wish" if wish else "keep" if key in keep else "improve" if key in improve else ""
        if figure is not None:
            return {**_row(digest, at, figure, say), "wish": wish, "mark": mark}
        return {
            **_named(at, key, say),
            "score": None,
            "share": too_few(release, say),
            "changes": [],
            "wish": wish,
            "mark": mark,
        }

    return [
        *(("", row(key)) for key in overall),
        *((say.plain("To keep"), row(key)) for key in keep),
        *((say.plain("To improve"), row(key)) for key in improve),
        *((say.plain("To fix first"), row(key)) for key in wanted_),
        *((say.plain("All the same"), row(key)) for key in same),
        *((say.plain("The others"), row(key)) for key in others),
    ]


def under_headings(rows: Sequence[tuple[str, Data]]) -> list[Data]:
    """Rows that stand under the same heading, together."""
    return [
        {"heading": heading, "rows": [row for _, row in group]}
        for heading, group in groupby(rows, key=lambda pair: pair[0])
    ]


def in_overview(digest: Digest, at: ServicePoint, say: Wording) -> Data:
    """A service point in a line: how it is all in all, what is best in it and what is worst, and what people wish
    first. That something can't be told stands on the service's own picture.
    """
    release, villages = digest.release(at.id), digest.villages_of(at.id)
    told = highlights(release, in_tens=digest.in_tens) if release else None
    wish = next(iter(_wishes(digest, release, say)), None) if release else None
    overall = release.figure(OVERALL) if release else None
    marked = {
        "keep": told.strengths[:1] if told else (),
        "improve": told.improve[:1] if told else (),
        "": told.same[:1] if told else (),
    }
    rows = [
        {**_row(digest, at, figure, say), "mark": "wish" if figure.criterion == wish else mark}
        for mark, figures in marked.items()
        for figure in figures
    ]
    below = wish is not None and not any(figure.criterion == wish for figures in marked.values() for figure in figures)
    facts = (ballots(release, say), _together(villages, say) if villages != digest.villages else "")
    return {
        "name": name(at, say),
        "sign": _SIGNS[at.service],
        "facts": _joined(facts),
        "overall": _clear(_row(digest, at, overall, say)) if overall else None,
        "rows": rows,
        "same": say.plain("All the same: {number} points", number=len(told.same)) if told and told.same else "",
        "few": None if release and release.told else no_figures(release, say),
        "wishes": [_named(at, wish, say)] if below and wish is not None else [],
    }


def why_none(services: Sequence[Data]) -> str:
    """Where a page of the overview has no figure at all, why there is none."""
    if any(one["rows"] or one["overall"] for one in services):
        return ""
    return " ".join(dict.fromkeys(one["few"]["why"] for one in services if one["few"]))


def ballots(release: Release | None, say: Wording) -> str:
    return how_many(release, say) if release is not None else ""


def no_figures(release: Release | None, say: Wording) -> Data:
    """What stands in place of figures: that there are none, and why."""
    if few_could_score(release):
        why = say.plain(
            "A score is shown only when enough people could give one, on enough phones, "
            "so that nobody can be recognised."
        )
    else:
        why = say.plain("Results are shown only when enough people have answered, so that nobody can be recognised.")
    return {"words": too_few(release, say), "why": why}


def _row(digest: Digest, at: ServicePoint, figure: Figure, say: Wording) -> Data:
    """A figure: score, which of the faces is lit; tens, how many of ten people are filled; span, where the share is
    only a word, between which per cent it lies.
    """
    merged = bool(digest.villages_of(at.id))
    said = figure.said(in_tens=digest.in_tens)
    return {
        **_named(at, figure.criterion, say),
        "score": FACES.index(face(figure.score)) + 1,
        "tens": said // 10 if isinstance(said, int) else None,
        "span": None if isinstance(said, int) else stands_for(said, figure.words),
        "share": satisfied(said, say, merged=merged),
        "changes": _changes(digest, at, figure.criterion, say),
    }


def _named(at: ServicePoint, key: str, say: Wording) -> Data:
    criterion = next(one for one in at.criteria if one.key == key)
    return {"criterion": words(criterion.label, say.language), "sign": criterion.sign}


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _changes(digest: Digest, at: ServicePoint, key: str, say: Wording) -> list[Data]:
    """All in all, what changed and how people find it beside last year; of a criterion, that it changed as well."""
    release, last = digest.release(at.id), digest.last(at.id)
    assert release is not None, "a figure of it was released"
    merged, changed = bool(release.merges), change(release, last.release) if last else None
    if last is not None and changed is not None and key in changed.criteria:
        return [
            {"direction": changed.verdict.value, "words": changed_too(changed, int(last.round), say, merged=merged)}
        ]
    lines: list[Data] = []
    if key == OVERALL and last is not None and changed is not None:
        words = change_words(changed, int(last.round), say, in_tens=digest.in_tens, merged=merged)
        lines.append({"direction": changed.verdict.value, "words": words})
    if key == OVERALL and release.compared is not None:
        lines.append({"direction": release.compared.value, "words": compared_words(release.compared, say)})
    return lines


def _wishes(digest: Digest, release: Release, say: Wording) -> dict[str, str]:
    """By criterion, how many people want it put right first."""
    told, merged = highlights(release, in_tens=digest.in_tens).wishes, bool(release.merges)
    return {wish.criterion: wanted(wish.share, say, merged=merged) for wish in told}


def _clear(row: Data) -> Data:
    """A row without what can't be told."""
    return {**row, "changes": [change for change in row["changes"] if change["direction"] != Verdict.UNSURE]}


def _together(villages: int, say: Wording) -> str:
    if villages == 1:
        return say.plain("from one village")
    return say.plain("{villages} villages together", villages=villages) if villages else ""


def _letters(typed: str) -> str:
    """A name, or nothing where no letter of it can be drawn."""
    return typed if any(sign.isalnum() for sign in shown(typed)) else ""


def _is_whole(at: ServicePoint, say: Wording) -> bool:
    """Whether all of a name can be drawn; the name that would be used if it could."""
    typed = at.km if say.language == "km" else at.en or at.km
    return shown(typed).count(LEFT_OUT) == typed.count(LEFT_OUT)
